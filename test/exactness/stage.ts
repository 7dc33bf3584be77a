import type { ClockOffsetEstimate, Span } from '@minhchung/domain';
import type { RecordedFootage } from '@minhchung/testkit';
import type { ExactnessCase } from './factors.ts';

/**
 * What happens in every recording, in true time: 36 seconds of footage, a file border about every ten seconds, and,
 * where the case says so, a clock that is set and a stretch that was never recorded.
 */
export const STAGE = {
  start_ms: Date.UTC(2026, 10, 20, 1, 0, 0),
  duration_ms: 36_000,
  /** A recorder begins a new file at the first keyframe after this. */
  segment_ms: 10_000,
  /** At this instant the clock is set. */
  set_at_ms: Date.UTC(2026, 10, 20, 1, 0, 15),
  hole: { start_ms: Date.UTC(2026, 10, 20, 1, 0, 22), end_ms: Date.UTC(2026, 10, 20, 1, 0, 27) },
  /** From the last reading of a clock before it was set to the first one after, on both sides. */
  unread_ms: 1500,
  /** What is known of an offset lies this far below and above the truth: not symmetric, so that no sign goes unseen. */
  known_below_ms: 55,
  known_above_ms: 25,
} as const;

const HOUR_MS = 3_600_000;
const READINGS_AROUND_MS = 60_000;

const OFFSETS_MS: Readonly<Record<ExactnessCase['offset'], readonly [before: number, after: number]>> = {
  '-3h': [-3 * HOUR_MS, -3 * HOUR_MS],
  '-37.4s': [-37_400, -37_400],
  '0': [0, 0],
  '+41min': [41 * 60_000, 41 * 60_000],
  '+3h': [3 * HOUR_MS, 3 * HOUR_MS],
  'set-forward': [20_000, 115_000],
  'set-back': [20_000, -17_400],
};

/** The offset of a case's clock before and from `STAGE.set_at_ms` on; equal where the clock is not set. */
export function offsetsOf({ offset }: Pick<ExactnessCase, 'offset'>): {
  before_ms: number;
  after_ms: number;
} {
  const [before_ms, after_ms] = OFFSETS_MS[offset];
  return { before_ms, after_ms };
}

export function isClockSet({ offset }: Pick<ExactnessCase, 'offset'>): boolean {
  return offset === 'set-forward' || offset === 'set-back';
}

/** What the readings of the clock say: a history as the poller keeps it, the truth within its bounds. */
export function clockHistory(one: Pick<ExactnessCase, 'offset'>): ClockOffsetEstimate[] {
  const { before_ms, after_ms } = offsetsOf(one);
  const first_ms = STAGE.start_ms - READINGS_AROUND_MS;
  const last_ms = STAGE.start_ms + STAGE.duration_ms + READINGS_AROUND_MS;
  if (!isClockSet(one)) return [estimate(before_ms, 'first', first_ms, last_ms)];
  return [
    estimate(before_ms, 'first', first_ms, STAGE.set_at_ms - STAGE.unread_ms),
    estimate(after_ms, 'step', STAGE.set_at_ms + STAGE.unread_ms, last_ms),
  ];
}

/** What the recorder of a case never recorded, true time. */
export function holesOf({ span }: Pick<ExactnessCase, 'span'>): Span[] {
  return span === 'over-hole' ? [STAGE.hole] : [];
}

/** The span that is asked for, true time. Where the clock is set, that instant lies within it. */
export function wantedSpan(one: ExactnessCase, footage: RecordedFootage): Span {
  const { start_ms: start, hole, set_at_ms: set, duration_ms } = STAGE;
  const end = start + duration_ms;
  const is_set = isClockSet(one);
  const border = is_set ? set : firstBorder(footage);
  switch (one.span) {
    case 'plain':
      return is_set ? span(set - 2_700, set + 2_900) : span(start + 4_300, start + 8_100);
    case 'file-border':
      return span(border - 1_700, border + 2_100);
    case 'over-hole':
      return span(is_set ? set - 1_300 : hole.start_ms - 1_700, hole.end_ms + 2_400);
    case 'within-gop':
      return is_set ? span(set - 200, set + 250) : span(border + 300, border + 750);
    case 'one-frame':
      return oneFrame(footage, is_set ? set : border + 400);
    case 'oldest-edge':
      return span(start - 3_000, is_set ? set + 1_500 : start + 2_500);
    case 'newest-edge':
      return span(is_set ? set - 1_500 : end - 2_500, end + 3_000);
  }
}

function firstBorder(footage: RecordedFootage): number {
  const from_ms = STAGE.start_ms + STAGE.segment_ms;
  return footage.frames.find((frame) => frame.is_keyframe && frame.true_time_ms >= from_ms)!.true_time_ms;
}

function oneFrame(footage: RecordedFootage, from_ms: number): Span {
  const times = footage.frames.map(({ true_time_ms }) => true_time_ms).sort((a, b) => a - b);
  const n = times.findIndex((time_ms) => time_ms >= from_ms);
  return span(times[n]!, times[n + 1]!);
}

function estimate(
  offset_ms: number,
  began_as: ClockOffsetEstimate['began_as'],
  first_reading_ms: number,
  last_reading_ms: number,
): ClockOffsetEstimate {
  const min_ms = offset_ms - STAGE.known_below_ms;
  const max_ms = offset_ms + STAGE.known_above_ms;
  const readings = { first_reading_ms, last_reading_ms, epoch_from_ms: first_reading_ms, readings: 6 };
  return { ...readings, min_ms, max_ms, began_as, method: 'onvif_utc' };
}

function span(start_ms: number, end_ms: number): Span {
  return { start_ms, end_ms };
}
