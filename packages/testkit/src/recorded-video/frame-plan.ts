import type { Span } from '@minhchung/domain';
import { seededRandom } from './seeded-random.ts';

/** When frames are to be taken, all in true time. */
export interface FramePlanOptions {
  readonly start_true_ms: number;
  readonly duration_ms: number;
  readonly fps: number;
  /** Irregular frame times between 0.4 and 2.2 of the nominal interval, as cheap cameras deliver at night. */
  readonly variable_frame_rate: boolean;
  readonly gop_ms: number;
  /** True-time spans in which nothing was recorded. */
  readonly holes: readonly Span[];
  /** Instants at which a keyframe is wanted as well, e.g. where a recorder begins a new file. */
  readonly keyframes_at_true_ms: readonly number[];
  readonly seed: number;
}

export interface PlannedFrame {
  readonly true_time_ms: number;
  readonly is_keyframe: boolean;
  /** First frame of the footage or after a hole. */
  readonly starts_section: boolean;
}

/** Frames in presentation order, each at a whole millisecond, none twice. */
export function planFrames(options: FramePlanOptions): PlannedFrame[] {
  const frames: PlannedFrame[] = [];
  const wanted_keyframes = options.keyframes_at_true_ms.toSorted((a, b) => a - b);
  let last_keyframe_ms = Number.NEGATIVE_INFINITY;
  let in_hole = false;
  for (const true_time_ms of frameTimes(options)) {
    if (options.holes.some((hole) => hole.start_ms <= true_time_ms && true_time_ms < hole.end_ms)) {
      in_hole = true;
      continue;
    }
    const starts_section = frames.length === 0 || in_hole;
    in_hole = false;
    const asked = wanted_keyframes.length > 0 && wanted_keyframes[0]! <= true_time_ms;
    while (wanted_keyframes.length > 0 && wanted_keyframes[0]! <= true_time_ms) wanted_keyframes.shift();
    const is_keyframe = starts_section || asked || true_time_ms - last_keyframe_ms >= options.gop_ms;
    if (is_keyframe) last_keyframe_ms = true_time_ms;
    frames.push({ true_time_ms, is_keyframe, starts_section });
  }
  return frames;
}

function* frameTimes(options: FramePlanOptions): Generator<number> {
  const interval_ms = 1000 / options.fps;
  const end_ms = options.start_true_ms + options.duration_ms;
  const random = seededRandom(options.seed);
  let elapsed_ms = 0;
  for (let n = 0; ; n++) {
    const time_ms = options.start_true_ms + Math.round(elapsed_ms);
    if (time_ms >= end_ms) return;
    yield time_ms;
    elapsed_ms = options.variable_frame_rate
      ? elapsed_ms + Math.max(1, Math.round(interval_ms * (0.4 + 1.8 * random() ** 2)))
      : (n + 1) * interval_ms;
  }
}
