import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CodedError } from '@minhchung/domain';

/** A key file in PEM has some 120 bytes; more is not ours. */
const KEY_FILE_BYTES_MAX = 4096;

/** Makes the folder of the keys with mode 0700, or checks that nobody else can enter it. Throws `SIGNING_KEY_UNSAFE`. */
export async function openKeyFolder(key_dir: string): Promise<void> {
  await mkdir(key_dir, { recursive: true, mode: 0o700 });
  const stat = await lstat(key_dir);
  if (!stat.isDirectory()) throw unsafe(key_dir, 'it is not a folder');
  assertOwnedAndClosed(key_dir, stat);
  await syncFolder(dirname(key_dir));
}

/**
 * Writes a file that must not exist yet: whole, durable, mode 0600. False when the name is taken. The bytes are
 * on disk before the name is, and `link(2)` gives the name to one writer only.
 */
export async function writeNewFile(path: string, text: string, mode = 0o600): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}.new`;
  const file = await open(temporary, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
    await file.close();
    await link(temporary, path);
    await syncFolder(dirname(path));
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await file.close();
    await unlink(temporary);
  }
}

/** Reads a file that must be ours alone; null when there is none. Throws `SIGNING_KEY_UNSAFE`. */
export async function readSecretFile(path: string): Promise<string | null> {
  const file = await openOrNull(path);
  if (file === null) return null;
  try {
    const stat = await file.stat();
    if (!stat.isFile() || stat.size > KEY_FILE_BYTES_MAX) throw unsafe(path, 'it is not a key file');
    assertOwnedAndClosed(path, stat);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

async function openOrNull(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    if (errnoOf(error) === 'ELOOP') throw unsafe(path, 'it is a symbolic link');
    throw error;
  }
}

function assertOwnedAndClosed(path: string, stat: { readonly uid: number; readonly mode: number }): void {
  if (stat.uid !== process.geteuid?.()) throw unsafe(path, 'it belongs to another user');
  const mode = stat.mode & 0o777;
  if ((mode & 0o077) !== 0) throw unsafe(path, `others have access (mode ${mode.toString(8)})`);
}

function unsafe(path: string, reason: string): CodedError {
  return new CodedError('SIGNING_KEY_UNSAFE', { path, reason });
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function errnoOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
