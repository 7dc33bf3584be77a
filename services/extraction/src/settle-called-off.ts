import { createHash } from 'node:crypto';
import type { ArchiveStore, DiscardedAttempts, Lease, Work } from '@minhchung/domain';
import { MANIFEST_BYTES_MAX, MANIFEST_NAME } from '@minhchung/formats';
import { attemptKey } from './attempt.ts';
import { readSmall } from './read-small.ts';

/** Discards what a called-off item left in the archive. */
export type SettleCalledOff = (lease: Lease) => Promise<void>;

/**
 * An item that was called off between the writing of its manifest and the report has a whole package that no clip
 * shows: nobody approved that it exists, so it is discarded, its hash kept in the trail. Killed in between, it is
 * done again by whoever asks for called-off items next.
 */
export function createSettler(archive: ArchiveStore, work: Pick<Work, 'settle'>): SettleCalledOff {
  return async (lease) => {
    await work.settle(lease, await discardAttempts(archive, lease));
  };
}

async function discardAttempts(archive: ArchiveStore, { item_id }: Lease): Promise<DiscardedAttempts> {
  const prefixes = new Set<string>();
  let manifest_sha256: string | null = null;
  for await (const { key } of archive.list(`${item_id}/`)) {
    const [item, attempt, name] = key.split('/');
    const prefix = `${item}/${attempt}`;
    prefixes.add(prefix);
    if (name === MANIFEST_NAME) {
      const bytes = await readSmall(archive, attemptKey(prefix, MANIFEST_NAME), MANIFEST_BYTES_MAX);
      manifest_sha256 = createHash('sha256').update(bytes).digest('hex');
    }
  }
  let files = 0;
  for (const prefix of prefixes) {
    files += (await archive.discardAttempt(prefix, { archived_too: true })).length;
  }
  return { files, manifest_sha256 };
}
