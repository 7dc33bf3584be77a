import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { readBurnedClocks } from '../src/index.ts';
import { bench, PASSWORD, replayUri } from './support/bench.ts';
import { smallFootage } from './support/small-footage.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
const { device } = bench();
/** A player that never ends must not outlive its test. */
const PLAYED_WITHIN_MS = 25_000;
const NTP_EPOCH_OFFSET_MS = 2_208_988_800_000;

// Where GStreamer never ran, it first looks at every plugin there is, which may take longer than a test.
beforeAll(() => promisify(execFile)('gst-inspect-1.0', ['rtspsrc'], { maxBuffer: 16 * 1024 * 1024 }));

/** True times of the pictures in a file that may still be growing; the last one may be half there. */
async function picturesIn(
  path: string,
): Promise<{ readonly valid: boolean; readonly true_time_ms: number }[]> {
  const pictures: { valid: boolean; true_time_ms: number }[] = [];
  try {
    for await (const { valid, true_time_ms } of readBurnedClocks(path, { format: 'h264' })) {
      pictures.push({ valid, true_time_ms });
    }
  } catch {
    // Nothing to decode yet.
  }
  return pictures;
}

/**
 * Plays until the player ends or has written its last picture. Its jitter buffer has a race (1.22): where its own
 * end timer and the BYE meet, every picture comes out, and the end of the stream is lost.
 */
async function play(args: readonly string[], path: string, last_true_time_ms: number): Promise<string> {
  const player = spawn('gst-launch-1.0', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(player, 'exit');
  const log = text(player.stdout);
  const deadline_ms = performance.now() + PLAYED_WITHIN_MS;
  let is_over = false;
  void ended.then(() => {
    is_over = true;
  });
  while (!is_over && performance.now() < deadline_ms) {
    await Promise.race([ended, delay(500)]);
    if ((await picturesIn(path)).at(-1)?.true_time_ms === last_true_time_ms) break;
  }
  player.kill('SIGKILL');
  await ended;
  return log;
}

/** Presentation times that `identity` prints, in milliseconds since 1970. */
function presentationTimes(log: string): number[] {
  return [...log.matchAll(/chain .*? pts: (\d+):(\d\d):(\d\d)\.(\d{3})/g)].map((match) => {
    const [hours, minutes, seconds, milliseconds] = match.slice(1).map(Number);
    return ((hours! * 60 + minutes!) * 60 + seconds!) * 1000 + milliseconds! - NTP_EPOCH_OFFSET_MS;
  });
}

test('GStreamer’s rtspsrc in ONVIF mode plays a recorded span at 1×, by the recorder’s clock', async () => {
  const footage = await smallFootage(folder, 'plain', {
    duration_ms: 2500,
    width: 352,
    height: 288,
    gop_ms: 1000,
  });
  const recorder = await device(footage);
  const path = join(folder, 'played.h264');
  const started_ms = performance.now();
  // Its jitter buffer cannot date the first access unit and throws it away, so decoding begins one group later.
  const second_keyframe = footage.frames.findIndex((frame, n) => n > 0 && frame.is_keyframe);
  const expected = footage.frames.slice(second_keyframe).map((frame) => frame.true_time_ms);
  const source = [
    ...['-v', 'rtspsrc', `location=${replayUri(recorder)}`, 'protocols=tcp', 'user-id=admin'],
    ...[`user-pw=${PASSWORD}`, 'onvif-mode=true', 'is-live=true', 'onvif-rate-control=true'],
  ];
  const sink = [
    ...['!', 'rtph264depay', '!', 'h264parse', '!', 'video/x-h264,stream-format=byte-stream,alignment=au'],
    ...['!', 'identity', 'silent=false', '!', 'filesink', 'buffer-mode=unbuffered', `location=${path}`],
  ];
  const log = await play([...source, ...sink], path, expected.at(-1)!);
  expect(performance.now() - started_ms).toBeGreaterThan(2000);

  const played = await picturesIn(path);
  expect(played.every((picture) => picture.valid)).toBe(true);
  expect(played.map((picture) => picture.true_time_ms)).toEqual(expected);

  // It counts from the range that the server echoes, which recorders cut to whole seconds; and it prints not
  // every frame, but the first and the last.
  const times = presentationTimes(log);
  const stamped = recorder.stampedFrames(1).map((frame) => frame.device_time_us / 1000);
  expect(Math.abs(times[0]! - stamped[1]!)).toBeLessThan(1000);
  expect(Math.abs(times.at(-1)! - stamped.at(-1)!)).toBeLessThan(1000);
});
