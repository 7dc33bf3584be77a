import type { FrameTimeSource, StartRule } from '../vocabulary/playback.ts';
import { judgeStamps, START_TOLERANCE_MS, type StampFault } from './judge-stamps.ts';
import { leadOfMeaning_ms, type TimeMeaning, zonesToConsider } from './meanings.ts';
import {
  type EdgeTrial,
  firstStamp_ms,
  keyframeInterval_ms,
  type SeenPair,
  type SeenPlay,
} from './observed.ts';
import { type MeaningFault, settleMeaning } from './settle-meaning.ts';
import { countedResolution_ms, startBounds, startRuleOf } from './start-bounds.ts';

/** What a person read: the first picture of a play that was asked for `written_ms` showed this clock. */
export interface ShownTime {
  readonly written_ms: number;
  /** Milliseconds since 1970 of the clock in the picture, as if it were UTC; whole seconds. */
  readonly shown_ms: number;
}

/** Everything one calibration saw. */
export interface CalibrationEvidence {
  readonly trials: readonly EdgeTrial<TimeMeaning>[];
  /** Of different times of day, on different dates. */
  readonly pairs: readonly SeenPair[];
  readonly readings: readonly ShownTime[];
  /** Minutes; null: the device does not say. */
  readonly stated_zone_min: number | null;
}

/** What of a finding follows from the evidence. */
export interface JudgedTimes extends TimeMeaning {
  readonly frame_times: FrameTimeSource;
  readonly frame_offset_min: number;
  readonly start_rule: StartRule;
  readonly keyframe_interval_ms: number;
  readonly time_resolution_ms: number;
  readonly nothing_answer: string | null;
  readonly method: 'frame_times' | 'picture_reading';
}

export type CalibrationVerdict =
  | { readonly kind: 'settled'; readonly times: JudgedTimes }
  | { readonly kind: 'ambiguous'; readonly fault: MeaningFault | 'stamps_of_no_zone' }
  /** The meaning is clear, but what the device sends is no time of its pictures: a person must read it. */
  | { readonly kind: 'needs_reading'; readonly fault: StampFault }
  | { readonly kind: 'reading_contradicts' };

/** Zones differ by quarters of an hour. */
const ZONE_STEP_MIN = 15;
/** Readings that are needed, of different dates or hours. */
const READINGS_MIN = 2;
const READINGS_APART_MS = 3_600_000;

/** What the evidence proves, and nothing more. */
export function judgeCalibration(evidence: CalibrationEvidence): CalibrationVerdict {
  const plays = evidence.pairs.flat();
  const keyframe_interval_ms = keyframeInterval_ms(plays);
  const stamps = judgeStamps(evidence.pairs);
  const tolerance_ms = keyframe_interval_ms + START_TOLERANCE_MS;
  const usual_ms = stamps.kind === 'trusted' ? stamps.leads_ms[0]! : null;
  const came = (play: SeenPlay): boolean => {
    if (play.nothing !== null) return false;
    const stamp_ms = firstStamp_ms(play);
    // Something came, but of another time than asked for: the nearest it has.
    return (
      usual_ms === null ||
      (stamp_ms !== null && isNear(stamp_ms - play.written_ms, usual_ms, 2 * tolerance_ms))
    );
  };
  const verdict = settleMeaning(evidence.trials, came);
  if (verdict.kind === 'ambiguous') return { kind: 'ambiguous', fault: verdict.fault };
  const { meaning } = verdict;
  const zones_min = [0, ...zonesToConsider(evidence.stated_zone_min)];
  const common = {
    ...meaning,
    keyframe_interval_ms,
    nothing_answer: nothingAnswer(evidence.trials, meaning),
  };
  if (stamps.kind === 'untrusted') {
    return judgeReadings(evidence.readings, common, stamps.fault, zones_min);
  }
  const ahead_ms = stamps.leads_ms.map((lead_ms) => lead_ms + leadOfMeaning_ms(meaning));
  const frame_offset_min = zoneOf(ahead_ms, zones_min, tolerance_ms);
  if (frame_offset_min === null) return { kind: 'ambiguous', fault: 'stamps_of_no_zone' };
  const distances_ms = ahead_ms.map((ms) => ms - frame_offset_min * 60_000);
  const spread_ms = Math.ceil(stamps.spread_ms);
  return {
    kind: 'settled',
    times: {
      ...common,
      frame_times: 'stamped',
      frame_offset_min,
      start_rule: startRuleOf(distances_ms),
      // What agrees to the millisecond is exact; anything more counts on both sides.
      time_resolution_ms: spread_ms <= 1 ? 0 : 2 * spread_ms,
      method: 'frame_times',
    },
  };
}

