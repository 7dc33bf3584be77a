import { execFile } from 'node:child_process';
import { link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Recorders cut their files like this. */
export const FILE_LENGTH_S = 300;
const LOOP_S = 20;
const FRAME_RATE = 25;

/** A recording folder with files of five minutes, named by their start in UTC. */
export interface Material {
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly start_ms: number }[];
  readonly start_ms: number;
}

/**
 * Encodes a short piece once and makes every file of it: the same bytes under many names, so that a long recording
 * costs no disk, and a reader that must not read ahead cannot tell. `size`: `1920x1080`.
 */
export async function makeMaterial(
  folder: string,
  {
    size,
    bitrate_kbps,
    length_s,
    now_ms,
  }: {
    readonly size: string;
    readonly bitrate_kbps: number;
    readonly length_s: number;
    readonly now_ms: number;
  },
): Promise<Material> {
  const recordings = join(folder, 'recordings');
  await mkdir(recordings, { recursive: true });
  const piece = join(folder, 'piece.mp4');
  const rate = `${bitrate_kbps}k`;
  await run('ffmpeg', [
    ...[
      '-v',
      'error',
      '-y',
      '-f',
      'lavfi',
      '-i',
      `testsrc2=size=${size}:rate=${FRAME_RATE}:duration=${LOOP_S}`,
    ],
    ...['-vf', 'noise=alls=12:allf=t', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '50', '-bf', '0'],
    ...['-b:v', rate, '-maxrate', rate, '-bufsize', rate, '-pix_fmt', 'yuv420p', piece],
  ]);
  const one = join(folder, 'file.mp4');
  const loops = String(FILE_LENGTH_S / LOOP_S - 1);
  await run('ffmpeg', ['-v', 'error', '-y', '-stream_loop', loops, '-i', piece, '-c', 'copy', one]);
  const count = Math.ceil(length_s / FILE_LENGTH_S) + 1;
  const start_ms = Math.floor(now_ms / 1000) * 1000 - (count + 1) * FILE_LENGTH_S * 1000;
  const files = [];
  for (let n = 0; n < count; n += 1) {
    const file_start_ms = start_ms + n * FILE_LENGTH_S * 1000;
    const path = join(recordings, `${nameOf(file_start_ms)}.mp4`);
    await link(one, path);
    files.push({ path, start_ms: file_start_ms });
  }
  return { folder: recordings, files, start_ms };
}

/** The pattern of the names, as the register has it. */
export const NAME_PATTERN = '%Y-%m-%d_%H-%M-%S.mp4';

function nameOf(at_ms: number): string {
  return new Date(at_ms).toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-');
}
