import { execFileSync } from 'node:child_process';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FootageSource, Span } from '@minhchung/domain';
import { createMediaReader } from '@minhchung/media';
import {
  DeviceClock,
  FakeTime,
  type RecordedFootage,
  type RecordFootageOptions,
  recordFootage,
  type WriteSegmentsOptions,
  type WrittenSegment,
  writeSegments,
} from '@minhchung/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecordingFolderSource, type RecordingLayout } from '../src/index.ts';
import { breaksIn, packetsOf, readAll } from './footage-events.ts';

const START_MS = Date.UTC(2026, 10, 22, 17, 0, 0);
const OFFSET_MS = -17_250;
const NOW_MS = START_MS + 86_400_000;
const SIGNAL = new AbortController().signal;
const MICROSECONDS: RecordingLayout = { pattern: '%Y-%m-%d_%H-%M-%S-%f.mp4', zone: 'Asia/Ho_Chi_Minh' };

let base: string;
let plain: RecordedFootage;

async function record(name: string, shape: Partial<RecordFootageOptions> = {}): Promise<RecordedFootage> {
  return await recordFootage({
    directory: join(base, 'footage', name),
    camera_name: 'Ngõ 5',
    start_true_ms: START_MS,
    duration_ms: 12_000,
    width: 320,
    height: 180,
    fps: 10,
    gop_ms: 1_000,
    ...shape,
  });
}

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'recording-folder-'));
  plain = await record('plain');
});
afterAll(async () => {
  await rm(base, { recursive: true });
});

interface Laid {
  readonly folder: string;
  readonly segments: readonly WrittenSegment[];
}

async function lay(
  name: string,
  footage: RecordedFootage,
  options: Partial<WriteSegmentsOptions> = {},
): Promise<Laid> {
  const folder = join(base, name);
  const clock = new DeviceClock(new FakeTime(NOW_MS), OFFSET_MS);
  const segments = await writeSegments(footage, { directory: folder, clock, segment_ms: 4_000, ...options });
  return { folder, segments };
}

function open(folder: string, layout: RecordingLayout = MICROSECONDS): FootageSource {
  const time = new FakeTime(NOW_MS);
  return createRecordingFolderSource({ folder, layout, reader: createMediaReader(), time });
}

/** A span of device time, in milliseconds after the footage begins. */
const span = (from_ms: number, to_ms: number): Span => ({
  start_ms: START_MS + OFFSET_MS + from_ms,
  end_ms: START_MS + OFFSET_MS + to_ms,
});

const within = (times: readonly number[], { start_ms, end_ms }: Span): number[] =>
  times.filter((time_us) => time_us >= start_ms * 1000 && time_us < end_ms * 1000).sort((a, b) => a - b);

describe.each<[string, Partial<RecordFootageOptions>, Partial<WriteSegmentsOptions>]>([
  ['fragmented MP4', {}, {}],
  ['H.264 at a variable rate with B-frames', { variable_frame_rate: true, b_frames: 2 }, {}],
  ['H.265', { codec: 'h265' }, {}],
  ['Matroska', {}, { container: 'mkv', pattern: '%Y-%m-%d_%H-%M-%S-%f.mkv' }],
  ['MPEG-TS', {}, { container: 'ts', pattern: '%Y-%m-%d_%H-%M-%S-%f.ts' }],
  ['folders by day and hour', {}, { pattern: '%Y-%m-%d/%H/%M-%S-%f.mp4' }],
])('a folder of %s', (name, shape, options) => {
  let laid: Laid;
  let layout: RecordingLayout;
  beforeAll(async () => {
    const footage = await record(name, shape);
    laid = await lay(`folder of ${name}`, footage, options);
    layout = { ...MICROSECONDS, pattern: options.pattern ?? MICROSECONDS.pattern };
  });

  it('holds one span over files that touch', async () => {
    const { spans } = await open(laid.folder, layout).holdings(span(500, 11_500), SIGNAL);
    expect(laid.segments.length).toBeGreaterThan(2);
    expect(spans).toEqual([span(500, 11_500)]);
  });

  it('gives every frame once across files, with the time its name and place say', async () => {
    const asked = span(2_300, 9_700);
    const events = await readAll(open(laid.folder, layout), asked);
    const times = packetsOf(events).map((packet) => packet.device_time_us);
    const expected = laid.segments.flatMap(({ frames }) =>
      frames.map(({ device_time_us }) => device_time_us),
    );
    expect(new Set(times).size).toBe(times.length);
    expect(within(times, asked)).toEqual(within(expected, asked));
    expect(breaksIn(events)).toBe(0);
    expect(events[0]!.type).toBe('stream');
    expect(packetsOf(events)[0]).toMatchObject({ is_keyframe: true });
    expect(packetsOf(events)[0]!.device_time_us).toBeLessThanOrEqual(asked.start_ms * 1000);
  });
});

