import {
  CodedError,
  type DeclaredTime,
  nativeNameOf,
  refusalOfHandingIn,
  shownFileName,
  type Upload,
} from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';
import type { IntakeActDeps } from '../deps.ts';
import { discardIntake } from '../keep/intake-key.ts';
import { actOf } from '../trail.ts';
import { isOwnUpload, itemOfSender, type Sender, senderFields } from './sender.ts';

/** A file somebody wants to send. */
export interface WantedUpload {
  readonly id: string;
  readonly file_name: string;
  readonly file_modified_ms: number | null;
  readonly size_bytes: number;
  /** All of them, when the file came with the form; else 0. */
  readonly received_bytes: number;
  readonly declared: DeclaredTime;
}

/**
 * Opens a file to be received. Throws the refusals of handing in, `UPLOAD_EMPTY`, `UPLOAD_TOO_LARGE`,
 * `UPLOAD_TOO_MANY`, `UPLOAD_CLOCK_DIFFERS`, `UPLOAD_NO_SPACE`.
 */
export function startUpload(deps: IntakeActDeps) {
  return async (sender: Sender, wanted: WantedUpload): Promise<Upload> => {
    await refuseBySize(deps, wanted);
    const { intake } = deps.settings;
    return deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      const item_id = itemOfSender(sender);
      const seen = await tx.items.byId(item_id);
      // Two files at once are counted one after the other.
      const request = seen === null ? null : await tx.requests.lock(seen.request_id);
      const item = request === null ? null : await tx.items.byId(item_id);
      if (item === null || request === null) throw new CodedError('UPLOAD_LINK_INVALID');
      const refusal = refusalOfHandingIn(item);
      if (refusal !== null) throw refusal;
      const earlier = await withoutLostStarts(tx, sender, wanted, item_id, at_ms);
      await refuseByCount(tx, deps, sender, earlier);
      if (earlier.some(({ declared }) => declared.clock !== wanted.declared.clock)) {
        throw new CodedError('UPLOAD_CLOCK_DIFFERS');
      }
      const upload: Upload = {
        ...{ id: wanted.id, item_id, ...senderFields(sender), file_name: shownFileName(wanted.file_name) },
        native_name: nativeNameOf(wanted.file_name, await tx.uploads.namesOfItem(item_id)),
        ...{ file_modified_ms: wanted.file_modified_ms, size_bytes: wanted.size_bytes },
        ...{ received_bytes: wanted.received_bytes, sha256: null, state: 'receiving' },
        ...{ declared: wanted.declared, check: null, archive_key: null, created_at_ms: at_ms },
        ...{ updated_at_ms: at_ms, expires_at_ms: expiryOf(sender, at_ms, intake.unfinished_hours) },
        ...{ received_at_ms: null, released_at_ms: null, let_go_at_ms: null },
      };
      await tx.uploads.add(upload);
      const subject = { kind: 'upload', id: upload.id, unit_id: request.unit_id } as const;
      const details = { request: request.number, item_id, way: upload.way, size_bytes: upload.size_bytes };
      const actor = sender.way === 'desk' ? sender.actor : null;
      await tx.audit.append(actOf('upload.start', at_ms, actor, subject, details));
      return upload;
    });
  };
}

/** The sender takes a file back, before it was given over. Throws `UPLOAD_UNKNOWN`. */
export function takeBack(deps: IntakeActDeps) {
  return async (sender: Sender, upload_id: string): Promise<void> => {
    const upload = await deps.store.uploads.byId(upload_id);
    if (upload === null || !isOwnUpload(sender, upload)) throw new CodedError('UPLOAD_UNKNOWN');
    await removeUpload(deps, upload, 'upload.take_back', sender.way === 'desk' ? sender.actor : null);
  };
}

/** Removes what came of a file, with its row's state and an event. Throws `UPLOAD_UNKNOWN` when it was given over. */
export async function removeUpload(
  deps: IntakeActDeps,
  upload: Upload,
  act: string,
  actor: Parameters<typeof actOf>[2],
): Promise<void> {
  const at_ms = deps.time.now_ms();
  await deps.store.transaction(async (tx) => {
    if (!(await tx.uploads.remove(upload.id, at_ms))) throw new CodedError('UPLOAD_UNKNOWN');
    const item = await tx.items.byId(upload.item_id);
    const subject = { kind: 'upload', id: upload.id, unit_id: item?.unit_id ?? '' } as const;
    await tx.audit.append(actOf(act, at_ms, actor, subject, { received_bytes: upload.received_bytes }));
  });
  await deps.quarantine.remove(upload.id);
  await discardIntake(deps, upload);
}

async function refuseBySize({ settings, quarantine }: IntakeActDeps, wanted: WantedUpload): Promise<void> {
  const { file_bytes_max, free_bytes_min } = settings.intake;
  if (wanted.size_bytes <= 0) throw new CodedError('UPLOAD_EMPTY');
  if (wanted.size_bytes > file_bytes_max) {
    throw new CodedError('UPLOAD_TOO_LARGE', { size_bytes_max: file_bytes_max });
  }
  const missing_bytes = wanted.size_bytes - wanted.received_bytes;
  if ((await quarantine.freeBytes()) < missing_bytes + free_bytes_min)
    throw new CodedError('UPLOAD_NO_SPACE');
}

/**
 * The files of an item, without those this sender opened for this very file before and never sent a byte of: the
 * answer was lost on the way, so nobody knows their address.
 */
async function withoutLostStarts(
  tx: Repositories,
  sender: Sender,
  wanted: WantedUpload,
  item_id: string,
  at_ms: number,
): Promise<readonly Upload[]> {
  const left: Upload[] = [];
  const file_name = shownFileName(wanted.file_name);
  for (const upload of await tx.uploads.ofItem(item_id)) {
    const is_same = upload.file_name === file_name && upload.size_bytes === wanted.size_bytes;
    const is_unsent = upload.state === 'receiving' && upload.received_bytes === 0;
    const is_lost = is_same && is_unsent && isOwnUpload(sender, upload);
    if (!is_lost || !(await tx.uploads.remove(upload.id, at_ms))) left.push(upload);
  }
  return left;
}

async function refuseByCount(
  tx: Repositories,
  { settings }: IntakeActDeps,
  sender: Sender,
  earlier: readonly Upload[],
): Promise<void> {
  const { files_per_item_max, files_at_once_max } = settings.intake;
  if (earlier.length >= files_per_item_max)
    throw new CodedError('UPLOAD_TOO_MANY', { count_max: files_per_item_max });
  const by = sender.way === 'link' ? { link_id: sender.link.id } : { account_id: sender.actor.account_id };
  if ((await tx.uploads.countUnfinished(by)) >= files_at_once_max) {
    throw new CodedError('UPLOAD_TOO_MANY', { count_max: files_at_once_max });
  }
}

/** A link's files end with the link at the latest. */
function expiryOf(sender: Sender, at_ms: number, unfinished_hours: number): number {
  const unfinished_ms = at_ms + unfinished_hours * 3_600_000;
  return sender.way === 'link' ? Math.min(unfinished_ms, sender.link.expires_at_ms) : unfinished_ms;
}
