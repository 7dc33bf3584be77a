import { execFile } from 'node:child_process';
import { join } from 'node:path';
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
  const { stdout } = await promisify(execFile)(
    'gst-launch-1.0',
    [
      ...[
        '-v',
        'rtspsrc',
        `location=${replayUri(recorder)}`,
        'protocols=tcp',
        'user-id=admin',
        `user-pw=${PASSWORD}`,
      ],
      ...[
        'onvif-mode=true',
        'is-live=true',
        'onvif-rate-control=true',
        '!',
        'rtph264depay',
        '!',
        'h264parse',
        '!',
      ],
      ...['video/x-h264,stream-format=byte-stream,alignment=au', '!', 'identity', 'silent=false', '!'],
      ...['filesink', `location=${path}`],
    ],
    { timeout: PLAYED_WITHIN_MS, killSignal: 'SIGKILL' },
  );
  expect(performance.now() - started_ms).toBeGreaterThan(2000);

  // Its jitter buffer cannot date the first access unit and throws it away, so decoding begins one group later.
  const second_keyframe = footage.frames.findIndex((frame, n) => n > 0 && frame.is_keyframe);
  const expected = footage.frames.slice(second_keyframe).map((frame) => frame.true_time_ms);
  const played: number[] = [];
  for await (const clock of readBurnedClocks(path, { format: 'h264' })) {
    expect(clock.valid).toBe(true);
    played.push(clock.true_time_ms);
  }
  expect(played).toEqual(expected);

  // It counts from the range that the server echoes, which recorders cut to whole seconds; and it prints not
  // every frame, but the first and the last.
  const times = presentationTimes(stdout);
  const stamped = recorder.stampedFrames(1).map((frame) => frame.device_time_us / 1000);
  expect(Math.abs(times[0]! - stamped[1]!)).toBeLessThan(1000);
  expect(Math.abs(times.at(-1)! - stamped.at(-1)!)).toBeLessThan(1000);
});
