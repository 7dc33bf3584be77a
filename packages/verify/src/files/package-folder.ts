import { constants } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isPackageFileName, PACKAGE_FILES_MAX } from '@minhchung/formats';
import { FOLDER_DEPTH_MAX } from '../limits.ts';

/** A package's files on disk. Only plain files with allowed names can be opened. */
export interface PackageFolder {
  /** Allowed names of plain files, sorted. */
  readonly names: readonly string[];
  /** Everything else that lies there: links, devices, hidden or forbidden names. */
  readonly strangers: readonly { readonly name: string; readonly problem: string }[];
  open(name: string): Promise<FileHandle>;
}

/** Lists a folder without following any link. Throws when it cannot be read or holds too much. */
export async function openPackageFolder(folder: string): Promise<PackageFolder> {
  const root = resolve(folder);
  const names: string[] = [];
  const strangers: { name: string; problem: string }[] = [];

  async function walk(prefix: string, depth: number): Promise<void> {
    for (const entry of await readdir(join(root, prefix), { withFileTypes: true })) {
      const name = prefix + entry.name;
      if (names.length + strangers.length >= PACKAGE_FILES_MAX) {
        throw new Error(`more than ${PACKAGE_FILES_MAX} files`);
      }
      if (entry.isDirectory() && depth < FOLDER_DEPTH_MAX) await walk(`${name}/`, depth + 1);
      else if (!entry.isFile()) strangers.push({ name, problem: 'it is not a plain file' });
      else if (!isPackageFileName(name)) strangers.push({ name, problem: 'its name is not allowed' });
      else names.push(name);
    }
  }

  await walk('', 1);
  return {
    names: names.sort(),
    strangers,
    open: (name) => open(join(root, name), constants.O_RDONLY | constants.O_NOFOLLOW),
  };
}

/** Reads a whole small file; null when it is longer than the limit or cannot be read. */
export async function readSmallFile(
  folder: PackageFolder,
  name: string,
  bytes_max: number,
): Promise<Uint8Array | null> {
  if (!folder.names.includes(name)) return null;
  const file = await folder.open(name);
  try {
    if ((await file.stat()).size > bytes_max) return null;
    return await file.readFile();
  } finally {
    await file.close();
  }
}
