import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type RecordedFootage, recordFootage } from '@minhchung/testkit';
import { type ServedFrame, servedFrames } from '../../../test/foreign/replay-server.ts';

const run = promisify(execFile);
const PIECE_S = 20;
const FPS = 25;
const SIZE = { width: 1280, height: 720 };
const BITRATE_KBPS = 4000;
/** Noise of a sensor: without it no encoder would need the bits it may have. */
const NOISE = 'noise=alls=12:allf=t';

/** When the footage begins, by the clock that stamps it. */
export const FOOTAGE_START_MS = Date.UTC(2026, 10, 22, 5, 0, 0);

/** 20 s of 720p at 25 pictures a second, coded at 4 Mbit/s. */
export async function recordPiece(folder: string): Promise<RecordedFootage> {
  const scene_path = join(folder, 'scene.mp4');
  const source = `testsrc2=size=${SIZE.width}x${SIZE.height}:rate=${FPS}:duration=${PIECE_S},${NOISE}`;
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '20'];
  await run('ffmpeg', ['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', source, ...coding, scene_path]);
  return await recordFootage({
    directory: join(folder, 'footage'),
    camera_name: 'Bench',
    start_true_ms: FOOTAGE_START_MS,
    duration_ms: PIECE_S * 1000,
    ...SIZE,
    fps: FPS,
    gop_ms: 2000,
    bitrate_kbps_max: BITRATE_KBPS,
    scene: { kind: 'file', path: scene_path },
  });
}

/** The piece played again and again until it lasts so long: the same bytes, each time later. */
export function repeated(piece: RecordedFootage, media_s: number): ServedFrame[] {
  const frames = servedFrames(piece);
  return Array.from({ length: Math.ceil(media_s / PIECE_S) }, (_, n) =>
    frames.map((frame) => ({
      ...frame,
      device_time_us: frame.device_time_us + n * PIECE_S * 1_000_000,
    })),
  ).flat();
}
