import type { Span } from '@minhchung/domain';
import type { RecordedFootage } from '../recorded-video/recorded-footage.ts';
import type { DeviceClock } from '../time/device-clock.ts';

/** One held access unit, as the recorder stamps it. */
export interface StampedUnit {
  /** Position in `footage.frames`. */
  readonly index: number;
  readonly true_time_ms: number;
  /** Presentation time on the device's clock, exactly as it is sent. */
  readonly device_time_us: number;
  readonly is_keyframe: boolean;
  /** First unit after a hole or a step of the clock. */
  readonly discontinuity: boolean;
}

/** A run of units `[from, to)` without a break; its span is device time, rounded outward to milliseconds. */
export interface Section {
  readonly from: number;
  readonly to: number;
  readonly device_span: Span;
}

/** What a recorder holds of a channel, in decode order. */
export interface RecordingTimeline {
  readonly units: readonly StampedUnit[];
  readonly sections: readonly Section[];
}

/** What is missing from a recording although the camera once took it; true time. */
export interface MissingFootage {
  readonly holes: readonly Span[];
  /** Everything before it is overwritten; null when all is held. */
  readonly holds_from_true_ms: number | null;
}

/**
 * Works out what is held and how it is stamped. After something missing, units follow from the next keyframe on.
 *
 * A step of the clock splits the recording where the first unit is stamped by the new time. Record footage with
 * a keyframe there (`keyframes_at_true_ms`), as recorders do when they begin a new file.
 */
export function recordingTimeline(
  footage: RecordedFootage,
  clock: DeviceClock,
  missing: MissingFootage,
): RecordingTimeline {
  const units: StampedUnit[] = [];
  let broken = true;
  let offset_ms: number | null = null;
  for (const [index, frame] of footage.frames.entries()) {
    const { true_time_ms, is_keyframe } = frame;
    if (isMissing(true_time_ms, missing)) broken = true;
    if (isMissing(true_time_ms, missing) || (broken && !is_keyframe)) continue;
    const frame_offset_ms = clock.offsetAt(true_time_ms);
    const discontinuity = broken || frame.starts_section || frame_offset_ms !== offset_ms;
    broken = false;
    offset_ms = frame_offset_ms;
    const device_time_us = (true_time_ms + frame_offset_ms) * 1000;
    units.push({ index, true_time_ms, device_time_us, is_keyframe, discontinuity });
  }
  return { units, sections: sectionsOf(units, 1000 / footage.fps) };
}

/**
 * Units to send for a device span, as ranges `[from, to)` in decode order: from the keyframe at or before the
 * start, through the last unit presented before the end, for every section that has a frame within.
 */
export function unitsWithin(timeline: RecordingTimeline, device_span: Span): { from: number; to: number }[] {
  const { units } = timeline;
  const start_us = device_span.start_ms * 1000;
  const end_us = device_span.end_ms * 1000;
  const ranges: { from: number; to: number }[] = [];
  for (const section of timeline.sections) {
    let from = section.from;
    let to = section.from;
    let meets = false;
    for (let n = section.from; n < section.to; n++) {
      const unit = units[n]!;
      if (unit.is_keyframe && unit.device_time_us <= start_us) from = n;
      if (unit.device_time_us < end_us) to = n + 1;
      if (unit.device_time_us >= start_us && unit.device_time_us < end_us) meets = true;
    }
    while (from > 0 && !units[from]!.is_keyframe) from--;
    const previous = ranges.at(-1);
    if (!meets) continue;
    if (previous && from < previous.to) previous.to = to;
    else ranges.push({ from, to });
  }
  return ranges;
}

function isMissing(true_time_ms: number, { holes, holds_from_true_ms }: MissingFootage): boolean {
  if (holds_from_true_ms !== null && true_time_ms < holds_from_true_ms) return true;
  return holes.some((hole) => hole.start_ms <= true_time_ms && true_time_ms < hole.end_ms);
}

function sectionsOf(units: readonly StampedUnit[], frame_ms: number): Section[] {
  const starts = units.flatMap((unit, n) => (unit.discontinuity ? [n] : []));
  return starts.map((from, n) => {
    const to = starts[n + 1] ?? units.length;
    let first_us = Number.POSITIVE_INFINITY;
    let last_us = Number.NEGATIVE_INFINITY;
    for (const unit of units.slice(from, to)) {
      first_us = Math.min(first_us, unit.device_time_us);
      last_us = Math.max(last_us, unit.device_time_us);
    }
    const device_span = {
      start_ms: Math.floor(first_us / 1000),
      end_ms: Math.ceil(last_us / 1000 + frame_ms),
    };
    return { from, to, device_span };
  });
}
