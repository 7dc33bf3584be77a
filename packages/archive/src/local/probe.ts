import { randomUUID } from 'node:crypto';
import { link, open, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '@minhchung/domain';
import { makeFolder, syncFolder } from './durable.ts';
import { errnoOf } from './errors.ts';
import type { LocalLayout } from './layout.ts';

/**
 * Makes the hidden folders and tries in them what the archive rests on: writing, syncing, and a second link to a taken name being
 * refused. Throws `ARCHIVE_UNFIT` where that does not hold (exFAT and some network shares have no hard links).
 */
export async function probeLocalRoot(layout: LocalLayout): Promise<void> {
  const { root } = layout;
  const folder = join(layout.incoming, `probe-${randomUUID()}`);
  try {
    await makeFolder(layout.discarded);
    await makeFolder(folder);
    const first = join(folder, 'a');
    const file = await open(first, 'wx', 0o440);
    await file.sync();
    await file.close();
    await link(first, join(folder, 'b'));
    await syncFolder(folder);
    if (!(await isRefused(first, join(folder, 'b')))) {
      throw new CodedError('ARCHIVE_UNFIT', { place: root, reason: 'a taken name was given away again' });
    }
    await unlink(first);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    const reason = `writing, hard links or fsync do not work there (${errnoOf(error)})`;
    throw new CodedError('ARCHIVE_UNFIT', { place: root, reason }, { cause: error });
  } finally {
    // What cannot be removed is hidden and empty; it must not hide why the probe failed.
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

async function isRefused(from: string, taken: string): Promise<boolean> {
  try {
    await link(from, taken);
    return false;
  } catch (error) {
    return errnoOf(error) === 'EEXIST';
  }
}
