import {
  type Camera,
  CodedError,
  consentFor,
  type ExtractionRequest,
  type ItemReason,
  isRequestFinal,
  mayTellOwner,
  type OwnerAnswer,
  type RequestState,
} from '@minhchung/domain';
import type { ItemRecord, Repositories } from '@minhchung/store';
import type { OwnerActDeps } from './deps.ts';
import { actOf } from './trail.ts';

const ASKED = 'OWNER_ASKS_FIRST';

/** States in which an item waits for its owner: asked after the approval, or found out when it was to run. */
const WAITING_STATES: readonly string[] = ['approved', 'failed'];

/** True when this item waits for its owner's answer: no order overrides, and nothing has ended. */
export function waitsForOwner(item: ItemRecord, request: ExtractionRequest): boolean {
  const is_asked = WAITING_STATES.includes(item.state) && item.reason?.code === ASKED;
  return is_asked && request.legal_basis !== 'lawful_order' && !isRequestFinal(request.state as RequestState);
}

/**
 * The owner's answer to one item: accepted, it is queued (unless the agreement stands against it by now); refused, it
 * ends, with the owner's reason. Throws `NOTHING_TO_ANSWER`, also for an item of another owner's camera.
 */
export function answerItem(deps: OwnerActDeps) {
  return async (
    owner_id: string,
    item_id: string,
    answer: Pick<OwnerAnswer, 'verdict' | 'reason'>,
  ): Promise<void> =>
    deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      const { item, request, camera } = await waitingItem(tx, owner_id, item_id, at_ms);
      const said = { item_id, owner_id, verdict: answer.verdict, reason: answer.reason, at_ms } as const;
      if (!(await tx.ownersWord.addAnswer(said))) throw new CodedError('NOTHING_TO_ANSWER');
      const refusal = await refusalOf(tx, camera, request, answer, at_ms);
      const to = refusal === null ? 'queued' : 'refused';
      const change = { reason: refusal, at_ms };
      if (!(await tx.items.setState(item.id, WAITING_STATES, to, change))) {
        throw new CodedError('NOTHING_TO_ANSWER');
      }
      const is_closed = refusal !== null && (await tx.requests.closeIfDone(request.id));
      const subject = { kind: 'item', id: item.id, unit_id: request.unit_id } as const;
      const details = { request: request.number, camera: camera.code, verdict: answer.verdict, owner_id };
      await tx.audit.append(actOf('item.owner_answer', at_ms, null, subject, details));
      if (!is_closed) return;
      const about = { kind: 'request', id: request.id, unit_id: request.unit_id } as const;
      await tx.audit.append(actOf('request.close', at_ms, null, about));
    });
}

/** Whoever decides holds the request first, so it is held first here too. */
async function waitingItem(
  tx: Repositories,
  owner_id: string,
  item_id: string,
  now_ms: number,
): Promise<{ readonly item: ItemRecord; readonly request: ExtractionRequest; readonly camera: Camera }> {
  const seen = await tx.items.byId(item_id);
  const request = seen === null ? null : await tx.requests.lock(seen.request_id);
  const item = request === null ? null : await tx.items.byId(item_id);
  const camera = item === null ? null : await tx.cameras.byId(item.camera_id);
  if (item === null || request === null || camera === null) throw new CodedError('NOTHING_TO_ANSWER');
  if (camera.owner_id !== owner_id || !waitsForOwner(item, request)) {
    throw new CodedError('NOTHING_TO_ANSWER');
  }
  // An answer that differs would tell what the page keeps silent about.
  if (!mayTellOwner(await tx.noticeDelays.ofRequest(request.id), now_ms)) {
    throw new CodedError('NOTHING_TO_ANSWER');
  }
  return { item, request, camera };
}

async function refusalOf(
  tx: Repositories,
  camera: Camera,
  request: ExtractionRequest,
  answer: Pick<OwnerAnswer, 'verdict' | 'reason'>,
  now_ms: number,
): Promise<ItemReason | null> {
  if (answer.verdict === 'refused') {
    const { code, texts } = new CodedError('OWNER_REFUSED', {
      camera: camera.code,
      reason: answer.reason ?? '—',
    });
    return { code, text: texts };
  }
  const wish = {
    span: request.wanted,
    purpose: request.purpose,
    has_lawful_order: false,
    owner_accepted: true,
  };
  const consent = consentFor(camera, await tx.agreements.ofCamera(camera.id), wish, now_ms);
  return consent.kind === 'deny' ? { code: consent.code, text: consent.reason } : null;
}
