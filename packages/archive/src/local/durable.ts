import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf } from './errors.ts';

/** The owner writes, a media tool in the same group may read, nobody else sees anything. */
const FOLDER_MODE = 0o750;

/** Makes the names in a folder survive a loss of power. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Makes `path` and its missing ancestors, each durable in its parent before anything is put into it. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: FOLDER_MODE });
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return;
    if (errnoOf(error) !== 'ENOENT') throw error;
    await makeFolder(dirname(path));
    return makeFolder(path);
  }
  await syncFolder(dirname(path));
}

/** Makes an empty file that is there after a loss of power; one that exists already is as good. */
export async function makeMarker(path: string): Promise<void> {
  const marker = await open(path, 'a', 0o440);
  await marker.close();
  await syncFolder(dirname(path));
}
