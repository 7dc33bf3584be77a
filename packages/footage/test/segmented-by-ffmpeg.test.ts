import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, truncate, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FootageEvent, FootageSource, MediaPacket, Span } from '@minhchung/domain';
import { createMediaReader, writeMasters } from '@minhchung/media';
import {
  DeviceClock,
  FakeTime,
  readBurnedClocks,
  recordFootage,
  segmentFileName,
  writeSegments,
} from '@minhchung/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecordingFolderSource } from '../src/index.ts';
import { packetsOf, readAll } from './footage-events.ts';

const START_MS = Date.UTC(2026, 10, 22, 17, 0, 0);
const NOW_MS = START_MS + 86_400_000;
const DURATION_MS = 12_000;
const FRAME_MS = 100;
const NAMED = '%Y-%m-%d_%H-%M-%S-%f%ext';
const SIGNAL = new AbortController().signal;

let base: string;

/** Twelve seconds of film in one Matroska file, by whether pictures are reordered. */
const films: Record<'plain' | 'reordered' | 'h265', string> = { plain: '', reordered: '', h265: '' };

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'segmented-'));
  for (const kind of ['plain', 'reordered', 'h265'] as const) {
    const footage = await recordFootage({
      ...{ directory: join(base, 'footage', kind), camera_name: 'Ngõ 5', start_true_ms: START_MS },
      ...{ duration_ms: DURATION_MS, width: 320, height: 180, fps: 10, gop_ms: 1_000 },
      ...(kind === 'reordered' && { b_frames: 2 }),
      ...(kind === 'h265' && { codec: 'h265' as const }),
    });
    const clock = new DeviceClock(new FakeTime(NOW_MS), 0);
    const directory = join(base, 'film', kind);
    const [whole] = await writeSegments(footage, {
      ...{ directory, clock, segment_ms: 60_000, container: 'mkv', pattern: 'film-%s.mkv' },
    });
    films[kind] = join(directory, whole!.name);
  }
});
afterAll(() => rm(base, { recursive: true }));

/** Lets ffmpeg's segmenter cut a film into files of four seconds, which are then named by their start. */
async function segment(name: string, film: string, format: string, extension: string, more: string[] = []) {
  const folder = join(base, name);
  await mkdir(folder);
  const copied = ['-v', 'error', '-i', film, '-c', 'copy', '-f', 'segment', '-segment_time', '4'];
  const shape = ['-segment_format', format, ...more, join(folder, `%03d.${extension}`)];
  execFileSync('ffmpeg', [...copied, ...shape]);
  const files = (await readdir(folder)).sort();
  for (const [n, file] of files.entries()) {
    const named = segmentFileName(NAMED, (START_MS + n * 4_000) * 1000).replace('%ext', `.${extension}`);
    await rename(join(folder, file), join(folder, named));
    await utimes(join(folder, named), START_MS / 1000, START_MS / 1000);
  }
  return { folder, count: files.length };
}

const open = (folder: string, pattern = NAMED): FootageSource =>
  createRecordingFolderSource({
    ...{ folder, layout: { pattern, zone: 'Asia/Ho_Chi_Minh' }, reader: createMediaReader() },
    time: new FakeTime(NOW_MS),
  });

const span = (from_ms: number, to_ms: number): Span => ({
  start_ms: START_MS + from_ms,
  end_ms: START_MS + to_ms,
});

/** Times that packets are said to have, and those burned into their pictures, both in order of presentation. */
async function toldAndShown(name: string, events: readonly FootageEvent[], asked: Span) {
  const shown_ms: number[] = [];
  const times_us = packetsOf(events).map(({ device_time_us }) => device_time_us);
  const paths: string[] = [];
  await writeMasters({
    events: each(events),
    device_span: asked,
    openSink: async (index) => {
      const path = join(base, `${name}-${index}.mp4`);
      paths.push(path);
      const file = createWriteStream(path);
      return {
        write: (chunk) => new Promise((done) => file.write(chunk, () => done())),
        abort: async () => void file.destroy(),
        commit: () => new Promise((done) => file.end(() => done({ size_bytes: 0, sha256: '' }))),
      };
    },
    signal: SIGNAL,
  });
  for (const path of paths) {
    for await (const clock of readBurnedClocks(path)) shown_ms.push(clock.true_time_ms);
  }
  return {
    told_ms: times_us.sort((a, b) => a - b).map((time_us) => time_us / 1000),
    shown_ms,
    masters: paths.length,
  };
}

async function* each(events: readonly FootageEvent[]) {
  yield* events;
}

const framesOf = ({ start_ms, end_ms }: Span): number[] =>
  Array.from({ length: (end_ms - start_ms) / FRAME_MS }, (_, n) => start_ms + n * FRAME_MS);

const WRAP = ['-reset_timestamps', '0', '-segment_format_options', 'mpegts_copyts=1'];

