import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError, type FootageSource } from '@minhchung/domain';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { WorkerUnderTest } from './compose-worker.ts';
import { deliveredPackage } from './delivered-package.ts';
import { archived, createFolderWorld, type FolderWorld, WANTED } from './folder-world.ts';

let root: string;
let world: FolderWorld;
let composed: WorkerUnderTest;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'minhchung-breaking-'));
  world = await createFolderWorld(root);
});
afterEach(() => composed.close());
afterAll(() => rm(root, { recursive: true, force: true }));

/** Breaks off `times` reads once half of the wanted span has come. */
function breaking(times: number, code: 'SOURCE_BROKEN' | 'SOURCE_STALLED' = 'SOURCE_BROKEN') {
  let left = times;
  return (source: FootageSource): FootageSource => ({
    ...source,
    async *read(span, signal, tracks) {
      const breaks_now = left > 0;
      left -= 1;
      for await (const event of source.read(span, signal, tracks)) {
        const is_past =
          event.type === 'packet' && event.packet.device_time_us > (WANTED.start_ms + 5_000) * 1000;
        if (breaks_now && is_past) {
          throw new CodedError(code, { address: 'nvr', reason: 'nhiễu', stalled_ms: 20_000 });
        }
        yield event;
      }
    },
  });
}

async function extract(times: number, attempts_max: number, attempts: number) {
  const options = { attempts_max, wrapSource: breaking(times) };
  const { directory, item_id, composed: made } = await world.open(root, options);
  composed = made;
  for (let n = 0; n < attempts; n += 1) {
    await expect.poll(() => composed.worker.runOnce(), { interval: 20, timeout: 10_000 }).toBe(true);
  }
  const item = await composed.store.items.byId(item_id);
  return { directory, item, clip: await composed.store.clips.ofItem(item_id) };
}

it('what came before a break is delivered at the last try, the rest as a gap that says why', async () => {
  const { directory, item, clip } = await extract(9, 2, 2);
  expect(item).toMatchObject({ state: 'partial', reason: { code: 'could_not_be_read' }, attempts: 2 });
  expect(item?.reason?.text.vi).toMatch(/^Không đọc được: .*nhiễu/);
  expect(clip?.gaps).toHaveLength(1);
  const [gap] = clip!.gaps;
  expect(Math.abs(gap!.start_ms - (WANTED.start_ms + 5_000))).toBeLessThan(1_500);
  expect(gap!.end_ms).toBe(WANTED.end_ms);
  const { manifest, untruths } = await deliveredPackage(
    composed.archive,
    clip?.attempt_prefix,
    join(directory, 'package'),
  );
  expect(untruths).toEqual([]);
  expect(manifest.gaps).toMatchObject([{ reason: 'could_not_be_read' }]);
  expect((await archived(composed)).every((key) => key.includes('/attempt-0002/'))).toBe(true);
});

it('while attempts are left nothing is delivered, and a later one that succeeds is whole', async () => {
  const { item, clip } = await extract(1, 2, 2);
  expect(item).toMatchObject({ state: 'archived', reason: null, attempts: 2 });
  expect(clip?.gaps).toEqual([]);
});

it('a source that never gave anything is no partial result but a failure for a person', async () => {
  const broken = (source: FootageSource): FootageSource => ({
    ...source,
    // biome-ignore lint/correctness/useYield: it breaks before the first frame
    async *read() {
      throw new CodedError('SOURCE_BROKEN', { address: 'nvr', reason: 'nhiễu' });
    },
  });
  const opened = await world.open(root, { attempts_max: 1, wrapSource: broken });
  composed = opened.composed;
  await composed.worker.runOnce();
  expect(await composed.store.items.byId(opened.item_id)).toMatchObject({
    ...{ state: 'failed', reason: { code: 'SOURCE_BROKEN' } },
  });
  expect(await archived(composed)).toEqual([]);
});
