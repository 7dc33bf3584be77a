import {
  CodedError,
  type ItemReason,
  type ItemState,
  isItemFinal,
  itemStateAfterDecisions,
  itemVerdict,
} from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';
import { consentOf } from './check-request.ts';
import type { DecidedItem, DecisionFacts } from './decision-facts.ts';

/**
 * Moves the items of a request to where the decisions made so far put them: refused, or approved and queued. The
 * owner's agreement is asked again, for it may have been withdrawn since the request was submitted.
 */
export async function settleItems(tx: Repositories, facts: DecisionFacts, now_ms: number): Promise<void> {
  const running: string[] = [];
  for (const item of facts.items) {
    const verdict = itemVerdict(facts.request, item, facts.decisions);
    const state = item.record.state as ItemState;
    const next = itemStateAfterDecisions(state, facts.request, item, facts.decisions);
    if (next === 'refused' && state !== 'refused') {
      await move(tx, item, 'refused', await refusalOf(tx, facts, item), now_ms);
    } else if (next === 'approved' && state !== 'approved') {
      await approve(tx, facts, item, now_ms);
    } else if (verdict === 'approved' && state !== 'refused' && state !== 'cancelled') {
      running.push(item.record.id);
    }
  }
  await tx.items.markApproved(running, now_ms);
}

async function approve(
  tx: Repositories,
  facts: DecisionFacts,
  item: DecidedItem,
  now_ms: number,
): Promise<void> {
  const consent = await consentOf(tx, item.camera, facts.request, now_ms);
  if (consent.kind === 'deny') {
    await move(tx, item, 'refused', { code: consent.code, text: consent.reason }, now_ms);
    return;
  }
  if (consent.kind === 'ask_owner') {
    const reason = reasonOf(new CodedError('OWNER_ASKS_FIRST', { camera: item.camera.code }));
    await move(tx, item, 'approved', reason, now_ms);
    return;
  }
  await move(tx, item, 'approved', null, now_ms);
  await tx.items.setState(item.record.id, ['approved'], 'queued', { reason: null, at_ms: now_ms });
}

async function move(
  tx: Repositories,
  item: DecidedItem,
  to: ItemState,
  reason: ItemReason | null,
  at_ms: number,
): Promise<void> {
  const from = item.record.state as ItemState;
  const moved = await tx.items.setState(item.record.id, [from], to, { reason, at_ms });
  if (!moved && !isItemFinal(from)) throw new CodedError('STATE_CONFLICT', { state: from, event: to });
}

async function refusalOf(tx: Repositories, facts: DecisionFacts, item: DecidedItem): Promise<ItemReason> {
  const units = [facts.request.unit_id, item.camera_unit_id];
  const refusal = facts.decisions.find((one) => one.verdict === 'refused' && units.includes(one.unit_id))!;
  const unit = await tx.units.byId(refusal.unit_id);
  const details = { unit: unit?.name ?? refusal.unit_id, reason: refusal.reason };
  return reasonOf(new CodedError('ITEM_REFUSED', details));
}

function reasonOf(error: CodedError): ItemReason {
  return { code: error.code, text: error.texts };
}