describe.each([
  ['MP4', 'plain', 'mp4', 'mp4', ['-reset_timestamps', '1']],
  ['MP4 with B-frames', 'reordered', 'mp4', 'mp4', ['-reset_timestamps', '1']],
  ['MP4 of H.265', 'h265', 'mp4', 'mp4', ['-reset_timestamps', '1']],
  [
    'fragmented MP4',
    'reordered',
    'mp4',
    'mp4',
    [
      '-reset_timestamps',
      '1',
      '-segment_format_options',
      'movflags=frag_keyframe+empty_moov+default_base_moof',
    ],
  ],
  ['Matroska', 'reordered', 'matroska', 'mkv', ['-reset_timestamps', '1']],
  ['Matroska whose times go on from file to file', 'plain', 'matroska', 'mkv', []],
  ['MPEG-TS', 'reordered', 'mpegts', 'ts', ['-reset_timestamps', '1']],
  ['MPEG-TS whose times go on from file to file', 'plain', 'mpegts', 'ts', []],
  ['MPEG-TS of H.265', 'h265', 'mpegts', 'ts', []],
  ['AVI', 'plain', 'avi', 'avi', ['-reset_timestamps', '1', '-bsf:v', 'h264_mp4toannexb']],
] as const)('%s as ffmpeg’s segmenter writes it', (name, film, format, extension, more) => {
  it('gives exactly the frames written, over the borders of files, with the times burned into them', async () => {
    const { folder, count } = await segment(name, films[film], format, extension, [...more]);
    expect(count).toBe(3);
    const asked = span(1_000, 11_000);
    const source = open(folder);
    expect((await source.holdings(asked, SIGNAL)).spans).toEqual([asked]);
    const events = await readAll(source, asked);
    const { told_ms, shown_ms, masters } = await toldAndShown(name, events, asked);
    expect(masters).toBe(1);
    expect(told_ms.filter((ms) => ms >= asked.start_ms && ms < asked.end_ms)).toEqual(framesOf(asked));
    expect(shown_ms.filter((ms) => ms >= asked.start_ms && ms < asked.end_ms)).toEqual(framesOf(asked));
  });
});

describe('MPEG-TS whose 33-bit times begin anew', () => {
  it.each([
    ['within a file', 95_437.7],
    ['between two files', 95_435.717],
  ])('%s gives exactly the frames written', async (where, offset_s) => {
    const film = join(base, `offset ${where}.ts`);
    const shifted = ['-muxdelay', '0', '-muxpreload', '0', '-output_ts_offset', String(offset_s)];
    execFileSync('ffmpeg', ['-v', 'error', '-i', films.plain, '-c', 'copy', ...shifted, film]);
    const { folder } = await segment(`wrapped ${where}`, film, 'mpegts', 'ts', WRAP.slice(0, 2));
    const asked = span(1_000, 11_000);
    const events = await readAll(open(folder), asked);
    const { told_ms } = await toldAndShown(`wrapped ${where}`, events, asked);
    expect(told_ms.filter((ms) => ms >= asked.start_ms && ms < asked.end_ms)).toEqual(framesOf(asked));
  });
});

describe('a fragmented MP4 that is still being written', () => {
  it('gives its complete fragments, whatever the length at which it is met, and never a wrong frame', async () => {
    const { folder } = await segment('growing', films.reordered, 'mp4', 'mp4', [
      ...[
        '-reset_timestamps',
        '1',
        '-segment_format_options',
        'movflags=frag_keyframe+empty_moov+default_base_moof',
      ],
    ]);
    const [first] = (await readdir(folder)).sort();
    const whole = join(folder, first!);
    const { size } = await stat(whole);
    const ends: number[] = [];
    for (let part = 1; part <= 12; part += 1) {
      const partial = join(base, `growing-${part}`);
      await mkdir(partial);
      await copyFile(whole, join(partial, first!));
      await truncate(join(partial, first!), Math.floor((size * part) / 12));
      await utimes(join(partial, first!), NOW_MS / 1000, NOW_MS / 1000);
      const asked = span(0, 4_000);
      const source = open(partial);
      const held = await source.holdings(asked, SIGNAL).catch((error: { code?: string }) => error.code);
      if (typeof held !== 'object') {
        expect(held).toBe('FOOTAGE_BEING_WRITTEN');
        ends.push(0);
        continue;
      }
      const end_ms = (held.retained?.end_ms ?? 0) - START_MS;
      ends.push(end_ms);
      const times = packetsOf(await readAll(source, asked)).map(
        (packet: MediaPacket) => packet.device_time_us / 1000,
      );
      expect(times.sort((a, b) => a - b)).toEqual(framesOf(span(0, end_ms)));
    }
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    expect(ends.at(-1)).toBe(4_000);
    expect(new Set(ends).size).toBeGreaterThanOrEqual(4);
  });
});

describe('files named by the segmenter itself', () => {
  it('by strftime, are found at the local time it wrote them', async () => {
    const folder = join(base, 'strftime');
    await mkdir(folder);
    const begun_ms = Date.now();
    const paced = [
      '-v',
      'error',
      '-re',
      '-t',
      '5',
      '-i',
      films.plain,
      '-c',
      'copy',
      '-f',
      'segment',
      '-segment_time',
      '2',
    ];
    const named = ['-strftime', '1', '-reset_timestamps', '1', join(folder, '%Y-%m-%d_%H-%M-%S.mkv')];
    execFileSync('ffmpeg', [...paced, ...named], { env: { ...process.env, TZ: 'Asia/Ho_Chi_Minh' } });
    const source = createRecordingFolderSource({
      ...{ folder, layout: { pattern: 'ffmpeg', zone: 'Asia/Ho_Chi_Minh' }, reader: createMediaReader() },
      time: new FakeTime(Date.now() + 86_400_000),
    });
    const { retained } = await source.holdings({ start_ms: begun_ms, end_ms: begun_ms + 1 }, SIGNAL);
    expect(Math.abs(retained!.start_ms - begun_ms)).toBeLessThan(10_000);
    const asked = { start_ms: retained!.start_ms, end_ms: retained!.end_ms + 2_000 };
    expect(packetsOf(await readAll(source, asked))).toHaveLength(50);
  });
});
