import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkAllowedFolder } from './allowed-folder.ts';

let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'folders-'));
  for (const path of ['roots/cam-1', 'roots-private/cam-2', 'elsewhere']) {
    await mkdir(join(place, path), { recursive: true });
  }
});
afterEach(() => rm(place, { recursive: true }));

const check = (folder: string, ...roots: string[]) =>
  checkAllowedFolder(
    join(place, folder),
    roots.map((root) => join(place, root)),
    'cam',
  );

describe('a folder of recordings', () => {
  it('is read below an allowed folder, or as one', async () => {
    await check('roots/cam-1', 'roots');
    await check('roots/cam-1', 'none', 'roots/cam-1');
  });

  it('is not read where no folder allows it (any more)', async () => {
    await expect(check('roots/cam-1')).rejects.toMatchObject({ code: 'FOLDER_NOT_ALLOWED' });
    await expect(check('roots-private/cam-2', 'roots')).rejects.toMatchObject({ code: 'FOLDER_NOT_ALLOWED' });
  });

  it('is not read through a link that leads out', async () => {
    await symlink(join(place, 'elsewhere'), join(place, 'roots/cam-3'));
    await expect(check('roots/cam-3', 'roots')).rejects.toMatchObject({ code: 'FOLDER_NOT_ALLOWED' });
  });

  it('that is gone is out of reach, not forbidden', async () => {
    await expect(check('roots/none', 'roots')).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
  });
});
