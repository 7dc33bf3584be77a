import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { BURNED_CLOCK_CELL_COUNT, burnedClockLayout, decodeBurnedClock } from '@minhchung/testkit';

/** One decoded frame. */
export interface FilmFrame {
  /** What the burned-in clock says; null: it cannot be read. */
  readonly true_ms: number | null;
  /** When a player shows it, from the start of the file. */
  readonly shown_us: number;
}

/**
 * Decodes every frame of a video file in the order players show them, with ffmpeg alone: the burned-in clock of
 * each and the instant at which it is shown, edit lists applied. What equal files show is decoded once: they are
 * told by the hash of their bytes.
 */
export class Films {
  readonly #seen = new Map<string, Promise<readonly FilmFrame[]>>();
  decoded_files = 0;

  async frames(path: string, size: { width: number; height: number }): Promise<readonly FilmFrame[]> {
    const hash = createHash('sha256')
      .update(await readFile(path))
      .digest('base64');
    const seen = this.#seen.get(hash);
    if (seen !== undefined) return seen;
    this.decoded_files += 1;
    const decoding = decode(path, size);
    this.#seen.set(hash, decoding);
    return decoding;
  }
}

async function decode(path: string, size: { width: number; height: number }): Promise<FilmFrame[]> {
  const { width_px, height_px, columns, rows } = burnedClockLayout(size);
  const cells = `crop=${width_px}:${height_px}:0:0,scale=${columns}:${rows}:flags=area,format=gray`;
  const as_they_are = ['-fps_mode', 'passthrough', '-enc_time_base', '1:90000'];
  const ffmpeg = spawn(
    'ffmpeg',
    [
      ...[
        '-nostdin',
        '-v',
        'error',
        '-threads',
        '1',
        '-protocol_whitelist',
        'file,pipe',
        '-i',
        `file:${path}`,
      ],
      ...['-filter_complex', `[0:v:0]${cells},split[a][b]`],
      ...['-map', '[a]', ...as_they_are, '-f', 'rawvideo', 'pipe:1'],
      ...['-map', '[b]', ...as_they_are, '-f', 'framecrc', 'pipe:3'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  );
  const [grey, list, problems] = await Promise.all([
    bytesOf(ffmpeg.stdout as Readable),
    text(ffmpeg.stdio[3] as Readable),
    text(ffmpeg.stderr as Readable),
    new Promise((resolve) => ffmpeg.once('close', resolve)),
  ]);
  if (ffmpeg.exitCode !== 0) throw new Error(`${path} cannot be decoded: ${problems.slice(-300)}`);
  const shown_us = timesOf(list);
  if (grey.length !== shown_us.length * BURNED_CLOCK_CELL_COUNT) {
    throw new Error(`${path}: ${grey.length} cells for ${shown_us.length} frames`);
  }
  return shown_us.map((at_us, n) => {
    const clock = decodeBurnedClock(
      grey.subarray(n * BURNED_CLOCK_CELL_COUNT, (n + 1) * BURNED_CLOCK_CELL_COUNT),
    );
    return { true_ms: clock.valid ? clock.true_time_ms : null, shown_us: at_us };
  });
}

/** Presentation times out of ffmpeg's `framecrc` list. */
function timesOf(list: string): number[] {
  const [, ticks, per_s] = /^#tb 0: (\d+)\/(\d+)$/m.exec(list) ?? [];
  const tick_us = (Number(ticks) * 1_000_000) / Number(per_s);
  return list
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => Number(line.split(',')[2]) * tick_us);
}

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
