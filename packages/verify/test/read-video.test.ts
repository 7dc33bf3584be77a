import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Mp4Error } from '../src/mp4/boxes.ts';
import { readVideo } from '../src/mp4/read-video.ts';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'minhchung-video-'));
});
afterAll(() => rmSync(home, { recursive: true }));

let made = 0;
function makeVideo(...options: string[]): string {
  const path = join(home, `${++made}.mp4`);
  const source = ['-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=25,trim=end_frame=60'];
  execFileSync('ffmpeg', ['-v', 'error', ...source, ...options, '-bitexact', path]);
  return path;
}

/** Presentation times as ffprobe tells them, in seconds from the first frame, ascending. */
function probeTimes(path: string): number[] {
  const options = [
    '-v',
    'error',
    '-select_streams',
    'v',
    '-show_entries',
    'packet=pts_time',
    '-of',
    'csv=p=0',
  ];
  const times = execFileSync('ffprobe', [...options, path], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(parseFloat);
  const first = Math.min(...times);
  return times.map((time) => time - first).sort((a, b) => a - b);
}

const readBytes = (bytes: Uint8Array) =>
  readVideo({
    size_bytes: bytes.length,
    read: async (offset, length) => bytes.slice(offset, offset + length),
  });

const H264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '40', '-g', '20'];

describe('reading a master without the code that wrote it', () => {
  it.each([
    ['H.264 without B-frames', 'h264', [...H264, '-bf', '0']],
    ['H.264 with B-frames', 'h264', [...H264, '-bf', '3']],
    [
      'H.264 with a variable frame rate',
      'h264',
      [...H264, '-bf', '2', '-vf', 'setpts=PTS+0.01*N*random(1)/TB', '-vsync', 'vfr'],
    ],
    ['H.264 with holes', 'h264', [...H264, '-vf', "select='not(between(n,20,39))'", '-vsync', 'passthrough']],
    [
      'H.265',
      'h265',
      ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none', '-tag:v', 'hvc1'],
    ],
    ['an index at the beginning', 'h264', [...H264, '-movflags', '+faststart']],
    ['negative composition offsets', 'h264', [...H264, '-bf', '3', '-movflags', '+negative_cts_offsets']],
  ])('gives the frame times that ffprobe gives: %s', async (_, codec, options) => {
    const path = makeVideo(...options);
    const video = await readBytes(readFileSync(path));
    expect(video).toMatchObject({ codec, width: 96, height: 64 });
    const expected = probeTimes(path);
    expect(video.frame_ticks).toHaveLength(expected.length);
    const errors = expected.map((time, index) =>
      Math.abs(time - video.frame_ticks[index]! / video.timescale),
    );
    expect(Math.max(...errors)).toBeLessThan(2e-6);
  });

  it.each([
    ['a fragmented file', [...H264, '-movflags', 'frag_keyframe+empty_moov'], /does not belong|stsz|samples/],
    [
      'sound whose first packet the edit list hides',
      ['-f', 'lavfi', '-i', 'sine=duration=1', ...H264, '-c:a', 'aac'],
      /sound hides a packet/,
    ],
    ['another codec', ['-c:v', 'mpeg4'], /codec is not/],
  ])('refuses %s', async (_, options, message) => {
    await expect(readBytes(readFileSync(makeVideo(...options)))).rejects.toThrow(message);
  });

  it('refuses media data that no frame shows', async () => {
    const bytes = readFileSync(makeVideo(...H264));
    const hidden = Buffer.from([0, 0, 0, 12, ...Buffer.from('mdat'), 1, 2, 3, 4]);
    await expect(readBytes(Buffer.concat([bytes, hidden]))).rejects.toThrow(/belongs to no frame/);
  });

  it('takes boxes that hide nothing at the end', async () => {
    const bytes = readFileSync(makeVideo(...H264));
    const free = Buffer.from([0, 0, 0, 8, ...Buffer.from('free')]);
    expect((await readBytes(Buffer.concat([bytes, free]))).frame_ticks).toHaveLength(60);
  });

  it('refuses an edit list that leaves out frames', async () => {
    const bytes = readFileSync(makeVideo(...H264, '-bf', '2'));
    const elst = bytes.indexOf('elst') + 4;
    bytes.writeUInt32BE(100, elst + 8);
    await expect(readBytes(bytes)).rejects.toThrow(/leaves out frames/);
    bytes.writeUInt32BE(60_000, elst + 8);
    bytes.writeInt32BE(bytes.readInt32BE(elst + 12) + 512, elst + 12);
    await expect(readBytes(bytes)).rejects.toThrow(/does not begin at the first frame/);
  });

  it('refuses a file cut off anywhere', async () => {
    const bytes = readFileSync(makeVideo(...H264));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        await expect(readBytes(bytes.subarray(0, length))).rejects.toThrow(Mp4Error);
      }),
    );
  });

  it('never fails otherwise than by saying so, whatever its index holds', async () => {
    const bytes = readFileSync(makeVideo(...H264, '-bf', '2'));
    const index = bytes.indexOf('moov');
    const places = fc.integer({ min: index, max: bytes.length - 1 });
    const edits = fc.array(fc.tuple(places, fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(edits, async (changes) => {
        const damaged = Buffer.from(bytes);
        for (const [place, value] of changes) damaged[place] = value;
        const outcome = await readBytes(damaged).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Mp4Error);
      }),
      { numRuns: 500 },
    );
  });
});
