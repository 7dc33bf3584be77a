import type { RecordingTimeline, StampedUnit } from '../device/recording-timeline.ts';

/** The units of one file, in decode order; the first is a keyframe and the earliest. */
export type SegmentPlan = readonly StampedUnit[];

/**
 * Cuts a timeline into files as recorders do: at the first keyframe after `segment_ms`, and at the first keyframe
 * after a hole or a step of the clock.
 */
export function planSegments(timeline: RecordingTimeline, segment_ms: number): SegmentPlan[] {
  const segments: StampedUnit[][] = [];
  let interrupted = false;
  for (const unit of timeline.units) {
    const current = segments.at(-1);
    interrupted ||= unit.discontinuity;
    const is_full = current !== undefined && unit.true_time_ms - current[0]!.true_time_ms >= segment_ms;
    if (unit.is_keyframe && (!current || interrupted || is_full)) {
      segments.push([unit]);
      interrupted = false;
    } else current?.push(unit);
  }
  return segments;
}
