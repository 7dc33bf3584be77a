import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FilePacket, MediaFile } from '@minhchung/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaReader } from '../src/index.ts';
import { cutFile, never } from './support/cut-file.ts';
import { readForeign } from './support/foreign-reader.ts';
import { run } from './support/run.ts';
import { makeSample, type SampleOptions } from './support/samples.ts';

const reader = createMediaReader();
const TS_WITHOUT_DELAY = ['-muxdelay', '0', '-muxpreload', '0'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-reader-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function readAll(file: MediaFile, from_us = Number.MIN_SAFE_INTEGER): Promise<FilePacket[]> {
  const packets: FilePacket[] = [];
  for await (const packet of file.packetsFrom(from_us, never)) packets.push(packet);
  return packets;
}

function nalHashes(data: Uint8Array): string[] {
  const hashes: string[] = [];
  const bytes = Buffer.from(data);
  for (let offset = 0; offset < bytes.length; ) {
    const end = offset + 4 + bytes.readUInt32BE(offset);
    hashes.push(
      createHash('md5')
        .update(bytes.subarray(offset + 4, end))
        .digest('hex'),
    );
    offset = end;
  }
  return hashes;
}

const CONTAINERS: [string, string, SampleOptions][] = [
  ['MP4', 'a.mp4', {}],
  ['fragmented MP4', 'f.mp4', { muxer: ['-movflags', 'frag_keyframe+empty_moov+default_base_moof'] }],
  ['Matroska', 'a.mkv', {}],
  ['MPEG-TS', 'a.ts', { size: '180x150', muxer: TS_WITHOUT_DELAY }],
  ['H.265 in MP4', 'h.mp4', { codec: 'h265' }],
  ['H.265 in MPEG-TS', 'h.ts', { codec: 'h265', size: '180x150', muxer: TS_WITHOUT_DELAY }],
  ['AVI, which has no presentation times', 'a.avi', { b_frames: 0 }],
  ['FLV', 'a.flv', {}],
];

describe.each(CONTAINERS)('reading %s', (_label, name, options) => {
  let path: string;
  let file: MediaFile;
  beforeAll(async () => {
    path = await makeSample(join(folder, name), options);
    file = await reader.open(path, never);
  });
  afterAll(() => file.close());

  it('gives the packets that others read: every NAL unit, time and keyframe', async () => {
    const packets = await readAll(file);
    const expected = await readForeign(path);
    expect(packets.map((packet) => nalHashes(packet.data))).toEqual(expected.map((p) => p.nal_hashes));
    expect(packets.map((packet) => packet.is_keyframe)).toEqual(expected.map((p) => p.is_key));
    const is_without_times = name.endsWith('.avi');
    expect(packets.map((packet) => Math.round((packet.time_us * 9) / 100))).toEqual(
      expected.map((p) => (is_without_times ? p.dts : p.pts)),
    );
    expect(packets.every((packet) => packet.changed_stream === undefined)).toBe(true);
  });

  it('states when its frames begin and end', async () => {
    const times = (await readAll(file)).map((packet) => packet.time_us);
    expect(file.first_time_us).toBe(Math.min(...times));
    expect(Math.abs(file.end_time_us - (Math.max(...times) + 40_000))).toBeLessThanOrEqual(1_000);
  });

  it('begins with the keyframe at or before the time asked for', async () => {
    const all = await readAll(file);
    const wanted_us = file.first_time_us + 2_500_000;
    const keyframe = all.findLastIndex((packet) => packet.is_keyframe && packet.time_us <= wanted_us);
    const packets = await readAll(file, wanted_us);
    expect(packets.map((packet) => packet.time_us)).toEqual(all.slice(keyframe).map((p) => p.time_us));
  });

  it('describes the stream', () => {
    const [width, height] = (options.size ?? '176x144').split('x').map(Number);
    expect(file.stream).toMatchObject({ width, height, codec: options.codec ?? 'h264' });
    expect(file.other_streams).toEqual([]);
  });
});

describe('reading', () => {
  it('makes the decoder configuration of a byte stream that a muxer would make', async () => {
    const ts = await makeSample(join(folder, 'configuration.ts'), {});
    const file = await reader.open(ts, never);
    await run('ffmpeg', '-v', 'error', '-y', '-i', ts, '-c', 'copy', join(folder, 'configuration.mp4'));
    const mp4 = await readFile(join(folder, 'configuration.mp4'));
    expect(mp4.includes(Buffer.from(file.stream.decoder_configuration))).toBe(true);
    await file.close();
  });

  it('names the streams it leaves out', async () => {
    const path = join(folder, 'sound.mp4');
    const video = await makeSample(join(folder, 'silent.mp4'), { seconds: 1 });
    const sound = ['-f', 'lavfi', '-i', 'sine=d=1', '-c:a', 'libmp3lame'];
    await run('ffmpeg', '-v', 'error', '-y', '-i', video, ...sound, '-c:v', 'copy', path);
    const file = await reader.open(path, never);
    expect(file.other_streams).toEqual(['audio: mp3']);
    await file.close();
  });

  it('tells of a change of parameter sets inside a file, and a cut begins a new master there', async () => {
    const first = await makeSample(join(folder, 'small.ts'), { seconds: 2, muxer: TS_WITHOUT_DELAY });
    const second = await makeSample(join(folder, 'large.ts'), {
      ...{ seconds: 2, size: '320x240' },
      muxer: [...TS_WITHOUT_DELAY, '-output_ts_offset', '2'],
    });
    const joined = join(folder, 'joined.ts');
    await writeFile(joined, Buffer.concat([await readFile(first), await readFile(second)]));
    const { masters, paths } = await cutFile(joined, 500, 60_000, join(folder, 'joined'));
    expect(masters.map(({ stream }) => [stream.width, stream.height])).toEqual([
      [176, 144],
      [320, 240],
    ]);
    const source = [...(await readForeign(first)), ...(await readForeign(second))];
    const written = (await Promise.all(paths.map(readForeign))).flat();
    expect(written.map((packet) => packet.nal_hashes)).toEqual(source.map((packet) => packet.nal_hashes));
    for (const path of paths) await run('ffmpeg', '-v', 'error', '-xerror', '-i', path, '-f', 'null', '-');
  });

  it('stops when cancelled', async () => {
    const file = await reader.open(await makeSample(join(folder, 'cancel.mp4')), never);
    const controller = new AbortController();
    const packets = file.packetsFrom(0, controller.signal)[Symbol.asyncIterator]();
    await packets.next();
    controller.abort();
    await expect(packets.next()).rejects.toMatchObject({ code: 'CANCELLED' });
    await file.close();
  });
});

describe('a file that changes while it is read', () => {
  it('is reported when it becomes shorter, and never read as zeros', async () => {
    const path = join(folder, 'shrinking.mkv');
    const part = await makeSample(join(folder, 'part.mkv'));
    await run('ffmpeg', '-v', 'error', '-stream_loop', '60', '-i', part, '-c', 'copy', path);
    const file = await reader.open(path, never);
    const packets = file.packetsFrom(0, never)[Symbol.asyncIterator]();
    await packets.next();
    await truncate(path, 1_000_000);
    const readOn = async () => {
      while (!(await packets.next()).done);
    };
    await expect(readOn()).rejects.toMatchObject({
      code: 'MEDIA_UNREADABLE',
      details: { reason: 'it became shorter while it was read' },
    });
    await file.close();
  });
});

describe('what cannot be read', () => {
  async function refusal(path: string) {
    return reader.open(path, never).then(
      () => null,
      (error: { code: string; details: { name: string; reason: string } }) => error,
    );
  }

  it.each([
    ['text', 'text.mp4', Buffer.from('this is no video at all\n'.repeat(100))],
    ['nothing', 'empty.mp4', Buffer.alloc(0)],
    [
      'a playlist that names another file',
      'list.avi',
      Buffer.from('#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd\n'),
    ],
    ['random bytes behind a known beginning', 'noise.mkv', Buffer.from('1a45dfa3ffffffffffffff00', 'hex')],
  ])('is %s, and the error names the file without its folder', async (_label, name, bytes) => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    const error = await refusal(path);
    expect(error).toMatchObject({ code: 'MEDIA_UNREADABLE', details: { name } });
    expect(error!.details.reason).not.toContain(folder);
  });

  it('is a file that is not there', async () => {
    expect(await refusal(join(folder, 'missing.mp4'))).toMatchObject({ details: { reason: 'ENOENT' } });
  });

  it('is a pipe, which would be waited for without end', async () => {
    const path = join(folder, 'pipe.mp4');
    await run('mkfifo', path);
    expect(await refusal(path)).toMatchObject({ details: { reason: 'it is no regular file' } });
  });

  it('is a path that is not absolute', async () => {
    expect(await refusal('a.mp4')).toMatchObject({ code: 'MEDIA_UNREADABLE' });
  });

  it('is a recording cut off before its index was written', async () => {
    const path = await makeSample(join(folder, 'cut-off.mp4'), { seconds: 1 });
    await truncate(path, 5_000);
    expect(await refusal(path)).toMatchObject({ code: 'MEDIA_UNREADABLE' });
  });

  it('is video in a codec that is neither H.264 nor H.265', async () => {
    const path = join(folder, 'mpeg4.avi');
    const source = ['-f', 'lavfi', '-i', 'testsrc2=s=176x144:d=1', '-c:v', 'mpeg4'];
    await run('ffmpeg', '-v', 'error', '-y', ...source, path);
    expect(await refusal(path)).toMatchObject({
      details: { reason: 'video coded as mpeg4 is not supported' },
    });
  });

  it('is a file with sound only', async () => {
    const path = join(folder, 'sound-only.mp4');
    await run('ffmpeg', '-v', 'error', '-y', '-f', 'lavfi', '-i', 'sine=d=1', path);
    expect(await refusal(path)).toMatchObject({ details: { reason: 'no video in it' } });
  });

  it('is a reordered stream in a container without presentation times', async () => {
    const path = await makeSample(join(folder, 'reordered.avi'), { seconds: 1 });
    expect(await refusal(path)).toMatchObject({
      details: { reason: 'frames are reordered and the container has no presentation times' },
    });
  });
});
