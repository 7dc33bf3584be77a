import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EncodedPacketSink, FilePathSource, Input, MPEG_TS } from 'mediabunny';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MEDIA_LIMITS } from '../limits.ts';
import { openContainer } from './container-file.ts';
import { seekPointsOf } from './seek-points.ts';

const MB = 1024 * 1024;
const run = promisify(execFile);
const never = new AbortController().signal;
const CODINGS = {
  h264: ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2'],
  h265: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error:bframes=2'],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-seek-points-'));
  for (const [codec, coding] of Object.entries(CODINGS)) {
    await run('ffmpeg', [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=352x288:r=25:d=8,noise=alls=60:allf=t'],
      ...['-f', 'lavfi', '-i', 'sine=d=8', '-pix_fmt', 'yuv420p', ...coding, '-g', '25', '-b:v', '4M'],
      ...['-c:a', 'aac', join(folder, `${codec}.ts`)],
    ]);
  }
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

/** Eight seconds of noise with sound, so large that the reader remembers many places; its times begin at `at_s`. */
async function noise(codec: string, at_s: number): Promise<string> {
  const path = join(folder, `${codec}-${at_s}.ts`);
  const from = ['-v', 'error', '-i', join(folder, `${codec}.ts`), '-map', '0'];
  await run('ffmpeg', [...from, '-c', 'copy', '-output_ts_offset', String(at_s), path]);
  return path;
}

/** Every packet of a track, in decode order, by the container reader alone; with its places let go of or not. */
async function packetsOf(path: string, kind: 'video' | 'audio', is_trimmed: boolean) {
  const input = new Input({ formats: [MPEG_TS], source: new FilePathSource(path) });
  const [track] = kind === 'video' ? await input.getVideoTracks() : await input.getAudioTracks();
  const seek_points = seekPointsOf(track!);
  const sink = new EncodedPacketSink(track!);
  const packets = [];
  let most_places = 0;
  for (let next = await sink.getFirstPacket(); next !== null; next = await sink.getNextPacket(next)) {
    packets.push({ time_s: next.timestamp, type: next.type, sha256: sha256(next.data) });
    if (is_trimmed) seek_points.trim();
    most_places = Math.max(most_places, placesOf(track!));
  }
  const again = await sink.getKeyPacket(packets[130]!.time_s);
  packets.push({ time_s: again!.timestamp, type: again!.type, sha256: sha256(again!.data) });
  input.dispose();
  return { packets, most_places };
}

function placesOf(track: object): number {
  const { _backing } = track as { _backing: { elementaryStream: { referencePesPackets: unknown[] } } };
  return _backing.elementaryStream.referencePesPackets.length;
}

const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

describe('reading MPEG-TS without remembering places', { timeout: 60_000 }, () => {
  it.each([
    ['h264', 10],
    ['h265', 10],
    // The 33 bits of its times run over after 3.7 seconds.
    ['h264', 95_440],
    ['h265', 95_440],
  ] as const)('gives the same pictures and sound in the same order (%s, from %i s)', async (codec, at_s) => {
    const path = await noise(codec, at_s);
    for (const kind of ['video', 'audio'] as const) {
      const remembering = await packetsOf(path, kind, false);
      const forgetting = await packetsOf(path, kind, true);
      expect(forgetting.packets).toEqual(remembering.packets);
      expect(remembering.most_places).toBeGreaterThan(MEDIA_LIMITS.seek_points_max);
      expect(forgetting.most_places).toBeLessThanOrEqual(MEDIA_LIMITS.seek_points_max);
    }
    const { packets } = await packetsOf(path, 'video', true);
    const is_reordered = packets.slice(0, -1).some(({ time_s }, n) => time_s < (packets[n - 1]?.time_s ?? 0));
    expect(is_reordered).toBe(true);
  });

  it('a long file does not stay in memory as it is read', async () => {
    const long = join(folder, 'long.ts');
    await run('ffmpeg', [
      '-v',
      'error',
      '-stream_loop',
      '39',
      '-i',
      join(folder, 'h264.ts'),
      '-c',
      'copy',
      long,
    ]);
    const file = (await openContainer(long, never, {}))!;
    const before = heldBytes();
    let pictures_bytes = 0;
    for await (const { data } of file.packetsFrom(0, never)) pictures_bytes += data.length;
    let sounds = 0;
    for await (const _sound of file.audioFrom(0, never)) sounds += 1;
    const grown = heldBytes() - before;
    await file.close();
    expect(sounds).toBeGreaterThan(10_000);
    expect(pictures_bytes).toBeGreaterThan(100 * MB);
    expect(grown).toBeLessThan(16 * MB);
  });
});

/** Bytes of blocks that somebody still uses. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // The blocks that one collection finds are given back beside it; the next one waits for that first.
  collect();
  collect();
  return process.memoryUsage().arrayBuffers;
}
