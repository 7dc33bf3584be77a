import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type BurnedClock,
  DeviceClock,
  FakeTime,
  type RecordedFootage,
  readBurnedClocks,
  type SegmentContainer,
  type WriteSegmentsOptions,
  writeSegments,
} from '../src/index.ts';
import { START_MS, smallFootage } from './support/small-footage.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
const OFFSET_MS = -37_400;
const clock = new DeviceClock(new FakeTime(START_MS), OFFSET_MS);
let plain: RecordedFootage;
let b_frames: RecordedFootage;

beforeAll(async () => {
  plain = await smallFootage(folder, 'plain', { gop_ms: 1000 });
  b_frames = await smallFootage(folder, 'b', {
    b_frames: 2,
    variable_frame_rate: true,
    fps: 15,
    gop_ms: 1000,
  });
});

async function write(name: string, footage: RecordedFootage, change: Partial<WriteSegmentsOptions> = {}) {
  const directory = join(folder, name);
  const segments = await writeSegments(footage, { directory, clock, segment_ms: 4000, ...change });
  return segments.map((segment) => ({ ...segment, path: join(directory, segment.name) }));
}

async function clocksIn(path: string): Promise<BurnedClock[]> {
  const clocks: BurnedClock[] = [];
  for await (const burned of readBurnedClocks(path)) clocks.push(burned);
  return clocks;
}

/** Presentation times of a file's frames as ffprobe sees them, in milliseconds after the first. */
function frameTimes(path: string): number[] {
  const args = [
    '-v',
    'error',
    '-select_streams',
    'v:0',
    '-show_entries',
    'packet=pts_time',
    '-of',
    'csv=p=0',
    path,
  ];
  const lines = execFileSync('ffprobe', args, { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '');
  const times = lines.map(Number.parseFloat);
  const sorted = times.toSorted((a, b) => a - b);
  return sorted.map((time) => Math.round((time - sorted[0]!) * 1000));
}

test('files are named by the device’s clock in Vietnam time, to the microsecond', async () => {
  const [first] = await write('named', plain);
  const at = new Date(START_MS + OFFSET_MS + 7 * 3_600_000).toISOString();
  expect(first!.name).toBe(
    `${at.slice(0, 10)}_${at.slice(11, 19).replaceAll(':', '-')}-${at.slice(20, 23)}000.mp4`,
  );
});

test('files begin at keyframes and last as long as asked', async () => {
  const segments = await write('cut', plain);
  const lengths = segments.map(({ frames }) => frames.at(-1)!.true_time_ms - frames[0]!.true_time_ms);
  expect(lengths.length).toBe(3);
  expect(lengths[0]).toBeGreaterThanOrEqual(4000);
  expect(segments.flatMap(({ frames }) => frames)).toHaveLength(plain.frames.length);
});

test('a hole and a step of the clock begin a new file', async () => {
  const step_at_ms = plain.frames.find(
    (frame) => frame.is_keyframe && frame.true_time_ms >= START_MS + 7000,
  )!;
  const stepped = new DeviceClock(new FakeTime(START_MS), 0, [
    { at_true_ms: step_at_ms.true_time_ms, offset_ms: 5000 },
  ]);
  const holes = [{ start_ms: START_MS + 2000, end_ms: START_MS + 3500 }];
  const segments = await write('broken', plain, { clock: stepped, segment_ms: 60_000, missing: { holes } });
  const starts = segments.map(({ frames }) => frames[0]!);
  const after_hole = plain.frames.find(
    (frame) => frame.is_keyframe && frame.true_time_ms >= holes[0]!.end_ms,
  )!;
  expect(starts.map((frame) => frame.true_time_ms)).toEqual([
    START_MS,
    after_hole.true_time_ms,
    step_at_ms.true_time_ms,
  ]);
  expect(starts[2]!.device_time_us).toBe((step_at_ms.true_time_ms + 5000) * 1000);
});

test('a pattern may lead into folders', async () => {
  const pattern = '%Y/%m/%d/%H.%M.%S-%f.ts';
  const [first] = await write('nested', plain, { pattern, container: 'ts' });
  expect(readdirSync(join(folder, 'nested'))).toEqual(['2026']);
  expect(await clocksIn(first!.path)).toHaveLength(first!.frames.length);
});

describe.each<SegmentContainer>(['fmp4', 'mp4', 'mkv', 'ts'])('in %s', (container) => {
  test.each([
    ['a constant frame rate', () => plain],
    ['a variable frame rate and B-frames', () => b_frames],
  ])('with %s every frame lies at its exact millisecond and shows its true time', async (name, footage) => {
    const pattern = `%Y-%m-%d_%H-%M-%S-%f.${container === 'fmp4' ? 'mp4' : container}`;
    for (const segment of await write(`${container} ${name}`, footage(), { container, pattern })) {
      const truth = segment.frames.map((frame) => frame.true_time_ms);
      expect(frameTimes(segment.path)).toEqual(truth.map((time) => time - truth[0]!));
      const clocks = await clocksIn(segment.path);
      expect(clocks.every((burned) => burned.valid)).toBe(true);
      expect(clocks.map((burned) => burned.true_time_ms)).toEqual(truth);
    }
  });
});