function judgeReadings(
  readings: readonly ShownTime[],
  common: TimeMeaning & Pick<JudgedTimes, 'keyframe_interval_ms' | 'nothing_answer'>,
  fault: StampFault,
  zones_min: readonly number[],
): CalibrationVerdict {
  const { keyframe_interval_ms } = common;
  const times = readings.map(({ written_ms }) => written_ms);
  const is_enough =
    readings.length >= READINGS_MIN && Math.max(...times) - Math.min(...times) >= READINGS_APART_MS;
  if (!is_enough) return { kind: 'needs_reading', fault };
  const tolerance_ms = keyframe_interval_ms + START_TOLERANCE_MS;
  const ahead_ms = readings.map((one) => one.shown_ms - one.written_ms + leadOfMeaning_ms(common));
  const zone_min = zoneOf(ahead_ms, zones_min, tolerance_ms);
  if (zone_min === null) return { kind: 'reading_contradicts' };
  const start_rule = ruleRead(ahead_ms.map((ms) => ms - zone_min * 60_000));
  const { low_ms, high_ms } = startBounds(start_rule, keyframe_interval_ms);
  const is_within = ahead_ms.every((ms) => {
    const distance_ms = ms - zone_min * 60_000;
    return distance_ms + 1_000 > low_ms && distance_ms < high_ms;
  });
  if (!is_within) return { kind: 'reading_contradicts' };
  return {
    kind: 'settled',
    times: {
      ...common,
      frame_times: 'counted',
      frame_offset_min: 0,
      start_rule,
      time_resolution_ms: countedResolution_ms(start_rule, keyframe_interval_ms),
      method: 'picture_reading',
    },
  };
}

/** A reading is of a whole second, so it speaks for a side only when it lies beyond one. */
function ruleRead(distances_ms: readonly number[]): StartRule {
  const is_before = distances_ms.some((one) => one < -1_000);
  const is_after = distances_ms.some((one) => one > 1_000);
  if (is_before === is_after) return 'unknown';
  return is_before ? 'keyframe_before' : 'keyframe_after';
}

/** The zone, in minutes, that all these leads have in common; null where they lie near none. */
function zoneOf(
  ahead_ms: readonly number[],
  zones_min: readonly number[],
  tolerance_ms: number,
): number | null {
  const middle_ms = (Math.max(...ahead_ms) + Math.min(...ahead_ms)) / 2;
  // Added to 0 so that what is a little before UTC is not kept as −0.
  const zone_min = 0 + Math.round(middle_ms / 60_000 / ZONE_STEP_MIN) * ZONE_STEP_MIN;
  if (!zones_min.includes(zone_min)) return null;
  return ahead_ms.every((ms) => isNear(ms, zone_min * 60_000, tolerance_ms)) ? zone_min : null;
}

/** How the device says that it holds nothing, from what it said of the future. */
function nothingAnswer(trials: readonly EdgeTrial<TimeMeaning>[], meaning: TimeMeaning): string | null {
  return trials.find((one) => one.meaning === meaning)?.future.nothing ?? null;
}

function isNear(value_ms: number, wanted_ms: number, tolerance_ms: number): boolean {
  return Math.abs(value_ms - wanted_ms) <= tolerance_ms;
}
