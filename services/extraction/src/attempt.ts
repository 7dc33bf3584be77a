import type { ArchiveStore, Lease } from '@minhchung/domain';
import { MANIFEST_NAME } from '@minhchung/formats';

/** Archive prefix of the attempt a lease stands for, e.g. `01JD…/attempt-0002`. */
export function attemptPrefix(lease: Pick<Lease, 'item_id' | 'token'>): string {
  return `${lease.item_id}/attempt-${String(lease.token).padStart(4, '0')}`;
}

/** Key of a file of an attempt. */
export function attemptKey(prefix: string, name: string): string {
  return `${prefix}/${name}`;
}

/**
 * Settles what earlier attempts at an item left behind: the newest whose manifest was written is the item's
 * package and is taken over; everything else of theirs never became visible and is removed. Returns the prefix
 * taken over.
 *
 * This is what makes a kill between archiving and reporting harmless: the next worker finds the package instead
 * of cutting a second one. The attempt right before is settled even where nothing of it is listed, because it may
 * have died with an object half-written; the one before that was settled by it in turn.
 */
export async function settleEarlierAttempts(archive: ArchiveStore, lease: Lease): Promise<string | null> {
  if (lease.token === 1) return null;
  const prefixes = new Set<string>([attemptPrefix({ ...lease, token: lease.token - 1 })]);
  const with_manifest = new Set<string>();
  for await (const { key } of archive.list(`${lease.item_id}/`)) {
    const [item_id, attempt, name] = key.split('/');
    const prefix = `${item_id}/${attempt}`;
    prefixes.add(prefix);
    if (name === MANIFEST_NAME) with_manifest.add(prefix);
  }
  for (const prefix of prefixes) {
    if (!with_manifest.has(prefix)) await archive.discardAttempt(prefix);
  }
  return [...with_manifest].sort().at(-1) ?? null;
}