describe('a recording folder', () => {
  it('shows a hole in its holdings and breaks there', async () => {
    const hole = { start_ms: START_MS + 4_000, end_ms: START_MS + 8_000 };
    const missing = { holes: [hole], holds_from_true_ms: null };
    const { folder } = await lay('hole', plain, { missing });
    const source = open(folder);
    const { spans, retained } = await source.holdings(span(0, 12_000), SIGNAL);
    expect(spans).toEqual([span(0, 4_000), span(8_000, 12_000)]);
    expect(retained).toEqual(span(0, 12_000));
    expect(breaksIn(await readAll(source, span(0, 12_000)))).toBe(1);
  });

  it('names the files it used, and only those', async () => {
    const { folder, segments } = await lay('used', plain);
    const source = open(folder);
    await readAll(source, span(4_500, 5_000));
    expect(source.origin()).toMatchObject({
      address: 'used',
      parts: [segments[1]!.name],
      parts_left_out: [],
    });
  });

  it('joins files named by whole seconds and states that coarseness', async () => {
    const pattern = '%Y%m%d_%H%M%S.mp4';
    const { folder } = await lay('seconds', plain, { pattern });
    const source = open(folder, { ...MICROSECONDS, pattern });
    const events = await readAll(source, span(-2_000, 14_000));
    expect(source.time_resolution_ms).toBe(1_000);
    expect(breaksIn(events)).toBe(0);
    expect(packetsOf(events)).toHaveLength(plain.frames.length);
  });

  it.each([
    ['from before it on', 500, 2],
    ['from after it on', 6_500, 1],
  ])('says where the parameter sets change inside a file, read %s', async (name, from_ms, expected) => {
    const pattern = MICROSECONDS.pattern.replace('.mp4', '.ts');
    const container = 'ts';
    const { folder, segments } = await lay(`changing ${name}`, plain, {
      segment_ms: 6_000,
      container,
      pattern,
    });
    const other = await record(`other ${name}`, { height: 240 });
    const others = await lay(`changed ${name}`, other, { segment_ms: 6_000, container, pattern });
    const [first, second] = segments.map((segment) => segment.name);
    // Bytes of transport streams whose times go on may be strung together: one file, two kinds of stream.
    const later = join(others.folder, 'later.ts');
    const copied = ['-i', join(others.folder, others.segments[1]!.name), '-c', 'copy', '-muxdelay', '0'];
    execFileSync('ffmpeg', ['-v', 'error', ...copied, '-output_ts_offset', '6', later]);
    await appendFile(join(folder, first!), await readFile(later));
    await rm(join(folder, second!));
    const events = await readAll(open(folder, { ...MICROSECONDS, pattern }), span(from_ms, 11_000));
    const sizes = events.flatMap((event) => (event.type === 'stream' ? [event.stream.height] : []));
    expect(sizes).toEqual([180, 240].slice(-expected));
    const change = events.findLastIndex(({ type }) => type === 'stream');
    expect(events[change + 1]).toMatchObject({ type: 'packet', packet: { is_keyframe: true } });
  });

  it('reads names in UTC where the device writes them so', async () => {
    const { folder } = await lay('utc', plain);
    const source = open(folder, { ...MICROSECONDS, zone: 'UTC' });
    const later = { start_ms: START_MS + 7 * 3_600_000 - 20_000, end_ms: START_MS + 7 * 3_600_000 + 20_000 };
    expect((await source.holdings(span(0, 12_000), SIGNAL)).spans).toEqual([]);
    expect((await source.holdings(later, SIGNAL)).spans).toHaveLength(1);
  });

  it('tells a file twice recorded once, from where the later one begins', async () => {
    const { folder } = await lay('overlap', plain, { segment_ms: 20_000 });
    const missing = { holes: [], holds_from_true_ms: START_MS + 8_000 };
    await lay('overlap', plain, { segment_ms: 20_000, missing });
    const events = await readAll(open(folder), span(0, 12_000));
    const times = packetsOf(events).map((packet) => packet.device_time_us);
    expect(new Set(times).size).toBe(times.length);
    expect(times).toHaveLength(plain.frames.length);
    expect(breaksIn(events)).toBe(1);
  });

  it('leaves out what cannot be read, says which and why, and reports the hole', async () => {
    const { folder, segments } = await lay('unreadable', plain);
    await truncate(join(folder, segments[1]!.name), 100);
    await utimes(join(folder, segments[1]!.name), START_MS / 1000, START_MS / 1000);
    const source = open(folder);
    expect((await source.holdings(span(0, 12_000), SIGNAL)).spans).toEqual([
      span(0, 4_000),
      span(8_000, 12_000),
    ]);
    expect(source.origin().parts_left_out).toEqual([expect.stringContaining(`${segments[1]!.name}: `)]);
    await expect(source.holdings(span(4_500, 6_000), SIGNAL)).rejects.toMatchObject({
      code: 'SOURCE_BROKEN',
    });
  });

  it('waits for a file that can be read only when it is finished, rather than report a hole', async () => {
    const { folder, segments } = await lay('unfinished', plain, { container: 'mp4' });
    const last = join(folder, segments[2]!.name);
    await truncate(last, 10_000);
    await utimes(last, NOW_MS / 1000, NOW_MS / 1000);
    await expect(open(folder).holdings(span(0, 12_000), SIGNAL)).rejects.toMatchObject({
      code: 'FOOTAGE_BEING_WRITTEN',
      details: { name: segments[2]!.name },
    });
    const { spans, retained } = await open(folder).holdings(span(0, 8_000), SIGNAL);
    expect([spans, retained]).toEqual([[span(0, 8_000)], span(0, 8_000)]);
  });

  it('follows no symbolic link', async () => {
    const { folder, segments } = await lay('real', plain);
    const linked = join(base, 'linked');
    await mkdir(linked);
    for (const { name } of segments) await symlink(join(folder, name), join(linked, name));
    await expect(open(linked).holdings(span(0, 12_000), SIGNAL)).rejects.toMatchObject({
      code: 'SOURCE_BROKEN',
    });
  });

  it('is not led astray by hostile names', async () => {
    const { folder } = await lay('hostile', plain);
    for (const name of [
      '-i',
      '--version',
      "'; rm -rf ~; '",
      'a\nb.mp4',
      ...['%Y-%m-%d.mp4', '"q".mp4', '2026-11-23_x.mp4'],
    ]) {
      await writeFile(join(folder, name), 'x');
    }
    await mkdir(join(folder, '2026-11-23_00-00-01-000000.mp4'));
    expect((await open(folder).holdings(span(0, 12_000), SIGNAL)).spans).toEqual([span(0, 12_000)]);
  });

  it('reads files whose names begin with a dash', async () => {
    const { folder, segments } = await lay('dashes', plain);
    for (const { name } of segments) await rename(join(folder, name), join(folder, `-${name}`));
    const source = open(folder, { ...MICROSECONDS, pattern: `-${MICROSECONDS.pattern}` });
    expect(packetsOf(await readAll(source, span(0, 12_000)))).toHaveLength(plain.frames.length);
  });

  it.each([
    ['absent', async () => {}],
    ['empty, as an unmounted share is', async (folder: string) => void (await mkdir(folder))],
  ])('is not reached, rather than without footage, when it is %s', async (name, prepare) => {
    const folder = join(base, name);
    await prepare(folder);
    await expect(open(folder).holdings(span(0, 12_000), SIGNAL)).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
    });
  });

  it('holds nothing in a span it has no file for, and says what it retains', async () => {
    const { folder } = await lay('later', plain);
    expect(await open(folder).holdings(span(-60_000, -30_000), SIGNAL)).toEqual({
      spans: [],
      retained: span(0, 12_000),
    });
  });

  it('stops when it is cancelled', async () => {
    const { folder } = await lay('cancelled', plain);
    const controller = new AbortController();
    const reading = async () => {
      for await (const event of open(folder).read(span(0, 12_000), controller.signal)) {
        if (event.type === 'packet') controller.abort();
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
