import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { caseOf } from './factors.ts';
import { remux } from './folder-recorder.ts';
import { judge } from './judge.ts';
import { Laboratory } from './laboratory.ts';
import { Recordings } from './recordings.ts';
import { withSharedCopies } from './shared-copies.ts';

/** MPEG transport streams count 33 bits of 90,000 ticks a second: this many seconds, then from zero. */
const WRAP_S = 2 ** 33 / 90_000;

/** Each case runs a dozen programs, on machines that may have other things to do. */
vi.setConfig({ testTimeout: 120_000 });

let directory: string;
let recordings: Recordings;
let laboratory: Laboratory;
let wrapping: Laboratory;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'minhchung-boundaries-'));
  recordings = new Recordings(join(directory, 'recordings'));
  const wrapDerivatives = withSharedCopies(join(directory, 'copies'));
  laboratory = await Laboratory.open({ directory: join(directory, 'plain'), recordings, wrapDerivatives });
  wrapping = await Laboratory.open({
    directory: join(directory, 'wrapping'),
    recordings,
    wrapDerivatives,
    changeFile: (path) =>
      remux(path, [
        '-muxdelay',
        '0',
        '-muxpreload',
        '0',
        '-output_ts_offset',
        String(WRAP_S - 5),
        '-f',
        'mpegts',
      ]),
  });
});
afterAll(async () => {
  await laboratory.close();
  await wrapping.close();
  await rm(directory, { recursive: true, force: true });
});

describe('a folder of AVI files', () => {
  it.each([
    'avi/h264/cfr/p/4s/-3h/one-frame',
    'avi/h264/cfr/p/4s/+41min/over-hole',
    'avi/h264/cfr/p/4s/set-forward/file-border',
  ])('gives an exact clip: %s', async (key) => {
    expect((await laboratory.run(caseOf(key))).wrong).toEqual([]);
  });
});

describe('a recorder that plays at its maker’s address', () => {
  it.each([
    'vendor/h264/cfr/p/4s/-3h/plain',
    'vendor/h264/vfr/b/1s/-37.4s/file-border',
    'vendor/h265/vfr/b/4s/0/over-hole',
    'vendor/h265/vfr/b/4s/+41min/within-gop',
    'vendor/h264/vfr/b/1s/+3h/one-frame',
    'vendor/h264/cfr/p/4s/+41min/oldest-edge',
    'vendor/h264/cfr/p/4s/-37.4s/newest-edge',
  ])('gives an exact clip: %s', async (key) => {
    expect((await laboratory.run(caseOf(key))).wrong).toEqual([]);
  });
});

describe('a transport stream whose times begin anew within a file', () => {
  it.each(['ts/h264/cfr/b/4s/+41min/plain', 'ts/h264/cfr/b/4s/-3h/file-border'])(
    'gives an exact clip: %s',
    async (key) => {
      expect((await wrapping.run(caseOf(key))).wrong).toEqual([]);
    },
  );
});

describe('a gap', () => {
  it.each([
    ['replay', 'oldest-edge', 'overwritten'],
    ['replay', 'over-hole', 'recorder_hole'],
    ['replay', 'newest-edge', 'recorder_hole'],
    ['mp4', 'oldest-edge', 'overwritten'],
    ['mp4', 'over-hole', 'recorder_hole'],
    ['mp4', 'newest-edge', 'recorder_hole'],
  ])('says why it is there: %s, %s', async (source, span, reason) => {
    const { evidence, truth } = await laboratory.examine(caseOf(`${source}/h264/cfr/p/4s/-37.4s/${span}`));
    expect(judge(evidence, truth).wrong).toEqual([]);
    expect(evidence.manifest?.gaps.map((gap) => gap.reason)).toEqual([reason]);
  });
});
