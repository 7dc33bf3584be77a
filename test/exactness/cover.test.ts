import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseOf, type ExactnessCase, FACTORS, FOOTAGE_FACTORS, keyOf } from './factors.ts';
import type { Judgement } from './judge.ts';
import { runCases } from './lanes.ts';
import { pairwiseCover } from './pairwise.ts';
import { withSharedCopies } from './shared-copies.ts';

/** So many extractions at a time: as many as the smallest machine has cores. */
const LANES = 2;

const cases = pairwiseCover(FACTORS, pairwiseCover(FOOTAGE_FACTORS)) as unknown as ExactnessCase[];
const judgements = new Map<string, Judgement>();
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'minhchung-exactness-'));
  const wrapDerivatives = withSharedCopies(join(directory, 'copies'));
  await runCases(cases, { directory, lanes: LANES, wrapDerivatives }, (one, judgement) => {
    judgements.set(keyOf(one), judgement);
  });
}, 600_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('a clip is exact, for every pair of factors', () => {
  it.each(cases.map(keyOf))('%s', (key) => {
    expect(judgements.get(key)?.wrong).toEqual([]);
  });

  it('after thousands of frames were looked at, each with its clock', () => {
    const frames = [...judgements.values()].map(({ figures }) => figures.frames_checked);
    expect(frames.length).toBe(cases.length);
    expect(frames.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(2_000);
  });
});

describe('the name of a case', () => {
  it('is read back, and refused where it is none', () => {
    expect(cases.map((one) => caseOf(keyOf(one)))).toEqual(cases);
    expect(() => caseOf('replay/h264')).toThrow(RangeError);
    expect(() => caseOf('replay/h264/cfr/p/1s/+42min/plain')).toThrow(RangeError);
  });
});
