import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bench, range, replayUri } from './support/bench.ts';
import { depacketize } from './support/depacketize.ts';
import { smallFootage } from './support/small-footage.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
const { device, client } = bench();

/** Noise does not compress: a few seconds of it are more than the kernel's socket buffers hold. */
function noise(): string {
  const path = join(folder, 'noise.avi');
  const source = 'color=c=gray:s=640x360:r=10:d=1,noise=alls=100:allf=t';
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, '-c:v', 'mjpeg', '-q:v', '3', path]);
  return path;
}

test('a client that does not read holds the replay back instead of filling memory', async () => {
  const footage = await smallFootage(folder, 'noisy', {
    ...{ width: 640, height: 360, fps: 25, duration_ms: 10_000, bitrate_kbps_max: 200_000 },
    scene: { kind: 'file', path: noise() },
  });
  const footage_bytes = footage.frames.reduce((sum, frame) => sum + frame.size_bytes, 0);
  const recorder = await device(footage);
  const rtsp = await client(recorder);
  await rtsp.play(replayUri(recorder), range(0, 10_000));
  rtsp.pauseReading();
  const [socket] = recorder.rtspSockets();
  let handed_over_bytes = -1;
  while (handed_over_bytes !== socket!.bytesWritten) {
    handed_over_bytes = socket!.bytesWritten;
    await delay(200);
  }
  expect(handed_over_bytes).toBeLessThan(footage_bytes * 0.8);
  expect(socket!.writableLength).toBeLessThan(1024 * 1024);
  rtsp.resumeReading();
  await rtsp.untilBye();
  expect(depacketize(rtsp.packets)).toHaveLength(footage.frames.length);
});
