import { CodedError } from '@minhchung/domain';
import {
  type AuditEvent,
  beginKeyChange,
  destroyOldKey,
  isKeyChanging,
  openSecretBox,
  type ResealedPart,
  type ResealPlace,
  type SecretBox,
  type Store,
} from '@minhchung/store';
import { RESEALED_PER_TRANSACTION } from '../limits.ts';

/** What changing the key came to. */
export interface KeyRotation {
  /** False: a new key was there already, and this run went on with it. */
  readonly is_new_key: boolean;
  readonly key_id: string;
  readonly resealed: number;
  /** Sealed with a key that is lost: these accounts are to be entered anew. */
  readonly unreadable: number;
  readonly old_key_destroyed: boolean;
  /** The key before lies beside the new one still. */
  readonly old_key_kept: boolean;
}

/** A rotation, and what may stop it half-way. */
export interface RotationOptions {
  readonly key_path: string;
  /** Destroys the key before it once nothing is sealed with it. */
  readonly destroy_old: boolean;
  readonly now_ms: number;
  readonly signal: AbortSignal;
  /** After every part, with the secrets sealed anew so far. */
  readonly onProgress?: (resealed: number) => void;
}

/**
 * Seals every device account with a new key. Stopped at any instruction it leaves both keys readable and every account
 * sealed with one of them; run again, it goes on. While the old key lies beside the new one no further key is made.
 *
 * 1. new key in place, old one beside it; 2. the database takes no more secrets of the old key; 3. seal anew, a part a
 * transaction; 4. with `destroy_old`, and when nothing is sealed with it: destroy the old key.
 *
 * Throws `KEY_FILE_EXPOSED`, `KEY_FILE_BROKEN`, `KEY_IN_USE`, `CANCELLED`.
 */
export async function rotateCredentials(store: Store, options: RotationOptions): Promise<KeyRotation> {
  const { key_path, destroy_old } = options;
  // Asked to destroy where nothing is being changed, it makes no further key: a second call must not undo the first.
  const may_begin = !destroy_old || (await isKeyChanging(key_path));
  const is_new_key = may_begin && (await beginKeyChange(key_path));
  const box = await openSecretBox(key_path);
  const key_id = await store.sealingKey.use(box);
  const totals = await resealAll(store, box, key_id, options);
  if (is_new_key || totals.resealed > 0) {
    await tell(store, options.now_ms, 'credentials.rotate_key', { key_id, ...totals });
  }
  const old_key_destroyed = destroy_old && (await destroy(store, options, key_id, totals.unreadable));
  return { is_new_key, key_id, ...totals, old_key_destroyed, old_key_kept: await isKeyChanging(key_path) };
}

async function resealAll(store: Store, box: SecretBox, key_id: string, options: RotationOptions) {
  const totals = { resealed: 0, unreadable: 0 };
  let place: ResealPlace | null = null;
  do {
    if (options.signal.aborted) throw new CodedError('CANCELLED');
    const part: ResealedPart = await store.sealingKey.reseal(box, key_id, place, RESEALED_PER_TRANSACTION);
    totals.resealed += part.resealed;
    totals.unreadable += part.unreadable;
    place = part.next;
    options.onProgress?.(totals.resealed);
  } while (place !== null);
  return totals;
}

/** What neither key opens is lost already and keeps no key alive; anything else does. */
async function destroy(
  store: Store,
  { key_path, now_ms }: RotationOptions,
  key_id: string,
  unreadable: number,
): Promise<boolean> {
  const others = await store.sealingKey.countOthers(key_id);
  if (others > unreadable) throw new CodedError('KEY_IN_USE', { count: others - unreadable });
  const is_destroyed = await destroyOldKey(key_path);
  if (is_destroyed) await tell(store, now_ms, 'credentials.destroy_key', { key_id });
  return is_destroyed;
}

async function tell(store: Store, at_ms: number, act: string, details: AuditEvent['details']): Promise<void> {
  const nobody = { account_id: null, person_id: null, unit_id: null, outcome: 'ok' } as const;
  const subject = { subject_kind: 'key', subject_id: 'device-secrets' };
  await store.audit.append({ at_ms, act, ...nobody, ...subject, details });
}
