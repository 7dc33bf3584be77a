import { readdir, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CodedError } from '@minhchung/domain';
import { manifestKey } from '../keys.ts';
import { makeMarker, syncFolder } from './durable.ts';
import { errnoOf, isAbsent } from './errors.ts';
import type { LocalLayout } from './layout.ts';
import { isFolder, sizeOf, walkFiles } from './walk.ts';

/**
 * Removes an attempt that has no manifest, or of a called-off item one that has, and returns the keys removed.
 *
 * A worker that lost its lease may still be writing. So the attempt gets a tombstone first, and only then is the
 * manifest looked for; the writer links first and then looks for the tombstone. Whichever comes first, at least
 * one of the two sees the other: a manifest whose files are gone cannot come to be.
 */
export async function discardLocalAttempt(
  layout: LocalLayout,
  attempt: string,
  archived_too: boolean,
): Promise<string[]> {
  const removed: string[] = [];
  if (!archived_too) await assertNotArchived(layout, attempt);
  await makeMarker(layout.tombstone(attempt));
  if (archived_too && (await removeManifest(layout, attempt))) removed.push(manifestKey(attempt));
  try {
    await assertNotArchived(layout, attempt);
  } catch (error) {
    await unlink(layout.tombstone(attempt));
    throw error;
  }
  await removeIncoming(layout, attempt);
  for await (const { key } of walkFiles(layout.root, attempt)) {
    await unlink(join(layout.root, key));
    removed.push(key);
  }
  if (await isFolder(layout.attempt(attempt))) {
    await removeEmptyFolders(layout.attempt(attempt));
    await syncFolder(dirname(layout.attempt(attempt)));
  }
  return removed;
}

/** From here on nothing is archived. False: there was no manifest. */
async function removeManifest(layout: LocalLayout, attempt: string): Promise<boolean> {
  try {
    await unlink(join(layout.root, manifestKey(attempt)));
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
  await syncFolder(layout.attempt(attempt));
  return true;
}

/** A writer that is still at it may have taken its file back already. */
async function removeIncoming(layout: LocalLayout, attempt: string): Promise<void> {
  const prefix = layout.incomingPrefix(attempt);
  for (const name of await readdir(layout.incoming)) {
    if (!name.startsWith(prefix)) continue;
    await unlink(join(layout.incoming, name)).catch((error: unknown) => {
      if (!isAbsent(error)) throw error;
    });
  }
}

async function assertNotArchived(layout: LocalLayout, attempt: string): Promise<void> {
  if ((await sizeOf(join(layout.root, manifestKey(attempt)))) === null) return;
  throw new CodedError('ARCHIVE_COMMITTED', { key: attempt });
}

/** The attempt's folders, empty by now. A file that a late writer put there is its own to take back. */
async function removeEmptyFolders(path: string): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeEmptyFolders(join(path, entry.name));
  }
  await rmdir(path).catch((error: unknown) => {
    if (errnoOf(error) !== 'ENOTEMPTY') throw error;
  });
}
