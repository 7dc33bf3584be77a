import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDerivativeMaker } from '../src/index.ts';
import { never, ZERO_MS } from './support/cut-file.ts';
import { cutWithSound } from './support/cut-sound.ts';
import { run } from './support/run.ts';
import {
  H264_IN_ORDER,
  MJPEG_CODING,
  makeSoundSample,
  readForeignPackets,
  sha256,
} from './support/sound-samples.ts';
import { beepsOf, flashesOf, stepBetween } from './support/step-of-sound.ts';

const AAC = ['-c:a', 'aac', '-b:a', '48k'];
const PCMU = ['-c:a', 'pcm_mulaw'];
/** One packet of AAC at 16 kHz: as far as sound may be out of step. */
const AUDIO_FRAME_S = 1024 / 16_000;

let home: string;
let folder: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'media-beside-'));
});
beforeEach(async () => {
  folder = await mkdtemp(join(home, 'cut-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const at = (ms: number) => (ZERO_MS + ms) * 1000;

describe('AAC in a master', { timeout: 120_000 }, () => {
  it.each(['mp4', 'mkv', 'ts'])(
    'is a track beside the pictures, byte for byte, and in step (%s)',
    async (end) => {
      const source = await makeSoundSample(join(folder, `source.${end}`), { audio: AAC, seconds: 6 });
      const { masters, paths } = await cutWithSound(source, { from_ms: 1_400, to_ms: 4_300 }, folder);
      const [track] = masters[0]!.audio_tracks;
      const written = await readForeignPackets(paths[0]!, 'a:0');
      expect(written).toHaveLength(track!.packet_count);

      // Pictures run from the keyframe at 1 s; the sound is what overlaps them.
      expect(track!.first_device_time_us).toBeLessThanOrEqual(at(1_000));
      expect(track!.first_device_time_us).toBeGreaterThan(at(1_000) - AUDIO_FRAME_S * 1e6 - 1_000);
      expect(track!.end_device_time_us).toBeGreaterThanOrEqual(masters[0]!.last_frame_device_time_us);
      expect(track!.holes).toEqual([]);
      const { packets_before, packets_inside, packets_after } = track!;
      expect(packets_before + packets_inside + packets_after).toBe(track!.packet_count);
      expect(packets_before).toBeGreaterThan(4);

      const foreign = (await readForeignPackets(source, 'a:0')).map((packet) => packet.sha256);
      if (end !== 'ts') {
        const begin = foreign.indexOf(written[0]!.sha256);
        expect(begin).toBeGreaterThan(10);
        expect(written.map((packet) => packet.sha256)).toEqual(foreign.slice(begin, begin + written.length));
      }
      const step = stepBetween(await flashesOf(paths[0]!), await beepsOf(['-i', paths[0]!]));
      expect(step).toBeLessThan(AUDIO_FRAME_S);
    },
  );

  it('is accepted whole by ffprobe and decoded without a word of complaint', async () => {
    const source = await makeSoundSample(join(folder, 'source.mp4'), { audio: AAC });
    const { paths, masters } = await cutWithSound(source, { from_ms: 500, to_ms: 3_000 }, folder);
    const words = await run('ffmpeg', '-v', 'warning', '-i', paths[0]!, '-f', 'null', '-');
    expect(words.toString()).toBe('');
    const probe = await run(
      'ffprobe',
      '-v',
      'error',
      '-show_entries',
      'stream=codec_name,nb_frames',
      '-of',
      'csv=p=0',
      paths[0]!,
    );
    expect(probe.toString().trim().split('\n')).toEqual([
      `h264,${masters[0]!.frame_count}`,
      `aac,${masters[0]!.audio_tracks[0]!.packet_count}`,
    ]);
  });

  it.each([3_000_000, -3_000_000])('is in the master though it comes %i µs late', async (late_us) => {
    const source = await makeSoundSample(join(folder, 'source.mp4'), { audio: AAC, seconds: 8 });
    const [in_step, apart] = [await mkdtemp(join(home, 'a-')), await mkdtemp(join(home, 'b-'))];
    const expected = await cutWithSound(source, { from_ms: 2_400, to_ms: 5_300 }, in_step);
    const { masters, paths } = await cutWithSound(source, { from_ms: 2_400, to_ms: 5_300, late_us }, apart);
    expect(masters[0]!.audio_tracks).toEqual(expected.masters[0]!.audio_tracks);
    const hashes = async (path: string) =>
      (await readForeignPackets(path, 'a:0')).map((packet) => packet.sha256);
    expect(await hashes(paths[0]!)).toEqual(await hashes(expected.paths[0]!));
  });
});

describe('G.711 beside a master', { timeout: 120_000 }, () => {
  it.each([
    ['pcm_mulaw', 'pcmu'],
    ['pcm_alaw', 'pcma'],
  ])('is a WAVE file with the bytes of the source (%s)', async (coding, codec) => {
    const source = await makeSoundSample(join(folder, 'source.mkv'), {
      audio: ['-c:a', coding],
      rate_hz: 8_000,
      seconds: 6,
    });
    const {
      masters,
      names,
      beside,
      paths: written,
    } = await cutWithSound(source, { from_ms: 1_400, to_ms: 4_300 }, folder);
    const [file] = masters[0]!.audio_files;
    expect(names).toEqual(['audio-0-0.wav']);
    expect(file).toMatchObject({ name: names[0], stream: { codec }, sha256: sha256(beside[0]!.bytes) });
    expect(masters[0]!.audio_tracks).toEqual([]);

    const path = join(folder, names[0]!);
    const decoded = await run(
      'ffmpeg',
      '-v',
      'warning',
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
    expect(decoded).toHaveLength(file!.sample_count);
    const whole = await run(
      'ffmpeg',
      '-v',
      'error',
      '-i',
      source,
      '-map',
      '0:a',
      '-c',
      'copy',
      '-f',
      'data',
      '-',
    );
    const begin = ((file!.first_sample_device_time_us - at(0)) * 8) / 1_000;
    expect(decoded.equals(whole.subarray(begin, begin + decoded.length))).toBe(true);
    expect(file!.samples_before).toBe(Math.round((at(1_400) - file!.first_sample_device_time_us) / 125));
    expect(file!.samples_inside).toBe(2_900 * 8);

    const delay_s = (file!.first_sample_device_time_us - masters[0]!.first_frame_device_time_us) / 1e6;
    expect(stepBetween(await flashesOf(written[0]!), await beepsOf(['-i', path], delay_s))).toBeLessThan(
      0.002,
    );
  });
});

describe('a playable copy', { timeout: 120_000 }, () => {
  it.each([
    ['AAC in the master', 'mp4', AAC, 16_000],
    ['G.711 beside it', 'mkv', PCMU, 8_000],
  ])('carries the sound in step: %s', async (_, end, audio, rate_hz) => {
    const source = await makeSoundSample(join(folder, `source.${end}`), { audio, rate_hz, seconds: 6 });
    const { masters, paths: written } = await cutWithSound(source, { from_ms: 1_400, to_ms: 4_300 }, folder);
    const { first_frame_device_time_us: first_us, audio_files, audio_tracks, frames } = masters[0]!;
    const copy = join(folder, 'copy.mp4');
    await createDerivativeMaker().playable({
      master_path: written[0]!,
      output_path: copy,
      from_us: frames.first_inside_device_time_us! - first_us,
      to_us: frames.last_inside_device_time_us! - first_us + 12,
      sound: {
        master_track_count: audio_tracks.length,
        side_files: audio_files.map(({ name, first_sample_device_time_us }) => ({
          path: join(folder, name),
          at_us: first_sample_device_time_us - first_us,
        })),
      },
      signal: never,
    });
    const flashes = await flashesOf(copy);
    expect(flashes).toHaveLength(3);
    expect(stepBetween(flashes, await beepsOf(['-i', copy]))).toBeLessThan(1024 / 48_000);
    const probe = await run(
      'ffprobe',
      '-v',
      'error',
      '-show_entries',
      'stream=codec_name',
      '-of',
      'csv=p=0',
      copy,
    );
    expect(probe.toString().trim().split('\n')).toEqual(['h264', 'aac']);
  });
});

describe('Motion JPEG in a master', { timeout: 120_000 }, () => {
  it.each(['avi', 'mkv', 'mov'])('keeps every picture as it is (%s), and ffmpeg plays it', async (end) => {
    const source = await makeSoundSample(join(folder, `source.${end}`), {
      video: MJPEG_CODING,
      audio: PCMU,
      rate_hz: 8_000,
    });
    const { masters, paths: written } = await cutWithSound(source, { from_ms: 1_000, to_ms: 3_000 }, folder);
    expect(masters[0]).toMatchObject({ frame_count: 50, stream: { codec: 'mjpeg' } });
    const pictures = (await readForeignPackets(written[0]!, 'v:0')).map((packet) => packet.sha256);
    const foreign = (await readForeignPackets(source, 'v:0')).map((packet) => packet.sha256);
    expect(pictures).toEqual(foreign.slice(25, 75));
    const words = await run('ffmpeg', '-v', 'error', '-i', written[0]!, '-f', 'null', '-');
    expect(words.toString()).toBe('');
    expect((await flashesOf(written[0]!)).map((time) => Math.round(time * 1000))).toEqual([0, 1_000]);
    expect((await readFile(written[0]!)).includes('esds')).toBe(true);
    expect(masters[0]!.audio_files).toHaveLength(1);
  });

  it('out of AVI goes with its G.711', async () => {
    const source = await makeSoundSample(join(folder, 'source.avi'), {
      video: H264_IN_ORDER,
      audio: PCMU,
      rate_hz: 8_000,
    });
    const { masters } = await cutWithSound(source, { from_ms: 0, to_ms: 4_000 }, folder);
    expect(masters[0]!.audio_files.map(({ sample_count }) => sample_count)).toEqual([32_000]);
  });
});
