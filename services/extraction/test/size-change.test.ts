import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deliveredPackage } from './delivered-package.ts';
import { createFolderWorld } from './folder-world.ts';

it('pictures that change their size in the middle make two masters, and the package is whole and true', async () => {
  const root = await mkdtemp(join(tmpdir(), 'minhchung-size-'));
  const world = await createFolderWorld(root, [
    { width: 176, height: 144, length_ms: 8_000 },
    { width: 352, height: 288, length_ms: 8_000 },
  ]);
  const { directory, item_id, composed } = await world.open(root);
  try {
    await composed.worker.runOnce();
    expect(await composed.store.items.byId(item_id)).toMatchObject({ state: 'archived', reason: null });
    const clip = await composed.store.clips.ofItem(item_id);
    const { manifest, untruths } = await deliveredPackage(
      composed.archive,
      clip?.attempt_prefix,
      join(directory, 'package'),
    );
    expect(untruths).toEqual([]);
    expect(manifest.masters.map(({ width, height }) => [width, height])).toEqual([
      [176, 144],
      [352, 288],
    ]);
    expect(manifest.gaps).toEqual([]);
    const of_master = manifest.derivatives.filter(({ kind }) => kind === 'playable');
    expect(of_master.map(({ master_name }) => master_name)).toEqual(['master-001.mp4', 'master-002.mp4']);
  } finally {
    await composed.close();
    await rm(root, { recursive: true, force: true });
  }
});
