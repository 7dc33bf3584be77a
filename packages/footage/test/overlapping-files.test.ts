import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FolderIndex, FootageSource } from '@minhchung/domain';
import { FakeTime } from '@minhchung/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createMemoryFolderIndex,
  createRecordingFolderSource,
  type FollowedTrack,
  followRecordingFolder,
} from '../src/index.ts';
import { packetsOf, readAll } from './footage-events.ts';
import { at, DAY_MS, HOUR_MS, NAMED, nameAt, span, toldReader, writeTold } from './told-files.ts';

const SIGNAL = new AbortController().signal;
const NOW_MS = DAY_MS + 20 * HOUR_MS;

let base: string;
let folder: string;
let index: FolderIndex;
let time: FakeTime;
let reader: ReturnType<typeof toldReader>;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'following-'));
  folder = join(base, 'cam');
  index = createMemoryFolderIndex();
  time = new FakeTime(NOW_MS);
  reader = toldReader();
});
afterEach(() => rm(base, { recursive: true }));

const options = (pattern: string) => ({
  ...{ folder, reader, time, index, recorder_id: 'r' },
  layout: { pattern, zone: 'UTC' } as const,
});
const source = (pattern: string): FootageSource => createRecordingFolderSource(options(pattern));
const follow = (pattern: string): Promise<FollowedTrack> =>
  followRecordingFolder({ ...options(pattern), entries_max: 100, files_opened_max: 100 }, SIGNAL);
const put = (hour: number, minute: number, words = '300', modified_ms = at(hour, minute + 5)) =>
  writeTold(folder, nameAt(hour, minute), words, modified_ms);

describe('files whose names tell no time', () => {
  it('are placed by when they were written last, and said to be', async () => {
    await writeTold(folder, 'one.mp4', '300', at(8, 5));
    await writeTold(folder, 'b/ignored.mp4', '300', at(9));
    await writeTold(folder, '-two.mp4', '300', at(8, 10));
    const files = source('files');
    expect(files.time_resolution_ms).toBe(10_000);
    const asked = { start_ms: at(8) - 10_000, end_ms: at(8, 9) };
    expect((await files.holdings(asked, SIGNAL)).spans).toEqual([asked]);
    await readAll(files, asked);
    expect(files.origin()).toMatchObject({ parts: ['one.mp4', '-two.mp4'], times_from: ['modification'] });
    reader.opened.length = 0;
    await source('files').holdings(asked, SIGNAL);
    expect(reader.opened).toEqual([]);
  });

  it('are placed by the time they state themselves before that', async () => {
    const made_s = at(7) / 1000 + 2_082_844_800;
    const header = Buffer.alloc(116);
    header.writeUInt32BE(116, 0);
    header.write('moov', 4, 'latin1');
    header.writeUInt32BE(108, 8);
    header.write('mvhd', 12, 'latin1');
    header.writeUInt32BE(made_s, 20);
    await mkdir(folder);
    await writeFile(join(folder, 'x.mp4'), header);
    const { open } = reader;
    reader.open = async (path, signal) => {
      await writeTold(base, 'told', '300', at(9));
      return await open(path === join(folder, 'x.mp4') ? join(base, 'told') : path, signal);
    };
    const asked = span([7, 0], [7, 5]);
    const files = source('files');
    expect((await files.holdings(asked, SIGNAL)).spans).toEqual([asked]);
    await readAll(files, asked);
    expect(files.origin().times_from).toEqual(['metadata']);
  });
});

describe('a folder whose clock was set back', () => {
  const words = async (from: [number, number], to: [number, number]) => {
    const packets = packetsOf(await readAll(source(NAMED), span(from, to)));
    return packets
      .filter(
        ({ device_time_us }) => device_time_us / 1000 >= at(...from) && device_time_us / 1000 < at(...to),
      )
      .map(({ device_time_us, data }) => `${(device_time_us / 1000 - at(8)) / 60_000} ${Buffer.from(data)}`)
      .filter((_, n) => n % 60 === 0);
  };

  it('gives both, in the order in which they were written', async () => {
    await put(8, 0, '300 0 first', at(10, 5));
    await put(8, 5, '300 300 first', at(10, 10));
    await put(8, 3, '300 600 second', at(10, 15));
    await put(8, 8, '300 900 second', at(10, 20));
    expect(await words([8, 6], [8, 9])).toEqual([
      '6 first 360',
      '7 first 420',
      '8 first 480',
      '6 second 780',
      '7 second 840',
      '8 second 900',
    ]);
  });

  it('tells the order by which continues where the other ends, when files were stamped by that very clock', async () => {
    await put(8, 0, '300 0 first');
    await put(8, 5, '300 300 first');
    await put(8, 3, '300 600 second');
    await put(8, 8, '300 900 second');
    expect(await words([8, 6], [8, 7])).toEqual(['6 first 360', '6 second 780']);
  });

  it('tells the order by when it saw the files itself, before all else', async () => {
    await put(8, 3, '300 600 earlier', at(12));
    await put(8, 8, '300 900 earlier', at(12, 5));
    await follow(NAMED);
    time.advance(300_000);
    await put(8, 0, '300 0 later', at(10));
    await put(8, 5, '300 300 later', at(10, 5));
    await follow(NAMED);
    expect(await words([8, 6], [8, 7])).toEqual(['6 earlier 780', '6 later 360']);
  });

  it('gives footage that is in two files only once', async () => {
    await put(8, 0, '300 0 same');
    await put(8, 3, '300 180 same');
    expect(await words([8, 2], [8, 6])).toEqual(['2 same 120', '3 same 180', '4 same 240', '5 same 300']);
  });
});
