import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PICTURES = 'testsrc2=size=160x120:rate=25:duration=2';

/** Makes two seconds of small H.264 with ffmpeg; `options` come before the output. */
export async function makeVideo(path: string, options: readonly string[] = []): Promise<void> {
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-pix_fmt', 'yuv420p'];
  const quiet = ['-v', 'error', '-nostdin', '-y'];
  await run('ffmpeg', [...quiet, '-f', 'lavfi', '-i', PICTURES, ...coding, ...options, `file:${path}`]);
}
