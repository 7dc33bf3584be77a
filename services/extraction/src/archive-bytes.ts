import type { ArchiveStore, ArchiveWriter } from '@minhchung/domain';

/**
 * Writes bytes as they come under a new key of the archive; on any error nothing is left there. Returns what the
 * archive made of them. Throws what archive and chunks throw.
 */
export async function archiveBytes(
  archive: ArchiveStore,
  key: string,
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): ReturnType<ArchiveWriter['commit']> {
  const writer = await archive.create(key, { signal });
  try {
    for await (const chunk of chunks) await writer.write(chunk);
  } catch (error) {
    await writer.abort();
    throw error;
  }
  return await writer.commit();
}
