/**
 * Every kind of hostile file through every way in which files are read: the reader itself, a recording folder up to
 * its masters, the playable copy, the contact sheet.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ODD_NAMES } from './broken-files.ts';
import { type Outcome, WAYS } from './outcome.ts';
import { type Sweep, sweep } from './sweep.ts';

const SWEEP_MS = 280_000;
const RSS_MB_MAX = 450;
const FRAMES = 50;
/** What a person is told: the file is unreadable, the folder holds nothing that can be read, the tool gave up. */
const CLEAR = ['MEDIA_UNREADABLE', 'SOURCE_BROKEN', 'FOOTAGE_BEING_WRITTEN', 'TOOL_FAILED', 'MEDIA_LIMIT'];

let folder: string;
let swept: Sweep;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minhchung-hostile-'));
  swept = await sweep(folder);
}, SWEEP_MS);
afterAll(() => rm(folder, { recursive: true }));

const outcomesOf = (name: string): Outcome[] => swept.outcomes.filter((one) => one.name === name);

describe('hostile media', () => {
  it('is read in every way to its end', () => {
    const names = [...swept.names.broken, ...swept.names.playlists, ...ODD_NAMES];
    expect(names.length).toBeGreaterThan(70);
    expect(swept.outcomes).toHaveLength(names.length * WAYS.length);
  });

  it('ends with a clear outcome: some frames, or an error of the catalogue, and in time', () => {
    const unclear = swept.outcomes.filter(({ code }) => code !== null && !CLEAR.includes(code));
    expect(unclear).toEqual([]);
  });

  it.each([
    'empty.mp4',
    'text.mp4',
    'zip.mp4',
    'picture.mp4',
    'truncated-in-media.mp4',
    'zero-timescale.mp4',
    'chunks-beyond-end.mp4',
    'huge-sample-size.mp4',
    'many-tracks.mp4',
    'nested-boxes.mp4',
    'pipe.mp4',
    'password-file.mp4',
    'zero-device.mp4',
    'folder.mp4',
  ])('%s is refused by whoever reads recordings', (name) => {
    for (const { way, code } of outcomesOf(name)) {
      if (way === 'reader' || way === 'folder') expect(code, way).not.toBeNull();
    }
  });

  it('what can be read of a file that was cut short is read', () => {
    for (const name of ['truncated.mkv', 'truncated.ts', 'truncated.avi']) {
      const [read] = outcomesOf(name);
      expect(read).toMatchObject({ way: 'reader', code: null });
      expect(read!.frames).toBeGreaterThan(10);
      expect(read!.frames).toBeLessThan(FRAMES);
    }
  });

  it.each(ODD_NAMES)('a name means nothing: %j is read as any other', (name) => {
    const frames = outcomesOf(name).map(({ way, code, frames }) => [way, code, frames]);
    expect(frames).toEqual([
      ['reader', null, FRAMES],
      ['folder', null, FRAMES],
      ['playable', null, FRAMES],
      ['sheet', null, 1],
    ]);
  });

  it('a playlist leads nobody anywhere: no connection, no other file', () => {
    expect(swept.visitors).toBe(0);
    // Two are movies of their own that name another place for their samples: that name is not followed.
    const followed = swept.outcomes.filter(
      ({ name, code }) => swept.names.playlists.includes(name) && code === null && !name.startsWith('data-'),
    );
    expect(followed).toEqual([]);
  });

  it('leaves no file outside the work folder, and none in it', () => {
    expect(swept.strays).toEqual([]);
  });

  it('takes no more memory than good files do', () => {
    expect(Math.max(...swept.outcomes.map(({ rss_max_mb }) => rss_max_mb))).toBeLessThan(RSS_MB_MAX);
  });
});
