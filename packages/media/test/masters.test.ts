import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutFile, ZERO_MS } from './support/cut-file.ts';
import { type ForeignPacket, foreignDuration, readForeign } from './support/foreign-reader.ts';
import { run } from './support/run.ts';
import {
  LONG_PAUSE,
  LONG_PAUSE_TICKS,
  makeSample,
  type SampleOptions,
  VARIABLE_RATE,
} from './support/samples.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-masters-'));
});
afterAll(() => rm(folder, { recursive: true }));

const sources = new Map<string, Promise<ForeignPacket[]>>();

/** A source as others read it; read once. */
function foreignSource(path: string): Promise<ForeignPacket[]> {
  const reading = sources.get(path) ?? readForeign(path);
  sources.set(path, reading);
  return reading;
}

/** What the rule of cutting keeps of a source, said again and simply. Times in ticks. */
function expectedPackets(source: readonly ForeignPacket[], from: number, to: number): ForeignPacket[] {
  const first = source.findLastIndex((packet) => packet.is_key && packet.pts <= from);
  const last = source.findLastIndex((packet) => packet.pts < to);
  return source.slice(Math.max(first, 0), last + 1);
}

/** Cuts and compares with the source: every NAL unit, every time, readable to the end. */
async function checkCut(source_path: string, from_ms: number, to_ms: number, name: string) {
  const { masters, paths } = await cutFile(source_path, from_ms, to_ms, join(folder, name));
  expect(paths).toHaveLength(1);
  const master = masters[0]!;
  const expected = expectedPackets(await foreignSource(source_path), from_ms * 90, to_ms * 90);
  const written = await readForeign(paths[0]!);
  const origin = Math.min(...expected.map((packet) => packet.pts));
  expect(written.map((packet) => packet.nal_hashes)).toEqual(expected.map((packet) => packet.nal_hashes));
  expect(written.map((packet) => packet.pts)).toEqual(expected.map((packet) => packet.pts - origin));
  expect(written.map((packet) => packet.is_key)).toEqual(expected.map((packet) => packet.is_key));
  for (const [index, packet] of written.entries()) {
    expect(packet.dts).toBeLessThanOrEqual(packet.pts);
    if (index > 0) expect(packet.dts).toBeGreaterThan(written[index - 1]!.dts);
  }
  const shown = expected.map((packet) => packet.pts).sort((a, b) => a - b);
  const inside = shown.filter((pts) => pts >= from_ms * 90 && pts < to_ms * 90);
  expect(master.frames).toMatchObject({
    frames_before: shown.filter((pts) => pts < from_ms * 90).length,
    frames_inside: inside.length,
    frames_after: shown.filter((pts) => pts >= to_ms * 90).length,
  });
  expect(master.first_frame_device_time_us).toBe(ZERO_MS * 1000 + Math.round((origin * 100) / 9));
  expect(master.frame_count).toBe(expected.length);
  const last_duration = shown.length > 1 ? shown.at(-1)! - shown.at(-2)! : 3600;
  expect(await foreignDuration(paths[0]!)).toBeCloseTo((shown.at(-1)! + last_duration - origin) / 90_000, 5);
  // Every frame decodes, and nothing is complained of.
  const decode = await run('ffmpeg', '-v', 'error', '-i', paths[0]!, '-f', 'framecrc', '-');
  const decoded = decode
    .toString()
    .split('\n')
    .filter((line) => /^0,/.test(line));
  expect(decoded).toHaveLength(expected.length);
  return { master, written };
}

const SOURCES: [string, string, SampleOptions][] = [
  ['H.264 without B-frames', 'h264-plain.mp4', { b_frames: 0 }],
  ['H.264 with B-frames', 'h264-b.mp4', {}],
  ['H.264 at a variable rate', 'h264-vfr.mp4', { filter: VARIABLE_RATE }],
  ['H.264 of keyframes only', 'h264-intra.mp4', { b_frames: 0, gop: 1 }],
  ['H.264 in MPEG-TS', 'h264.ts', { muxer: ['-muxdelay', '0', '-muxpreload', '0'] }],
  ['H.264 in Matroska', 'h264.mkv', {}],
  ['H.265 without B-frames', 'h265-plain.mp4', { codec: 'h265', b_frames: 0 }],
  ['H.265 with B-frames', 'h265-b.mp4', { codec: 'h265' }],
  ['H.265 at a variable rate', 'h265-vfr.mp4', { codec: 'h265', filter: VARIABLE_RATE }],
  ['H.265 in MPEG-TS', 'h265.ts', { codec: 'h265', muxer: ['-muxdelay', '0', '-muxpreload', '0'] }],
];

describe.each(SOURCES)('a master of %s', (_label, name, options) => {
  let path: string;
  beforeAll(async () => {
    path = await makeSample(join(folder, name), options);
  });

  it('holds what a span inside two groups of pictures needs', async () => {
    await checkCut(path, 1_400, 2_700, `${name}-inside`);
  });

  it('is right at the borders of groups of pictures', async () => {
    await checkCut(path, 1_000, 3_000, `${name}-borders`);
  });

  it('is right when the end falls between reordered frames', async () => {
    await checkCut(path, 2_000, 2_081, `${name}-reorder`);
  });

  it('is right over the whole file', async () => {
    await checkCut(path, 0, 60_000, `${name}-whole`);
  });
});

describe('a master of H.264 with a long pause', () => {
  it('keeps the pause and joins nothing over it', async () => {
    const path = await makeSample(join(folder, 'pause.mp4'), { filter: LONG_PAUSE });
    const { written } = await checkCut(path, 1_100, 2_600, 'pause');
    const shown = written.map((packet) => packet.pts).sort((a, b) => a - b);
    const steps = shown.slice(1).map((pts, index) => pts - shown[index]!);
    expect(Math.max(...steps)).toBe(LONG_PAUSE_TICKS);
  });
});

describe('a master of a stream with open groups of pictures', () => {
  it.each(['h264', 'h265'] as const)('keeps the leading pictures of %s and says so', async (codec) => {
    const path = await makeSample(join(folder, `open-${codec}.mp4`), { codec, open_gop: true, gop: 27 });
    const { masters, paths } = await cutFile(path, 1_400, 2_700, join(folder, `open-${codec}-cut`));
    const expected = expectedPackets(await foreignSource(path), 1_400 * 90, 2_700 * 90);
    const written = await readForeign(paths[0]!);
    expect(written.map((packet) => packet.nal_hashes)).toEqual(expected.map((packet) => packet.nal_hashes));
    expect(written.findIndex((packet) => packet.pts === 0)).toBeGreaterThan(0);
    expect(masters[0]!.open_gop).toBe(true);
  });
});
