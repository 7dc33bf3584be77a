import { type ArchiveStore, CodedError } from '@minhchung/domain';

/** A whole object that must be small. Throws `ARCHIVE_MISSING`, `ARCHIVE_BROKEN` for one beyond its limit. */
export async function readSmall(
  archive: ArchiveStore,
  key: string,
  size_bytes_max: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size_bytes = 0;
  for await (const chunk of archive.read(key)) {
    size_bytes += chunk.length;
    if (size_bytes > size_bytes_max) throw new CodedError('ARCHIVE_BROKEN', { key, reason: 'too long' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
