import { resolve } from 'node:path';
import { KEYFRAME_COUNT_MAX } from '../limits.ts';
import type { Scene } from './filter-graph.ts';
import type { PlannedFrame } from './frame-plan.ts';
import type { RecordedCodec } from './nal-units.ts';

/**
 * Arguments with which ffmpeg turns the strip on its standard input into coded pictures on its standard output
 * (Matroska, millisecond presentation times, decode order). Groups of pictures are closed, keyframes lie exactly
 * where planned, and SEI messages with buffering and picture timing are there, as in real cameras.
 */
export function encoderArguments(options: {
  readonly codec: RecordedCodec;
  readonly b_frames: number;
  readonly frames: readonly PlannedFrame[];
  readonly base_true_ms: number;
  readonly bitrate_kbps_max: number;
  readonly scene: Scene;
}): string[] {
  const keyframes = options.frames.filter((frame) => frame.is_keyframe);
  if (keyframes.length > KEYFRAME_COUNT_MAX)
    throw new RangeError(
      `${keyframes.length} keyframes are more than ${KEYFRAME_COUNT_MAX}: choose a longer gop_ms.`,
    );
  const keyframe_times = keyframes.map((frame) =>
    ((frame.true_time_ms - options.base_true_ms) / 1000).toFixed(3),
  );
  const scene_input =
    options.scene.kind === 'file' ? ['-stream_loop', '-1', '-i', `file:${resolve(options.scene.path)}`] : [];
  return [
    ...[
      '-hide_banner',
      '-nostats',
      '-v',
      'error',
      '-copyts',
      '-threads',
      '1',
      '-filter_complex_threads',
      '1',
    ],
    ...['-f', 'matroska', '-i', 'pipe:0', ...scene_input],
    ...['-filter_complex_script', 'graph.txt', '-map', '[out]'],
    ...['-frames:v', String(options.frames.length), '-fps_mode', 'passthrough', '-enc_time_base', '1:1000'],
    ...['-force_key_frames', keyframe_times.join(','), '-forced-idr', '1', '-g', '100000'],
    ...(options.codec === 'h264' ? x264(options) : x265(options)),
    ...['-threads', '1', '-avoid_negative_ts', 'disabled', '-flush_packets', '1', '-f', 'matroska', 'pipe:1'],
  ];
}

function x264({ b_frames, bitrate_kbps_max }: { b_frames: number; bitrate_kbps_max: number }): string[] {
  const params = [
    `bframes=${b_frames}:b-adapt=0:scenecut=0:open-gop=0:rc-lookahead=0:sync-lookahead=0:mbtree=0:qpmax=36`,
    `nal-hrd=vbr:vbv-maxrate=${bitrate_kbps_max}:vbv-bufsize=${bitrate_kbps_max}`,
  ];
  return ['-c:v', 'libx264', '-preset', 'superfast', '-crf', '26', '-x264-params', params.join(':')];
}

function x265({ b_frames, bitrate_kbps_max }: { b_frames: number; bitrate_kbps_max: number }): string[] {
  const params = [
    `bframes=${b_frames}:b-adapt=0:scenecut=0:open-gop=0:log-level=error:pools=none:frame-threads=1:qpmax=38`,
    `hash=1:hrd=1:vbv-maxrate=${bitrate_kbps_max}:vbv-bufsize=${bitrate_kbps_max}`,
  ];
  return ['-c:v', 'libx265', '-preset', 'ultrafast', '-crf', '28', '-x265-params', params.join(':')];
}
