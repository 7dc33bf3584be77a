import { mkdir, mkdtemp, rename, rm, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
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
import { at, DAY_MS, HOUR_MS, NAMED, nameAt, span, toldReader, two, writeTold } from './told-files.ts';

const SIGNAL = new AbortController().signal;
const NOW_MS = DAY_MS + 20 * HOUR_MS;
const HOURLY = '%Y-%m-%d/%H/%M-%S.mp4';

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
const follow = (pattern: string, limits = {}): Promise<FollowedTrack> =>
  followRecordingFolder(
    { ...options(pattern), entries_max: 10_000, files_opened_max: 10_000, ...limits },
    SIGNAL,
  );

const put = (hour: number, minute: number, words = '300', modified_ms = at(hour, minute + 5)) =>
  writeTold(folder, nameAt(hour, minute), words, modified_ms);

async function putHours(hours: readonly number[]): Promise<void> {
  for (const hour of hours) {
    for (let minute = 0; minute < 60; minute += 5) {
      await writeTold(folder, `2026-11-22/${two(hour)}/${two(minute)}-00.mp4`, '300', at(hour, minute + 5));
    }
    const directory = join(folder, '2026-11-22', two(hour));
    await utimes(directory, at(hour + 1) / 1000, at(hour + 1) / 1000);
  }
  const day = join(folder, '2026-11-22');
  await utimes(day, at(Math.max(...hours)) / 1000, at(Math.max(...hours)) / 1000);
}

describe('a folder that is followed', () => {
  it('lists and opens in a later pass only what is new', async () => {
    await putHours([8, 9, 10]);
    const first = await follow(HOURLY);
    expect(first.work).toMatchObject({ listed_directories: 5, opened_files: 36 });
    expect(first.retained).toEqual(span([8, 0], [11, 0]));
    time.advance(1_000);
    await follow(HOURLY);
    await writeTold(folder, '2026-11-22/11/00-00.mp4', '300', at(11, 5));
    time.advance(300_000);
    const { work, retained } = await follow(HOURLY);
    expect(work).toMatchObject({ listed_directories: 2, listed_entries: 5, opened_files: 1 });
    expect(retained).toEqual(span([8, 0], [11, 5]));
  });

  it('answers a settled span without listing or opening anything', async () => {
    await putHours([8, 9, 10, 11]);
    await follow(HOURLY);
    reader.opened.length = 0;
    await rename(folder, join(base, 'away'));
    await mkdir(folder);
    await writeFile(join(folder, 'other'), '');
    const { spans } = await createRecordingFolderSource(options(HOURLY))
      .holdings(span([8, 2], [8, 3]), SIGNAL)
      .catch(() => ({ spans: [] }));
    expect(spans).toEqual([]);
    await rm(folder, { recursive: true });
    await rename(join(base, 'away'), folder);
    expect((await source(HOURLY).holdings(span([9, 2], [10, 7]), SIGNAL)).spans).toEqual([
      span([9, 2], [10, 7]),
    ]);
    expect(reader.opened).toEqual([]);
  });

  it('goes on in the next pass where one was ended by its limits', async () => {
    await putHours([8, 9, 10, 11, 12]);
    const passes: FollowedTrack[] = [];
    while (passes.at(-1)?.is_complete !== true && passes.length < 20) {
      passes.push(await follow(HOURLY, { entries_max: 5, files_opened_max: 10 }));
    }
    expect(passes.length).toBeGreaterThan(2);
    for (const { work } of passes) expect(work.opened_files).toBeLessThanOrEqual(11);
    expect(passes.at(-1)!.retained).toEqual(span([8, 0], [13, 0]));
    expect((await follow(HOURLY)).work.listed_directories).toBe(0);
  });

  it('keeps what was measured of a file that is renamed, under its new time', async () => {
    await put(8, 0);
    await put(9, 0);
    await follow(NAMED);
    reader.opened.length = 0;
    await rename(join(folder, nameAt(9, 0)), join(folder, nameAt(10, 0)));
    expect((await follow(NAMED)).retained).toEqual(span([8, 0], [10, 5]));
    expect(reader.opened).toEqual([]);
    const { spans } = await source(NAMED).holdings(span([8, 0], [11, 0]), SIGNAL);
    expect(spans).toEqual([span([8, 0], [8, 5]), span([10, 0], [10, 5])]);
  });

  it('forgets what the recorder deleted, files and whole hours', async () => {
    await putHours([8, 9, 10]);
    await follow(HOURLY);
    await rm(join(folder, '2026-11-22/08'), { recursive: true });
    await unlink(join(folder, '2026-11-22/09/00-00.mp4'));
    expect((await follow(HOURLY)).retained).toEqual(span([9, 5], [11, 0]));
  });

  it('measures anew what was replaced in place, when it is asked for', async () => {
    await put(8, 0);
    await put(8, 5);
    await follow(NAMED);
    await put(8, 0, '120', at(9));
    const { spans } = await source(NAMED).holdings(span([8, 0], [8, 5]), SIGNAL);
    expect(spans).toEqual([span([8, 0], [8, 2])]);
  });

  it('breaks off where a file is replaced while it is read, so that no picture gets the time of another', async () => {
    await put(8, 0);
    await put(8, 5);
    await follow(NAMED);
    const replaced = async () => {
      for await (const event of source(NAMED).read(span([8, 0], [8, 10]), SIGNAL)) {
        if (event.type === 'packet') await put(8, 5, '120', at(9));
      }
    };
    await expect(replaced()).rejects.toMatchObject({ code: 'SOURCE_BROKEN' });
  });

  it('finds files that appear among the old ones when nothing new comes at the end', async () => {
    await putHours([8, 9, 10, 11]);
    await follow(HOURLY);
    time.advance(60_000);
    await follow(HOURLY);
    await writeTold(folder, '2026-11-22/09/59-59.mp4', '1', NOW_MS);
    for (let minute = 0; minute < 400; minute += 5) {
      time.advance(300_000);
      await follow(HOURLY);
    }
    expect(await index.named({ recorder_id: 'r', path: '' }, '2026-11-22/09', ['59-59.mp4'])).toHaveLength(1);
  });

  it('is out of reach, and keeps its index, when its share is gone', async () => {
    await put(8, 0);
    await put(8, 5);
    await follow(NAMED);
    await rename(folder, join(base, 'away'));
    await expect(follow(NAMED)).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    await mkdir(folder);
    await expect(follow(NAMED)).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    await expect(source(NAMED).holdings(span([8, 0], [8, 4]), SIGNAL)).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
    });
    expect(await index.names({ recorder_id: 'r', path: '' }, '')).toHaveLength(2);
    await rm(folder, { recursive: true });
    await rename(join(base, 'away'), folder);
    reader.opened.length = 0;
    expect((await follow(NAMED)).retained).toEqual(span([8, 0], [8, 10]));
    expect(reader.opened).toEqual([]);
  });

  it('does not take for gone what vanishes between listing and opening, nor stop at it', async () => {
    await put(8, 0);
    await put(8, 5);
    await put(8, 10);
    const { open } = reader;
    reader.open = async (path, signal) => {
      if (path.endsWith(nameAt(8, 5))) await unlink(path).catch(() => {});
      return await open(path, signal);
    };
    const { spans } = await source(NAMED).holdings(span([8, 0], [8, 15]), SIGNAL);
    expect(spans).toEqual([span([8, 0], [8, 5]), span([8, 10], [8, 15])]);
  });

  it('begins anew under another layout', async () => {
    await put(8, 0);
    await follow(NAMED);
    const later = { ...options(NAMED), layout: { pattern: NAMED, zone: 'Asia/Ho_Chi_Minh' } as const };
    const { retained } = await followRecordingFolder(
      { ...later, entries_max: 100, files_opened_max: 100 },
      SIGNAL,
    );
    expect(retained).toEqual(span([1, 0], [1, 5]));
  });

  it('says for how long nothing in it has grown, by this system’s own clock', async () => {
    await put(8, 0, '60', NOW_MS + 50 * HOUR_MS);
    expect((await follow(NAMED)).unchanged_ms).toBe(0);
    time.advance(200_000);
    expect((await follow(NAMED)).unchanged_ms).toBe(200_000);
    await put(8, 0, '90', NOW_MS + 51 * HOUR_MS);
    expect((await follow(NAMED)).unchanged_ms).toBe(0);
    time.advance(100_000);
    expect((await follow(NAMED)).unchanged_ms).toBe(100_000);
    await put(8, 5, '30', NOW_MS);
    expect((await follow(NAMED)).unchanged_ms).toBe(0);
  });

  it('gives of a file that still grows what is there, and tells up to where', async () => {
    await put(8, 0);
    await put(8, 5, '60', NOW_MS);
    await follow(NAMED);
    await put(8, 5, '120', NOW_MS + 1_000);
    const growing = await source(NAMED).holdings(span([8, 0], [8, 10]), SIGNAL);
    expect(growing).toEqual({ spans: [span([8, 0], [8, 7])], retained: span([8, 0], [8, 7]) });
  });

  it('is not led out of its folder, nor astray by names', async () => {
    await put(8, 0);
    await mkdir(join(base, 'secret'));
    await writeTold(join(base, 'secret'), nameAt(9, 0), '300', at(9, 5));
    await symlink(join(base, 'secret', nameAt(9, 0)), join(folder, nameAt(9, 0)));
    for (const name of ['-i', 'concat:a|b.mp4', 'a\nb.mp4', `${nameAt(8, 1)}\n`, 'file:x', '%s%n']) {
      await writeFile(join(folder, name), 'broken');
    }
    expect((await follow(NAMED)).retained).toEqual(span([8, 0], [8, 5]));
    expect(reader.opened).toEqual([nameAt(8, 0)]);
  });

  it('stops when it is cancelled', async () => {
    await put(8, 0);
    const limits = { entries_max: 10, files_opened_max: 10 };
    const following = followRecordingFolder({ ...options(NAMED), ...limits }, AbortSignal.abort());
    await expect(following).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
