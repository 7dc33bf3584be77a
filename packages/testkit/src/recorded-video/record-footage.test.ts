import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BurnedClock } from '../burned-clock/cells.ts';
import { readBurnedClocks } from '../burned-clock/read-burned-clocks.ts';
import { writeAnnexB } from './footage-file.ts';
import { splitLengthPrefixed } from './nal-units.ts';
import { type RecordFootageOptions, recordFootage } from './record-footage.ts';
import { RecordedFootage } from './recorded-footage.ts';

const START_MS = Date.UTC(2026, 10, 22, 1, 2, 3, 345);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'testkit-'));
});
afterAll(() => rm(folder, { recursive: true }));

function record(name: string, change: Partial<RecordFootageOptions> = {}) {
  const size = { width: 352, height: 288, duration_ms: 4000 };
  const directory = join(folder, name);
  return recordFootage({
    directory,
    camera_name: `Ngõ 12 ${name}`,
    start_true_ms: START_MS,
    ...size,
    ...change,
  });
}

async function burnedClocks(footage: RecordedFootage): Promise<BurnedClock[]> {
  const path = join(footage.directory, 'plain.video');
  await writeAnnexB(footage, path);
  const format = footage.stream.codec === 'h264' ? 'h264' : 'hevc';
  const clocks: BurnedClock[] = [];
  for await (const clock of readBurnedClocks(path, { format })) clocks.push(clock);
  return clocks;
}

describe.each<[string, Partial<RecordFootageOptions>]>([
  ['constant frame rate', {}],
  ['variable frame rate with B-frames', { variable_frame_rate: true, b_frames: 2, fps: 15 }],
  ['a hole', { b_frames: 2, holes: [{ start_ms: START_MS + 1500, end_ms: START_MS + 3000 }] }],
  ['H.265', { codec: 'h265', b_frames: 2 }],
  ['low resolution', { width: 176, height: 144 }],
])('footage with %s', (name, change) => {
  let footage: RecordedFootage;
  beforeAll(async () => {
    footage = await record(name.replaceAll(/\W/g, '-'), change);
  });

  test('burns into every frame the time its index states', async () => {
    const clocks = await burnedClocks(footage);
    const times = footage.frames.map((frame) => frame.true_time_ms).toSorted((a, b) => a - b);
    expect(clocks.every((clock) => clock.valid)).toBe(true);
    expect(clocks.map((clock) => clock.true_time_ms)).toEqual(times);
    expect(clocks.map((clock) => clock.counter)).toEqual(times.map((_, n) => n % 256));
  });

  test('stores whole access units whose keyframes carry parameter sets', async () => {
    const { sps, pps } = footage.parameter_sets;
    for await (const { frame, data } of footage.units()) {
      const nal_units = splitLengthPrefixed(data);
      const has_sets =
        nal_units.some((unit) => unit.equals(sps[0]!)) && nal_units.some((unit) => unit.equals(pps[0]!));
      expect(has_sets).toBe(frame.is_keyframe);
    }
  });
});

test('footage is read again from its folder alone', async () => {
  const footage = await record('reopened', { duration_ms: 1000 });
  const reopened = await RecordedFootage.open(footage.directory);
  expect(reopened.frames).toEqual(footage.frames);
  expect(reopened.stream).toEqual(footage.stream);
});

test('any video file serves as the scene', async () => {
  const first = await record('scene', { duration_ms: 1000 });
  const path = join(first.directory, 'plain.h264');
  await writeAnnexB(first, path);
  const footage = await record('from-file', { scene: { kind: 'file', path }, width: 320, height: 240 });
  const clocks = await burnedClocks(footage);
  expect(clocks).toHaveLength(50);
  expect(clocks.every((clock) => clock.valid)).toBe(true);
});

test('a scene that is no video ends with what ffmpeg said', async () => {
  const recording = record('no-scene', { scene: { kind: 'file', path: join(folder, 'missing.mp4') } });
  await expect(recording).rejects.toMatchObject({ code: 'TOOL_FAILED' });
});

test('recording stops when it is cancelled', async () => {
  const abort = new AbortController();
  const recording = record('cancelled', { duration_ms: 600_000, signal: abort.signal });
  setTimeout(() => abort.abort(), 200);
  await expect(recording).rejects.toMatchObject({ code: 'CANCELLED' });
});
