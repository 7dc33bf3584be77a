import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { link, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CodedError } from '@minhchung/domain';
import { KEY_FILE_BYTES_MAX } from './limits.ts';

const KEY_BYTES = 32;
const KEY_TEXT = /^[0-9a-f]{64}\n?$/;
const OWNER_ONLY = 0o600;
const OTHERS = 0o077;

/**
 * The 256-bit key in the file, as 64 hex digits. When there is no file one is made, whole or not at all, even
 * when several processes start at once: they end with the same key. Throws `KEY_FILE_EXPOSED` when others than
 * the owner may use the file, `KEY_FILE_BROKEN` when it holds no key.
 */
export async function readOrCreateKey(path: string): Promise<Uint8Array> {
  return readKey(path) ?? (await createKey(path));
}

/** As `readOrCreateKey`; null where there is no file. A few bytes, so a running service may read it on the spot. */
export function readKey(path: string): Uint8Array | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new CodedError('KEY_FILE_BROKEN', { path, reason: errorCode(error) }, { cause: error });
  }
  try {
    const { mode, size } = fstatSync(file);
    if ((mode & OTHERS) !== 0) {
      throw new CodedError('KEY_FILE_EXPOSED', { path, mode: (mode & 0o777).toString(8) });
    }
    if (size > KEY_FILE_BYTES_MAX) throw new CodedError('KEY_FILE_BROKEN', { path, reason: `${size} bytes` });
    const text = readFileSync(file, 'ascii');
    if (!KEY_TEXT.test(text)) throw new CodedError('KEY_FILE_BROKEN', { path, reason: 'not 64 hex digits' });
    return Buffer.from(text.trim(), 'hex');
  } finally {
    closeSync(file);
  }
}

async function createKey(path: string): Promise<Uint8Array> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', OWNER_ONLY);
  try {
    await file.writeFile(`${randomBytes(KEY_BYTES).toString('hex')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // A link fails where a rename would overwrite: the first of several processes wins.
    await link(draft, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  await syncFolder(path);
  const key = readKey(path);
  if (key === null) throw new CodedError('KEY_FILE_BROKEN', { path, reason: 'gone after it was written' });
  return key;
}

/** Makes names in the folder of a file outlive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  await folder.sync();
  await folder.close();
}

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
