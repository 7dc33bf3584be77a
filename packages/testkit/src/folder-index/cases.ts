import { ok, deepStrictEqual as same } from 'node:assert/strict';
import type { FolderIndex, FolderTrack, IndexedDirectory, IndexedFile } from '@minhchung/domain';

/** A case every implementation of `FolderIndex` must pass; throws where it does not. */
export interface FolderIndexCase {
  readonly name: string;
  readonly run: (index: FolderIndex, track: FolderTrack, other: FolderTrack) => Promise<void>;
}

const MINUTE_US = 60_000_000;

/** A file of one minute that begins at a minute and was measured. */
export function indexedFile(minute: number, change: Partial<IndexedFile> = {}): IndexedFile {
  return {
    directory: '',
    name: `${String(minute).padStart(4, '0')}.mp4`,
    inode: `18446744073709551${String(minute).padStart(3, '0')}`,
    size_bytes: 5_000_000_000,
    modified_us: (minute + 1) * MINUTE_US,
    unchanged_since_ms: 1_000,
    seen_at_ms: 500,
    start_us: minute * MINUTE_US,
    time_from: 'name',
    state: 'measured',
    duration_us: MINUTE_US,
    last_picture_us: null,
    codec: 'h264',
    width: 1920,
    height: 1080,
    reason: null,
    repeats: null,
    ...change,
  };
}

const NAMED = { state: 'named', duration_us: null, codec: null, width: null, height: null } as const;

const put = (index: FolderIndex, track: FolderTrack, files: readonly IndexedFile[]) =>
  index.apply(track, { directory: null, put: files, gone: [], in_directory: '' });

const minutes = (files: readonly IndexedFile[]) =>
  files.map(({ start_us }) => (start_us === null ? -1 : start_us / MINUTE_US));

const meeting = async (index: FolderIndex, track: FolderTrack, from: number, to: number, limit = 100) =>
  minutes(
    await index.meeting(
      track,
      { from_us: from * MINUTE_US, to_us: to * MINUTE_US },
      1_440 * MINUTE_US,
      limit,
    ),
  );

const directory = (name: string): IndexedDirectory => ({
  directory: name,
  modified_us: 1_763_800_000_123_456,
  unchanged_since_ms: 5,
  listed_at_ms: 6,
});

