import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FootageSource } from '@minhchung/domain';
import type { Manifest } from '@minhchung/formats';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Evidence } from './evidence.ts';
import { caseOf } from './factors.ts';
import { judge } from './judge.ts';
import { Laboratory } from './laboratory.ts';
import { LIES, lyingSource, swapped } from './lying-sources.ts';
import { withSharedCopies } from './shared-copies.ts';
import type { Truth } from './verdict.ts';

const CASE = caseOf('replay/h264/cfr/b/4s/+41min/over-hole');

/** Each test runs a dozen programs, on machines that may have other things to do. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

let directory: string;
let laboratory: Laboratory;
let wrapSource: (source: FootageSource) => FootageSource = (source) => source;
let shift_copies_us = 0;
let evidence: Evidence;
let truth: Truth;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'minhchung-harness-'));
  laboratory = await Laboratory.open({
    directory,
    wrapSource: (source) => wrapSource(source),
    wrapDerivatives: (maker) => ({
      ...withSharedCopies(join(directory, 'copies'))(maker),
      playable: (request) =>
        maker.playable({
          ...request,
          from_us: request.from_us + shift_copies_us,
          to_us: request.to_us + shift_copies_us,
        }),
    }),
  });
  ({ evidence, truth } = await laboratory.examine(CASE));
});
afterAll(async () => {
  await laboratory.close();
  await rm(directory, { recursive: true, force: true });
});

/** What is found wrong after footage was changed on its way. */
async function wrongWith(wrap: (source: FootageSource) => FootageSource): Promise<string> {
  wrapSource = wrap;
  try {
    return (await laboratory.run(CASE)).wrong.join('\n');
  } finally {
    wrapSource = (source) => source;
  }
}

/** What is found wrong with a package that says something else. */
function wrongAfter(change: (manifest: Manifest) => object, outer: Partial<Evidence> = {}): string {
  const manifest = { ...evidence.manifest!, ...change(evidence.manifest!) };
  return judge({ ...evidence, ...outer, manifest }, truth).wrong.join('\n');
}

describe('the harness', () => {
  it('finds nothing wrong where nothing is', () => {
    const { wrong, figures } = judge(evidence, truth);
    expect(wrong).toEqual([]);
    expect(figures.frames_checked).toBeGreaterThan(100);
  });

  it.each([
    ['a frame dropped', 'wanted frames are missing'],
    ['a frame twice', 'frames are there twice'],
    ['all frames one frame later', 'the device time of a frame is wrong by 80 ms'],
    ['all frames re-stamped by 2 ms', 'the device time of a frame is wrong by 2 ms'],
    ['one frame re-stamped by 2 ms', 'the device time of a frame is wrong by 2 ms'],
    ['a byte flipped', "is not the source's"],
    ['a NAL unit left out', "is not the source's"],
  ] as const)('notices %s', async (lie, found) => {
    expect(await wrongWith((source) => lyingSource(source, LIES[lie]))).toContain(found);
  });

  it('notices two pictures in another order, though every frame is there and shown when it should be', async () => {
    expect(await wrongWith((source) => swapped(source, 20))).toContain("is not the source's");
  });

  it('notices a playable copy that is one frame late', async () => {
    shift_copies_us = 80_000;
    expect((await laboratory.run(CASE)).wrong.join()).toMatch(/playable-\d+\.mp4 shows \d+ frames/);
    shift_copies_us = 0;
  });
});

describe('the harness, of what a manifest claims', () => {
  it('notices a gap that is claimed as found', () => {
    const whole = wrongAfter(() => ({ gaps: [], outcome: 'archived' }), { state: 'archived' });
    expect(whole).toContain('is claimed as found and was never recorded');
    const shorter = wrongAfter(({ gaps: [gap] }) => ({ gaps: [{ ...gap, start_ms: gap!.start_ms + 500 }] }));
    expect(shorter).toContain('is claimed as found and was never recorded');
    const found = wrongAfter(({ found_spans: [first, last] }) => ({
      found_spans: [{ ...first, device_end_ms: last!.device_end_ms }],
    }));
    expect(found).toContain('is called found without a frame');
  });

  it('notices a gap that is none', () => {
    const wider = wrongAfter(({ gaps: [gap] }) => ({ gaps: [{ ...gap, end_ms: gap!.end_ms + 300 }] }));
    expect(wider).toContain('is called a gap and was recorded');
    const split = wrongAfter(({ gaps: [gap] }) => ({ gaps: [gap, gap] }));
    expect(split).toContain('2 gaps are stated, 1 were planted');
  });

  it('notices an outcome that does not follow', () => {
    expect(wrongAfter(() => ({ outcome: 'archived' }))).toContain('the outcome is archived');
    expect(wrongAfter(() => ({}), { state: 'archived' })).toContain('the item archived');
  });

  it('notices bounds that miss the truth, and bounds that say nothing', () => {
    const moved = (by_ms: number, width_ms: number) =>
      wrongAfter(({ searches }) => ({
        searches: searches.map((search) => ({
          ...search,
          offset_min_ms: search.offset_min_ms! + by_ms - width_ms,
          offset_max_ms: search.offset_max_ms! + by_ms + width_ms,
        })),
      }));
    expect(moved(120, 0)).toContain('outside their stated bounds');
    expect(moved(0, 5000)).toContain('the clock is said to be known to ±');
  });

  it('notices wanted frames marked as others, a copy left out, and what verify says', () => {
    const [master] = evidence.masters;
    const told = { ...master!.told, wanted: { ...master!.told.wanted, frames_before: 0 } };
    const masters = [{ ...master!, told }, ...evidence.masters.slice(1)];
    expect(judge({ ...evidence, masters }, truth).wrong.join()).toContain('frames_before is 0');
    expect(judge({ ...evidence, playables: [] }, truth).wrong.join()).toContain('has 0 playable copies');
    expect(judge({ ...evidence, untruths: ['x'] }, truth).wrong).toEqual(['verify: x']);
  });

  it('notices that nothing was delivered of what was held', () => {
    const nothing = { manifest: null, masters: [], playables: [], untruths: [], reason: null } as const;
    expect(judge({ ...nothing, state: 'no_footage' }, truth).wrong.join()).toContain('nothing was delivered');
    expect(judge({ ...nothing, state: 'no_footage' }, { ...truth, held: [] }).wrong).toEqual([]);
  });
});
