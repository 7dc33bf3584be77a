import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaReader } from '../src/index.ts';
import { run } from './support/run.ts';
import {
  H264_IN_ORDER,
  MJPEG_CODING,
  makeSoundSample,
  readForeignPackets,
  sha256,
} from './support/sound-samples.ts';

const never = new AbortController().signal;
const AAC = ['-c:a', 'aac', '-b:a', '48k'];
const G711 = { pcmu: ['-c:a', 'pcm_mulaw'], pcma: ['-c:a', 'pcm_alaw'] };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-sound-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const item of items) read.push(item);
  return read;
}

/** Everything of a file's sound, as the reader gives it. */
async function soundOf(path: string, from_us = Number.NEGATIVE_INFINITY) {
  const file = await createMediaReader().open(path, never);
  const packets = await all(file.audioFrom(Math.max(from_us, -60e6), never));
  await file.close();
  return { file, packets };
}

describe('sound out of containers', { timeout: 60_000 }, () => {
  it.each([
    ['plain.mp4', []],
    ['fragmented.mp4', ['-movflags', 'frag_keyframe+empty_moov']],
    ['aac.mkv', []],
    ['aac.mov', []],
  ])('is AAC byte for byte as ffmpeg reads it, at the same times (%s)', async (name, muxer) => {
    const path = await makeSoundSample(join(folder, name), { audio: AAC, muxer });
    const { file, packets } = await soundOf(path);
    const foreign = await readForeignPackets(path, 'a:0');
    expect(file.audio).toMatchObject({ codec: 'aac', sample_rate_hz: 16_000, channel_count: 1 });
    expect(packets.map(({ data }) => sha256(data))).toEqual(foreign.map((packet) => packet.sha256));
    // The one against the other: readers differ in what they call zero, not in how pictures and sound lie together.
    const [video] = await readForeignPackets(path, 'v:0');
    for (const [index, { time_us }] of packets.entries()) {
      const apart_us = (foreign[index]!.time_s - video!.time_s) * 1e6;
      expect(Math.abs(time_us - file.first_time_us - apart_us)).toBeLessThan(name === 'aac.mkv' ? 1_001 : 40);
    }
  });

  it('is AAC without the ADTS headers that MPEG-TS puts around it', async () => {
    const mp4 = await makeSoundSample(join(folder, 'to-ts.mp4'), { audio: AAC });
    const ts = join(folder, 'adts.ts');
    await run('ffmpeg', '-v', 'error', '-y', '-i', mp4, '-c', 'copy', ts);
    const [through_ts, direct] = [await soundOf(ts), await soundOf(mp4)];
    expect(through_ts.packets.map(({ data }) => sha256(data))).toEqual(
      direct.packets.map(({ data }) => sha256(data)),
    );
    expect(through_ts.file.audio!.decoder_configuration.subarray(0, 2)).toEqual(
      direct.file.audio!.decoder_configuration.subarray(0, 2),
    );
  });

  it.each([
    ['pcmu', 'mkv'],
    ['pcma', 'mkv'],
    ['pcmu', 'mov'],
    ['pcma', 'mov'],
    ['pcmu', 'avi'],
    ['pcma', 'avi'],
  ] as const)('is %s byte for byte out of %s', async (codec, container) => {
    const path = await makeSoundSample(join(folder, `${codec}.${container}`), {
      video: H264_IN_ORDER,
      audio: G711[codec],
      rate_hz: 8_000,
    });
    const { file, packets } = await soundOf(path);
    expect(file.audio).toMatchObject({ codec, sample_rate_hz: 8_000, channel_count: 1 });
    expect(file.other_streams).toEqual([]);
    const whole = await run(
      'ffmpeg',
      '-v',
      'error',
      '-i',
      path,
      '-map',
      '0:a',
      '-c',
      'copy',
      '-f',
      'data',
      '-',
    );
    expect(sha256(Buffer.concat(packets.map(({ data }) => data)))).toBe(sha256(whole));
    let expected_us = packets[0]!.time_us;
    for (const { time_us, data } of packets) {
      expect(Math.abs(time_us - expected_us)).toBeLessThanOrEqual(500);
      expected_us += data.length * 125;
    }
  });

  it('is AAC out of AVI, through the tools', async () => {
    const path = await makeSoundSample(join(folder, 'aac.avi'), { video: H264_IN_ORDER, audio: AAC });
    const { file, packets } = await soundOf(path);
    expect(file.audio).toMatchObject({ codec: 'aac', sample_rate_hz: 16_000 });
    const foreign = await readForeignPackets(path, 'a:0');
    expect(packets.map(({ data }) => sha256(data))).toEqual(foreign.map((packet) => packet.sha256));
  });

  it.each(['mp4', 'mkv', 'ts', 'avi'])(
    'begins with the packet that holds the instant asked for (%s)',
    async (end) => {
      const video = end === 'avi' ? H264_IN_ORDER : undefined;
      const path = await makeSoundSample(join(folder, `seek.${end}`), {
        audio: AAC,
        ...(video && { video }),
      });
      const { file, packets } = await soundOf(path);
      const asked_us = packets[20]!.time_us + 10_000;
      const from = await soundOf(path, asked_us);
      expect(from.packets.map(({ time_us }) => time_us)).toEqual(
        packets.slice(20).map(({ time_us }) => time_us),
      );
      expect(file.audio).not.toBeNull();
    },
  );

  it('is named among the other streams where it cannot be kept as it is', async () => {
    const path = await makeSoundSample(join(folder, 'mp3.mkv'), { audio: ['-c:a', 'libmp3lame'] });
    const { file, packets } = await soundOf(path);
    expect([file.audio, file.other_streams, packets]).toEqual([null, ['audio: mp3'], []]);
  });

  it('goes on evenly where the 33 bits of MPEG-TS run over', async () => {
    const path = await makeSoundSample(join(folder, 'wrap.ts'), {
      audio: AAC,
      seconds: 6,
      muxer: ['-output_ts_offset', '95440'],
    });
    const { file, packets } = await soundOf(path);
    expect(file.end_time_us - file.first_time_us).toBe(6_000_000);
    const again = await createMediaReader().open(path, never);
    const times = (await all(again.packetsFrom(again.first_time_us, never))).map((p) => p.time_us);
    await again.close();
    expect(
      times.toSorted((a, b) => a - b).map((t) => Math.round((t - again.first_time_us) / 40_000)),
    ).toEqual(Array.from({ length: 150 }, (_, frame) => frame));
    const steps = packets.slice(1).map(({ time_us }, index) => time_us - packets[index]!.time_us);
    expect(steps.every((step) => Math.abs(step - 64_000) <= 12)).toBe(true);
  });
});

describe('Motion JPEG', { timeout: 60_000 }, () => {
  it.each(['avi', 'mkv', 'mov', 'mp4'])('is read out of %s, every picture as it is', async (container) => {
    const path = await makeSoundSample(join(folder, `mjpeg.${container}`), {
      video: MJPEG_CODING,
      audio: ['-an'],
      seconds: 2,
    });
    const file = await createMediaReader().open(path, never);
    const packets = await all(file.packetsFrom(1_000_000, never));
    await file.close();
    expect(file.stream).toMatchObject({ codec: 'mjpeg', width: 64, height: 48 });
    expect(file.stream.decoder_configuration).toHaveLength(0);
    const foreign = await readForeignPackets(path, 'v:0');
    expect(packets.map(({ data }) => sha256(data))).toEqual(foreign.slice(25).map(({ sha256 }) => sha256));
    expect(packets.every(({ is_keyframe }) => is_keyframe)).toBe(true);
    expect(packets[0]!.time_us).toBe(1_000_000);
  });
});
