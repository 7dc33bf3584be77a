import { createHash } from 'node:crypto';
import type { ArchiveWriter } from '@minhchung/domain';

/** An archive in memory that remembers what became of every object. */
export function memoryArchive() {
  const objects: { bytes: Buffer; state: 'open' | 'committed' | 'aborted'; writes: number[] }[] = [];
  const openSink = async (index: number): Promise<ArchiveWriter> => {
    const object = {
      bytes: Buffer.alloc(0),
      state: 'open' as 'open' | 'committed' | 'aborted',
      writes: [] as number[],
    };
    objects[index] = object;
    const chunks: Uint8Array[] = [];
    return {
      async write(chunk) {
        chunks.push(chunk);
        object.writes.push(chunk.length);
      },
      async commit() {
        object.bytes = Buffer.concat(chunks);
        object.state = 'committed';
        return {
          size_bytes: object.bytes.length,
          sha256: createHash('sha256').update(object.bytes).digest('hex'),
        };
      },
      async abort() {
        object.state = 'aborted';
      },
    };
  };
  return { objects, openSink };
}
