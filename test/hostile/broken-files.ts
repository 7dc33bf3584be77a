/** Files that say they are video and are broken, absurd or something else. */
import { execFile } from 'node:child_process';
import { open, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { makeVideo } from './good-video.ts';
import { box, boxOf, withField, withMovie, withSize } from './mp4-surgery.ts';

const run = promisify(execFile);
const TRACKS = 100_000;
const NESTED = 100_000;
const TERABYTE = 1024 ** 4;

/** Makes one hostile file at a path. */
export type MakeFile = (path: string) => Promise<void>;

/** By name; every name ends as a video does. `good` is the bytes of a small MP4 with its index at the end. */
export function brokenFiles(good: Buffer): Readonly<Record<string, MakeFile>> {
  const bytes =
    (content: Uint8Array): MakeFile =>
    (path) =>
      writeFile(path, content);
  const video =
    (...options: string[]): MakeFile =>
    (path) =>
      makeVideo(path, options);
  const track = boxOf(good, 'trak');
  const header = boxOf(good, 'mvhd');
  return {
    'empty.mp4': bytes(Buffer.alloc(0)),
    'one-byte.mp4': bytes(Buffer.alloc(1)),
    'zeros.mp4': bytes(Buffer.alloc(100_000)),
    'text.mp4': bytes(Buffer.from('This is a letter, and no video.\n'.repeat(200))),
    'zip.mp4': bytes(Buffer.concat([Buffer.from('PK\x03\x04\x14\0\0\0\b\0', 'latin1'), good])),
    'picture.mp4': (path) =>
      run('ffmpeg', [
        '-v',
        'error',
        '-f',
        'lavfi',
        '-i',
        'testsrc2',
        '-frames:v',
        '1',
        '-f',
        'image2',
        '-c:v',
        'png',
        path,
      ]).then(() => {}),
    'truncated-in-media.mp4': bytes(good.subarray(0, good.length >> 2)),
    'truncated-in-index.mp4': bytes(good.subarray(0, good.length - 40)),
    'truncated.mkv': cutShort('matroska'),
    'truncated.ts': cutShort('mpegts'),
    'truncated.avi': cutShort('avi'),
    'zero-fps.mp4': bytes(withField(good, 'stts', 12, 0)),
    'zero-timescale.mp4': bytes(withField(good, 'mdhd', 12, 0)),
    'million-fps.mp4': video(
      '-vf',
      'settb=1/1000000,setpts=N',
      '-enc_time_base',
      '1:1000000',
      '-fps_mode',
      'passthrough',
      '-video_track_timescale',
      '1000000',
    ),
    'million-fps.mkv': video(
      '-vf',
      'settb=1/1000000,setpts=N',
      '-enc_time_base',
      '1:1000000',
      '-fps_mode',
      'passthrough',
    ),
    'negative-times.mkv': video('-output_ts_offset', '-3600', '-avoid_negative_ts', 'disabled'),
    'negative-times.ts': video('-output_ts_offset', '-3600', '-avoid_negative_ts', 'disabled'),
    'far-future.mkv': video('-output_ts_offset', '90000000', '-avoid_negative_ts', 'disabled'),
    'huge-sample-count.mp4': bytes(withField(good, 'stsz', 8, 0xffff_ffff)),
    'huge-sample-size.mp4': bytes(withField(good, 'stsz', 12, 0x7fff_ffff)),
    'same-size-samples.mp4': bytes(withField(withField(good, 'stsz', 4, 1), 'stsz', 8, 0xffff_ffff)),
    'huge-time-count.mp4': bytes(withField(good, 'stts', 8, 0xffff_ffff)),
    'huge-chunk-count.mp4': bytes(withField(good, 'stco', 4, 0xffff_ffff)),
    'chunks-beyond-end.mp4': bytes(withField(good, 'stco', 8, 0xffff_0000)),
    'index-size-zero.mp4': bytes(withSize(good, 'moov', 0)),
    'index-size-huge.mp4': bytes(withSize(good, 'moov', 0xffff_fff0)),
    'box-size-four.mp4': bytes(withSize(good, 'mdat', 4)),
    'many-tracks.mp4': bytes(withMovie(good, box('moov', header, ...Array<Buffer>(TRACKS).fill(track)))),
    'nested-boxes.mp4': bytes(Buffer.concat([boxOf(good, 'ftyp'), nested('moov')])),
    'no-keyframe.mp4': bytes(withField(withField(good, 'stss', 4, 1), 'stss', 8, 0xffff)),
    'sparse-terabyte.mp4': async (path) => {
      await writeFile(path, good);
      await truncate(path, TERABYTE);
    },
    'sparse-nothing.ts': async (path) => {
      await writeFile(path, '');
      await truncate(path, TERABYTE);
    },
    'sparse-media-box.mp4': endlessMedia(good),
    'pipe.mp4': (path) => run('mkfifo', [path]).then(() => {}),
    'password-file.mp4': (path) => symlink('/etc/passwd', path),
    'zero-device.mp4': (path) => symlink('/dev/zero', path),
    'folder.mp4': (path) => symlink('/etc', path),
    'nowhere.mp4': (path) => symlink('/nowhere/at/all.mp4', path),
    'itself.mp4': (path) => symlink(path, path),
  };
}

/** A terabyte that says it is one box of media, the index behind it. */
function endlessMedia(good: Buffer): MakeFile {
  return async (path) => {
    const head = Buffer.alloc(16);
    head.writeUInt32BE(1, 0);
    head.write('mdat', 4, 'latin1');
    head.writeBigUInt64BE(BigInt(TERABYTE), 8);
    const file = await open(path, 'w');
    const start = boxOf(good, 'ftyp');
    await file.write(Buffer.concat([start, head]), 0, undefined, 0);
    await file.write(boxOf(good, 'moov'), 0, undefined, start.length + TERABYTE);
    await file.close();
  };
}

function cutShort(format: string): MakeFile {
  return async (path) => {
    await makeVideo(path, ['-f', format]);
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, Math.floor(whole.length * 0.6)));
  };
}

/** Boxes in boxes, each one 8 bytes of head. */
function nested(type: string): Buffer {
  const bytes = Buffer.alloc(NESTED * 8);
  for (let depth = 0; depth < NESTED; depth += 1) {
    bytes.writeUInt32BE((NESTED - depth) * 8, depth * 8);
    bytes.write(depth === 0 ? type : 'trak', depth * 8 + 4, 'latin1');
  }
  return bytes;
}

/** Copies of good video under names that mean something to a shell or to ffmpeg. */
export const ODD_NAMES: readonly string[] = [
  '-i.mp4',
  '--help.mp4',
  '-protocol_whitelist all.mp4',
  'quote".mp4',
  "quote'.mp4",
  '$(touch owned).mp4',
  '`touch owned`.mp4',
  'semi;colon&and|pipe.mp4',
  'line\nbreak.mp4',
  'concat:a.mp4|b.mp4',
  'subfile,,start,0,end,0,,:x.mp4',
  'file:x.mp4',
  'http:x.mp4',
  'pipe:0.mp4',
  'data:text,x.mp4',
  'percent%d%03d.mp4',
  'bracket[0-9]*?.mp4',
  'back\\slash.mp4',
  ' leading space.mp4',
  'tiếng Việt.mp4',
];
