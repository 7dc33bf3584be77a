import {
  type Actor,
  CodedError,
  type ExtractionRequest,
  refusalOfHandingIn,
  type Upload,
} from '@minhchung/domain';
import type { ItemRecord, Repositories } from '@minhchung/store';
import type { IntakeActDeps } from '../deps.ts';
import { actOf } from '../trail.ts';

type ReleaseDeps = Pick<IntakeActDeps, 'store' | 'time'>;

/** States in which an item waits for somebody to hand something in, or to mend what was. */
const WAITING_STATES = ['waiting', 'failed'] as const;

/**
 * Gives what was handed in for an item over to the extractor: the item is due at once, links for it end. An owner who
 * hands footage in by link has thereby agreed to this very item, where the agreement says to ask first. Throws
 * `UPLOAD_NOTHING_TO_FINISH` while no file is whole, or another one is still coming, and the refusals of handing in.
 */
export function releaseItem(deps: ReleaseDeps) {
  return async (actor: Actor | null, item_id: string): Promise<readonly Upload[]> =>
    deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      const { item, request } = await lockedItem(tx, item_id);
      const refusal = refusalOfHandingIn(item);
      if (refusal !== null) throw refusal;
      const uploads = await tx.uploads.ofItem(item_id);
      if (uploads.length === 0 || uploads.some(({ state }) => state !== 'kept')) {
        throw new CodedError('UPLOAD_NOTHING_TO_FINISH');
      }
      const ids = await tx.uploads.release(item_id, at_ms);
      await tx.uploadLinks.endOfItem(item_id, at_ms);
      // An officer who finishes for an owner says nothing in the owner's name.
      const by_owner = actor === null && uploads.some((one) => one.way === 'link' && ids.includes(one.id));
      await makeDue(tx, item, by_owner, at_ms);
      const subject = { kind: 'item', id: item_id, unit_id: request.unit_id } as const;
      const details = { request: request.number, upload_ids: ids, by_owner };
      await tx.audit.append(actOf('item.hand_in', at_ms, actor, subject, details));
      return uploads;
    });
}

/** Makes items due again that a worker put back to wait while their files were being given over. */
export function wakeStranded(deps: ReleaseDeps) {
  return async (): Promise<number> => {
    let count = 0;
    for (const item_id of await deps.store.uploads.stranded('AWAITS_UPLOAD')) {
      const change = { reason: null, at_ms: deps.time.now_ms() };
      if (await deps.store.items.setState(item_id, ['waiting'], 'queued', change)) count += 1;
    }
    return count;
  };
}

async function lockedItem(
  tx: Repositories,
  item_id: string,
): Promise<{ readonly item: ItemRecord; readonly request: ExtractionRequest }> {
  const seen = await tx.items.byId(item_id);
  // Whoever decides or cancels holds the request first, so it is held first here too.
  const request = seen === null ? null : await tx.requests.lock(seen.request_id);
  const item = request === null ? null : await tx.items.byId(item_id);
  if (item === null || request === null) throw new CodedError('NOT_FOUND', { what: 'item', id: item_id });
  return { item, request };
}

async function makeDue(tx: Repositories, item: ItemRecord, by_owner: boolean, at_ms: number): Promise<void> {
  const change = { reason: null, at_ms };
  const is_asked = item.reason?.code === 'OWNER_ASKS_FIRST';
  if (by_owner) {
    const camera = await tx.cameras.byId(item.camera_id);
    const owner_id = camera?.owner_id ?? null;
    const answer = { item_id: item.id, verdict: 'accepted', reason: null, at_ms } as const;
    if (owner_id !== null) await tx.ownersWord.addAnswer({ ...answer, owner_id });
  }
  // What waits for the owner's answer goes on waiting for it when an officer handed the file in.
  if (is_asked && !by_owner) return;
  await tx.items.setState(item.id, is_asked ? ['approved', 'failed'] : WAITING_STATES, 'queued', change);
}
