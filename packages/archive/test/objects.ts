import { createHash } from 'node:crypto';
import { type ArchiveStore, isCoded } from '@minhchung/domain';

/** Writes one object in one piece. */
export async function put(store: ArchiveStore, key: string, bytes: Uint8Array) {
  const writer = await store.create(key);
  await writer.write(bytes);
  return writer.commit();
}

/** All bytes of an object or range. */
export async function readAll(store: ArchiveStore, key: string, range?: { start: number; end: number }) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of store.read(key, range)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Keys below a folder, as listed. */
export async function keysOf(store: ArchiveStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

/** The code of the error something ends with. */
export async function codeOf(act: Promise<unknown>): Promise<string> {
  try {
    await act;
  } catch (error) {
    return isCoded(error) ? error.code : `not coded: ${error}`;
  }
  return 'no error';
}

/** SHA-256 in hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
