import {
  type Actor,
  CodedError,
  type Decision,
  decisionsNeeded,
  denied,
  type ExtractionRequest,
  type ItemState,
  isItemFinal,
  mayAt,
  type NoticeDelay,
  problemOfNoticeDelay,
  problemOfProlonging,
  type UnitAncestors,
  type Verdict,
} from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';
import { act } from '../act.ts';
import type { ActDeps } from '../deps.ts';
import { consentOf } from './check-request.ts';
import type { DecisionFacts } from './decision-facts.ts';

/**
 * Keeps a request from owners with an approval. Throws `NOTICE_DELAY_REFUSED` for a refusal,
 * `NOTICE_DELAY_ASKS_OWNER` where an owner is to be asked first, and what stands against the delay itself.
 */
export async function addNoticeDelay(
  deps: Pick<ActDeps, 'newId'>,
  tx: Repositories,
  facts: DecisionFacts,
  decision: Decision,
  delay: NoticeDelay,
): Promise<void> {
  const { decided_at_ms, person_id, account_id } = decision;
  if (decision.verdict === 'refused') throw new CodedError('NOTICE_DELAY_REFUSED');
  const problem = problemOfNoticeDelay(delay, decided_at_ms);
  if (problem !== null) throw problem;
  await demandNobodyAsked(tx, facts, decided_at_ms);
  await tx.noticeDelays.add({
    ...{ id: deps.newId(), request_id: facts.request.id, decision_id: decision.id, person_id, account_id },
    ...{ ...cleaned(delay), recorded_at_ms: decided_at_ms },
  });
}

/** Nobody can be asked without being told. */
async function demandNobodyAsked(tx: Repositories, facts: DecisionFacts, now_ms: number): Promise<void> {
  const asked: string[] = [];
  for (const { record, camera } of facts.items) {
    if (isItemFinal(record.state as ItemState)) continue;
    const consent = await consentOf(tx, camera, facts.request, now_ms);
    if (consent.kind === 'ask_owner') asked.push(camera.code);
  }
  if (asked.length > 0) throw new CodedError('NOTICE_DELAY_ASKS_OWNER', { cameras: asked.sort().join(', ') });
}

/** May the actor prolong the delay, and for which unit? Whoever might decide for one of its units, never the requester. */
export function mayProlong(
  actor: Actor,
  { request, items }: DecisionFacts,
  ancestors: UnitAncestors,
): { readonly unit_id: string; readonly verdict: Verdict } {
  const units = decisionsNeeded(request, items);
  const may = (unit_id: string) => mayAt(actor, 'request.decide', unit_id, ancestors);
  const unit_id = units.find((one) => may(one).allow) ?? request.unit_id;
  const is_requester = actor.person_id === request.requester_person_id;
  return { unit_id, verdict: is_requester ? denied('SAME_PERSON') : may(unit_id) };
}

/**
 * Prolongs what runs, by a further act that is recorded like the first. Throws `NOTICE_DELAY_OVER`,
 * `NOTICE_DELAY_NOT_LONGER`, and what stands against the delay itself.
 */
export function prolongNoticeDelay(deps: ActDeps) {
  return async (
    actor: Actor,
    { request, unit_id }: { readonly request: ExtractionRequest; readonly unit_id: string },
    delay: NoticeDelay,
  ): Promise<void> =>
    deps.store.transaction(async (tx) => {
      await tx.requests.lock(request.id);
      const now_ms = deps.time.now_ms();
      const problem = problemOfProlonging(delay, await tx.noticeDelays.ofRequest(request.id), now_ms);
      if (problem !== null) throw problem;
      const { person_id, account_id } = actor;
      await tx.noticeDelays.add({
        ...{ id: deps.newId(), request_id: request.id, decision_id: null, person_id, account_id },
        ...{ ...cleaned(delay), recorded_at_ms: now_ms },
      });
      const subject = { kind: 'request', id: request.id, unit_id } as const;
      const details = { number: request.number, notice_delayed_until_ms: delay.until_ms };
      await tx.audit.append(act('request.prolong_notice_delay', now_ms, actor, subject, details));
    });
}

function cleaned({ until_ms, reason }: NoticeDelay): NoticeDelay {
  return { until_ms, reason: reason.normalize('NFC').trim() };
}
