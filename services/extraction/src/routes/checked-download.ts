import { createHash } from 'node:crypto';
import { type ArchiveStore, CodedError } from '@minhchung/domain';

/** How a file's download went. */
export interface DownloadOutcome {
  readonly matches: boolean;
  readonly size_bytes: number;
}

/**
 * Streams an object while hashing it. When its bytes turn out not to be those that were signed, the last chunk is
 * held back and the stream fails, so that the receiver cannot take a changed file for a whole one.
 * `onEnd` hears of it either way, before the stream ends.
 */
export async function* checkedDownload(
  archive: ArchiveStore,
  key: string,
  expected_sha256: string,
  onEnd: (outcome: DownloadOutcome) => Promise<void>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash('sha256');
  let size_bytes = 0;
  let held: Uint8Array | null = null;
  for await (const chunk of archive.read(key)) {
    hash.update(chunk);
    size_bytes += chunk.length;
    if (held !== null) yield held;
    held = chunk;
  }
  const matches = hash.digest('hex') === expected_sha256;
  await onEnd({ matches, size_bytes });
  if (!matches) throw new CodedError('FILE_CHANGED', { file: key.split('/').at(-1) ?? key });
  if (held !== null) yield held;
}
