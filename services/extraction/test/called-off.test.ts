import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FootageSource } from '@minhchung/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXTRACTION_STEPS, type ExtractionStep } from '../src/index.ts';
import type { WorkerUnderTest } from './compose-worker.ts';
import type { ProcessTask } from './extract-process.ts';
import { archived, createFolderWorld, type FolderWorld } from './folder-world.ts';

const CHILD = fileURLToPath(new URL('./extract-process.ts', import.meta.url));
const LEASE_MS = 400;

let root: string;
let world: FolderWorld;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'minhchung-called-off-'));
  world = await createFolderWorld(root);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const cancel = (store: WorkerUnderTest['store'], item_id: string) =>
  store.items.setState(item_id, ['running'], 'cancelled', { reason: null, at_ms: Date.now() });

async function discards({ store }: WorkerUnderTest) {
  return (await store.audit.list({ act: 'item.discard' }, { limit: 10, after: null })).rows;
}

describe('an item that is called off', () => {
  it.each(EXTRACTION_STEPS)('at the step %s leaves no clip and nothing in the archive', async (at) => {
    let calling_off: Promise<boolean> | null = null;
    const onStep = (step: ExtractionStep) => {
      if (step === at) calling_off ??= cancel(opened.composed.store, opened.item_id);
    };
    const opened = await world.open(root, { onStep });
    const { composed, item_id } = opened;
    try {
      await composed.worker.runOnce();
      expect(await calling_off).toBe(true);
      expect(await composed.store.items.byId(item_id)).toMatchObject({ state: 'cancelled' });
      expect(await composed.store.clips.ofItem(item_id)).toBeNull();
      expect(await archived(composed)).toEqual([]);
    } finally {
      await composed.close();
    }
  });

  it('while its source says nothing for hours is let go within a second or so', async () => {
    const silent = (source: FootageSource): FootageSource => ({
      ...source,
      async *read(span, signal, tracks) {
        for await (const event of source.read(span, signal, tracks)) {
          yield event;
          if (event.type === 'packet') await new Promise(() => {});
        }
      },
    });
    const { composed, item_id } = await world.open(root, { wrapSource: silent });
    try {
      const running = composed.worker.runOnce();
      await expect
        .poll(async () => (await composed.store.items.byId(item_id))?.progress?.phase)
        .toBe('searching');
      await cancel(composed.store, item_id);
      const cancelled_ms = performance.now();
      await running;
      expect(performance.now() - cancelled_ms).toBeLessThan(3_000);
      expect(await archived(composed)).toEqual([]);
    } finally {
      await composed.close();
    }
  });

  it('after its worker was killed with the manifest written is cleared up by the next, and the trail says what went', async () => {
    const { composed, item_id, directory } = await world.open(root);
    try {
      const die = { directory, worker_id: 'first', lease_ms: LEASE_MS, die_at: 'package_archived' } as const;
      expect(await runProcess(die)).toBe('SIGKILL');
      expect((await archived(composed)).some((key) => key.endsWith('/manifest.json'))).toBe(true);
      await cancel(composed.store, item_id);
      await expect.poll(() => composed.worker.runOnce(), { timeout: 10_000, interval: LEASE_MS }).toBe(true);
      expect(await archived(composed)).toEqual([]);
      expect(await discards(composed)).toMatchObject([
        { subject_id: item_id, details: { manifest_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
      ]);
      expect(await composed.worker.runOnce()).toBe(false);
    } finally {
      await composed.close();
    }
  });
});

async function runProcess(task: ProcessTask): Promise<string | null> {
  const child = spawn(process.execPath, [CHILD], {
    env: { PATH: process.env.PATH, EXTRACT_TASK: JSON.stringify(task) },
    stdio: 'ignore',
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  return signal;
}
