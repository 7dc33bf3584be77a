import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLocalArchive } from '@minhchung/archive';
import { copyPackageToFolder } from '@minhchung/evidence';
import { openSecretBox, openStore, type Store } from '@minhchung/store';
import { recordFootage, type SimulatedDevice, startDevice } from '@minhchung/testkit';
import { verifyPackage } from '@minhchung/verify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXTRACTION_STEPS } from '../src/index.ts';
import type { ProcessTask } from './extract-process.ts';
import { seedItem } from './seed.ts';

const CHILD = fileURLToPath(new URL('./extract-process.ts', import.meta.url));
const START_MS = Math.floor(Date.now() / 1000) * 1000 - 600_000;
const OFFSET_MS = 2_473_300;
/** Short, so that a killed worker's lease runs out while the test looks on. */
const LEASE_MS = 400;

/** Runs one worker process; returns the steps it took and how it ended. */
async function runProcess(
  task: ProcessTask,
): Promise<{ steps: string[]; killed: boolean; code: number | null }> {
  const child = spawn(process.execPath, [CHILD], {
    env: { PATH: process.env.PATH, EXTRACT_TASK: JSON.stringify(task) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { steps: output.split('\n').filter(Boolean), killed: signal === 'SIGKILL', code };
}

describe('an extraction killed at any step and started again', () => {
  let root: string;
  let device: SimulatedDevice;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'minhchung-kill-'));
    const footage = await recordFootage({
      directory: join(root, 'footage'),
      camera_name: 'T01',
      start_true_ms: START_MS,
      duration_ms: 8000,
      width: 352,
      height: 288,
    });
    device = await startDevice({
      channels: [{ name: 'T01', footage }],
      clock_offset_ms: OFFSET_MS,
      password: 'mat-khau-thu',
    });
  });

  afterAll(async () => {
    await device?.close();
    await rm(root, { recursive: true, force: true });
  });

  async function seeded(directory: string): Promise<{ store: Store; item_id: string }> {
    const store = await openStore({ engine: 'sqlite', path: join(directory, 'store.db') });
    await store.migrate();
    const secrets = await openSecretBox(join(directory, 'device-secrets.key'));
    const item_id = await seedItem(store, secrets, {
      recorder: { kind: 'onvif', device_url: device.device_url, folder: null },
      source_token: device.channel(1).source_token,
      credentials: { username: 'admin', password: 'mat-khau-thu' },
      offset: { min_ms: OFFSET_MS - 40, max_ms: OFFSET_MS + 40 },
      wanted: { start_ms: START_MS + 2000, end_ms: START_MS + 6000 },
    });
    return { store, item_id };
  }

  /** What an item must look like in the end, however often its workers died. */
  async function expectOneWholePackage(directory: string, store: Store, item_id: string): Promise<void> {
    const item = await store.items.byId(item_id);
    expect(item?.state).toBe('archived');
    const clip = await store.clips.ofItem(item_id);
    const archive = await createLocalArchive({ root: join(directory, 'archive') });
    const prefixes = new Set<string>();
    for await (const { key } of archive.list(`${item_id}/`))
      prefixes.add(key.split('/').slice(0, 2).join('/'));
    expect([...prefixes]).toEqual([clip?.attempt_prefix]);
    const out = join(directory, 'package');
    await copyPackageToFolder(archive, clip?.attempt_prefix ?? '', out, new AbortController().signal);
    const report = await verifyPackage(out);
    expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
    const ends = await store.audit.list(
      { act: 'item.finish', subject_id: item_id },
      { limit: 10, after: null },
    );
    expect(ends.rows.filter(({ details }) => details.outcome === 'archived')).toHaveLength(1);
    await archive.close();
  }

  it('takes every step there is when nobody kills it', async () => {
    const directory = await mkdtemp(join(root, 'whole-'));
    const { store, item_id } = await seeded(directory);
    const run = await runProcess({ directory, worker_id: 'w', lease_ms: 30_000, die_at: null });
    expect(run).toMatchObject({ killed: false, code: 0 });
    expect([...new Set(run.steps)]).toEqual([...EXTRACTION_STEPS]);
    await expectOneWholePackage(directory, store, item_id);
    await store.close();
  });

  it.each(EXTRACTION_STEPS)(
    'killed at the step %s, it ends as one whole package all the same',
    async (die_at) => {
      const directory = await mkdtemp(join(root, 'kill-'));
      const { store, item_id } = await seeded(directory);
      const first = await runProcess({ directory, worker_id: 'first', lease_ms: LEASE_MS, die_at });
      expect(first.killed).toBe(true);
      expect(first.steps.at(-1)).toBe(die_at);
      expect((await store.items.byId(item_id))?.state).toBe('running');

      await expect
        .poll(
          async () => {
            const next = await runProcess({ directory, worker_id: 'second', lease_ms: 30_000, die_at: null });
            return next.steps.length > 0;
          },
          { timeout: 15_000, interval: LEASE_MS },
        )
        .toBe(true);
      await expectOneWholePackage(directory, store, item_id);
      await store.close();
    },
  );
});
