import { statSync } from 'node:fs';
import { link, open, rename, stat, unlink } from 'node:fs/promises';
import { errorCode, readKey, readOrCreateKey, syncFolder } from './key-file.ts';

/** The keys of a box: the first seals, all open. */
export type KeyRing = readonly [Uint8Array, ...Uint8Array[]];

/** The key of a deployment and, while it is being changed, the one before it. */
export interface KeyFiles {
  /** Throws `KEY_FILE_EXPOSED`, `KEY_FILE_BROKEN`. */
  read(): KeyRing;
  /** True when the key file is another one than was read last. */
  haveChanged(): boolean;
}

/** Keeps the key that is being replaced readable until everything is sealed anew. */
export function oldKeyPath(path: string): string {
  return `${path}.old`;
}

function nextKeyPath(path: string): string {
  return `${path}.next`;
}

/** The key files at this path; the key is made at first use. Throws `KEY_FILE_EXPOSED`, `KEY_FILE_BROKEN`. */
export async function keyFiles(path: string): Promise<KeyFiles> {
  const first = await readOrCreateKey(path);
  let identity = identityOf(path);
  return {
    read() {
      identity = identityOf(path);
      const key = readKey(path) ?? first;
      const old = readKey(oldKeyPath(path));
      return old === null ? [key] : [key, old];
    },
    haveChanged: () => identityOf(path) !== identity,
  };
}

/**
 * Puts a new key in the place of the one at `path`, which stays beside it as `.old`. Every step is whole or not
 * done, both keys can be read at any moment, and calling it again after a power cut goes on where it ended:
 *
 * 1. make `.next`; 2. link the key to `.old`; 3. rename `.next` over the key.
 *
 * Returns false when `.old` is there already and nothing is left to do.
 */
export async function beginKeyChange(path: string): Promise<boolean> {
  const has_old = await exists(oldKeyPath(path));
  if (has_old && !(await exists(nextKeyPath(path)))) return false;
  if (!has_old) {
    await readOrCreateKey(path);
    await readOrCreateKey(nextKeyPath(path));
    await link(path, oldKeyPath(path));
    await syncFolder(path);
  }
  await rename(nextKeyPath(path), path);
  await syncFolder(path);
  return true;
}

/** True while the key before lies beside the one in use. */
export function isKeyChanging(path: string): Promise<boolean> {
  return exists(oldKeyPath(path));
}

/**
 * Overwrites and removes the old key. False when there was none. A copy of the key in use is removed only: it may be
 * the same file under two names. Backups are the operator's to find.
 */
export async function destroyOldKey(path: string): Promise<boolean> {
  const old = oldKeyPath(path);
  const key = readKey(old);
  if (key === null) return false;
  if (!Buffer.from(key).equals(readKey(path) ?? Buffer.alloc(0))) await overwrite(old);
  await unlink(old);
  await syncFolder(old);
  return true;
}

async function overwrite(old: string): Promise<void> {
  const file = await open(old, 'r+');
  try {
    const { size } = await file.stat();
    await file.write(Buffer.alloc(size, '0'), 0, size, 0);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function identityOf(path: string): string {
  const { ino, mtimeMs, size } = statSync(path);
  return `${ino} ${mtimeMs} ${size}`;
}