/** What a `FolderIndex` must do, whoever keeps it. */
export const FOLDER_INDEX_CASES: readonly FolderIndexCase[] = [
  {
    name: 'gives files back as they were put, by name and by time',
    async run(index, track) {
      const file = indexedFile(3, {
        repeats: false,
        last_picture_us: 5,
        reason: 'a\nb',
        directory: '2026/-i',
      });
      await index.apply(track, { directory: null, put: [file], gone: [], in_directory: '2026/-i' });
      same(await index.named(track, '2026/-i', [file.name, 'none']), [file]);
      same(await index.names(track, '2026/-i'), [file.name]);
      same(await index.edge(track, 'newest'), file);
    },
  },
  {
    name: 'answers a span with the files that meet it, in order',
    async run(index, track) {
      await put(
        index,
        track,
        [5, 1, 2, 4, 3].map((minute) => indexedFile(minute)),
      );
      same(await meeting(index, track, 2.5, 4), [2, 3]);
      same(await meeting(index, track, 3, 4), [3]);
      same(await meeting(index, track, 9, 10), []);
    },
  },
  {
    name: 'answers with files of unknown length within reach, and the latest where there are too many',
    async run(index, track) {
      await put(
        index,
        track,
        [1, 2, 3, 4].map((minute) => indexedFile(minute, NAMED)),
      );
      same(await meeting(index, track, 3, 5), [1, 2, 3, 4]);
      same(await meeting(index, track, 3, 5, 2), [3, 4]);
      same(
        minutes(await index.meeting(track, { from_us: 3 * MINUTE_US, to_us: 5 * MINUTE_US }, MINUTE_US, 9)),
        [3, 4],
      );
    },
  },
  {
    name: 'keeps two files that begin at the same instant',
    async run(index, track) {
      await put(index, track, [indexedFile(1), indexedFile(1, { name: 'again.mp4' })]);
      same(await meeting(index, track, 0, 9), [1, 1]);
    },
  },
  {
    name: 'knows the first and the last file',
    async run(index, track) {
      same(await index.edge(track, 'oldest'), null);
      await put(
        index,
        track,
        [2, 7, 4].map((minute) => indexedFile(minute)),
      );
      await put(index, track, [indexedFile(0, { ...NAMED, start_us: null, time_from: null })]);
      same((await index.edge(track, 'oldest'))?.start_us, 2 * MINUTE_US);
      same((await index.edge(track, 'newest'))?.start_us, 7 * MINUTE_US);
    },
  },
  {
    name: 'tells what is not settled, the untimed first and then the latest',
    async run(index, track) {
      const untimed = indexedFile(9, { ...NAMED, start_us: null, time_from: null, name: 'x' });
      const unreadable = indexedFile(6, { ...NAMED, state: 'unreadable' });
      const growing = indexedFile(5, { state: 'growing' });
      await put(index, track, [indexedFile(1), indexedFile(2, NAMED), growing, unreadable, untimed]);
      same(minutes(await index.unsettled(track, 9)), [-1, 5, 2]);
      same(minutes(await index.unsettled(track, 2)), [-1, 5]);
    },
  },
  {
    name: 'puts again what changed and keeps when it was seen first',
    async run(index, track) {
      await put(index, track, [indexedFile(1, { ...NAMED, seen_at_ms: 10 })]);
      await put(index, track, [indexedFile(1, { seen_at_ms: 20 })]);
      same(await index.edge(track, 'newest'), indexedFile(1, { seen_at_ms: 10 }));
    },
  },
  {
    name: 'drops what is gone from one directory only',
    async run(index, track) {
      const there = indexedFile(1, { directory: 'b' });
      await put(index, track, [indexedFile(1), indexedFile(2), there]);
      await index.apply(track, {
        directory: directory(''),
        put: [],
        gone: ['0001.mp4'],
        in_directory: '',
      });
      same(await index.names(track, ''), ['0002.mp4']);
      same(await index.names(track, 'b'), ['0001.mp4']);
      same(await index.directories(track), [directory('')]);
    },
  },
  {
    name: 'forgets a directory with all below it, and no neighbour',
    async run(index, track) {
      for (const name of ['d', 'd/01', 'd0', 'd-']) {
        await index.apply(track, {
          directory: directory(name),
          put: [indexedFile(1, { directory: name })],
          gone: [],
          in_directory: name,
        });
      }
      await index.removeDirectory(track, 'd');
      same(
        (await index.directories(track)).map((one) => one.directory),
        ['d-', 'd0'],
      );
      same(await meeting(index, track, 0, 9), [1, 1]);
    },
  },
  {
    name: 'keeps tracks apart, and how far each was followed',
    async run(index, track, other) {
      const state = { layout_key: 'k', scanned_at_ms: 1, changed_at_ms: 2, wide_at_ms: 3, is_complete: true };
      same(await index.state(track), null);
      await put(index, track, [indexedFile(1)]);
      same(await index.state(track), null);
      await index.saveState(track, { ...state, is_complete: false });
      await index.saveState(track, state);
      same(await index.state(track), state);
      same(await index.state(other), null);
      await put(index, other, [indexedFile(2)]);
      await index.forget(track);
      same(await index.state(track), null);
      same(await meeting(index, track, 0, 9), []);
      same(await meeting(index, other, 0, 9), [2]);
    },
  },
  {
    name: 'takes ten thousand files at once',
    async run(index, track) {
      await put(
        index,
        track,
        Array.from({ length: 10_000 }, (_, minute) => indexedFile(minute)),
      );
      same((await index.names(track, '')).length, 10_000);
      ok((await meeting(index, track, 5_000, 5_002)).length === 2);
    },
  },
];
