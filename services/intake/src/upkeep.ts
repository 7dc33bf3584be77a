import { type ItemState, isCoded, isItemDelivered, type Mailer } from '@minhchung/domain';
import type { IntakeActDeps } from './deps.ts';
import { discardIntake } from './keep/intake-key.ts';
import { keepUpload } from './keep/keep-upload.ts';
import { UPKEEP_ROWS } from './limits.ts';
import { deliverLinks } from './links/deliver-links.ts';
import { noteReceived } from './receive/note-received.ts';
import { removeUpload } from './receive/start-upload.ts';
import { releaseItem, wakeStranded } from './release/release-item.ts';

/** Whole files go on: noted, into the archive, looked at. Returns how many were kept. */
export function keepReceived(deps: IntakeActDeps) {
  return async (signal?: AbortSignal): Promise<number> => {
    for (const upload of await deps.store.uploads.whole(UPKEEP_ROWS)) await noteReceived(deps)(upload);
    let count = 0;
    for (const upload of await deps.store.uploads.received(UPKEEP_ROWS)) {
      if (signal?.aborted === true) break;
      try {
        await keepUpload(deps)(upload, signal);
        count += 1;
      } catch (error) {
        // One file that cannot be taken over now (no space, a lost folder) must not hold up the others.
        deps.logger.error({ err: error, upload_id: upload.id }, 'a handed-in file could not be taken over');
      }
    }
    return count;
  };
}

/**
 * What has to happen without anybody asking: letters, files taken over, unfinished ones removed, what came to rest
 * given over, items woken. Several processes may do it at once, and any may die in the middle.
 */
export function intakeUpkeep(deps: IntakeActDeps & { readonly mailer: Mailer }) {
  return async (signal?: AbortSignal): Promise<void> => {
    await deliverLinks(deps)(signal);
    await keepReceived(deps)(signal);
    await removeAbandoned(deps)();
    await releaseRested(deps)();
    await wakeStranded(deps)();
    await letGo(deps)();
  };
}

/** Removes what nobody finished, and what lies on disk without anybody knowing of it. */
export function removeAbandoned(deps: IntakeActDeps) {
  return async (): Promise<number> => {
    const now_ms = deps.time.now_ms();
    const untouched_since_ms = now_ms - deps.settings.intake.unfinished_hours * 3_600_000;
    const abandoned = await deps.store.uploads.abandoned(now_ms, untouched_since_ms, UPKEEP_ROWS);
    for (const upload of abandoned) await removeUpload(deps, upload, 'upload.abandon', null);
    const ids = (await deps.quarantine.idsUntouchedSince(untouched_since_ms)).slice(0, UPKEEP_ROWS);
    const wanted = await deps.store.uploads.onDisk(ids);
    for (const id of ids) if (!wanted.includes(id)) await deps.quarantine.remove(id);
    return abandoned.length;
  };
}

/** Gives over what nobody added to for a while, as if the button had been pressed. */
function releaseRested(deps: IntakeActDeps) {
  return async (): Promise<void> => {
    const rested_ms = deps.time.now_ms() - deps.settings.intake.rest_minutes * 60_000;
    for (const item_id of await deps.store.uploads.unreleasedItems(rested_ms, UPKEEP_ROWS)) {
      try {
        await releaseItem(deps)(null, item_id);
      } catch (error) {
        if (isCoded(error, 'UPLOAD_NOTHING_TO_FINISH')) continue;
        if (!isCoded(error, 'UPLOAD_ITEM_ENDED', 'UPLOAD_NOT_APPROVED')) throw error;
        // The request ended meanwhile: footage nobody may have any more is not kept.
        for (const upload of await deps.store.uploads.ofItem(item_id)) {
          if (upload.released_at_ms === null) await removeUpload(deps, upload, 'upload.drop', null);
        }
      }
    }
  };
}

/**
 * Removes the intake's own copy once its item has an outcome: a package carries the file itself, and of an item that
 * was cancelled or refused nobody may have it.
 */
export function letGo(deps: IntakeActDeps) {
  return async (): Promise<number> => {
    const ended = await deps.store.uploads.ofEndedItems(UPKEEP_ROWS);
    for (const upload of ended) {
      const { id, item_id } = upload;
      await discardIntake(deps, upload);
      await deps.quarantine.remove(id);
      const item = await deps.store.items.byId(item_id);
      const is_delivered = item !== null && isItemDelivered(item.state as ItemState);
      await deps.store.uploads.letGo(id, is_delivered, deps.time.now_ms());
    }
    return ended.length;
  };
}
