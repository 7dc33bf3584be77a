import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbsent } from './errors.ts';

/** A file below the root. */
export interface FoundFile {
  readonly key: string;
  readonly size_bytes: number;
}

/**
 * Regular files below `root/folder` in the order of their keys, one folder in memory at a time. Hidden names,
 * links and anything that is no file are passed over. A folder that is not there holds nothing.
 */
export async function* walkFiles(root: string, folder: string): AsyncIterable<FoundFile> {
  for (const entry of await sortedEntries(join(root, folder))) {
    const key = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      yield* walkFiles(root, key);
    } else if (entry.isFile()) {
      const size_bytes = await sizeOf(join(root, key));
      if (size_bytes !== null) yield { key, size_bytes };
    }
  }
}

/** Size of a regular file in bytes; null when there is none. */
export async function sizeOf(path: string): Promise<number | null> {
  const stat = await statOf(path);
  return stat?.isFile() ? stat.size : null;
}

/** True for a folder, not for a link to one. */
export async function isFolder(path: string): Promise<boolean> {
  return (await statOf(path))?.isDirectory() ?? false;
}

async function statOf(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

async function sortedEntries(path: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.filter((entry) => !entry.name.startsWith('.')).sort(byKey);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** Whole keys are compared, so a folder sorts as its name with the slash that follows: `a-b/x` before `a/x`. */
function byKey(a: Dirent, b: Dirent): number {
  const [left, right] = [sortName(a), sortName(b)];
  return left < right ? -1 : Number(left > right);
}

function sortName(entry: Dirent): string {
  return entry.isDirectory() ? `${entry.name}/` : entry.name;
}
