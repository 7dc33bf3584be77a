/**
 * Polls tell that a clock was set between two readings. The frames tell it better: their device times jump where it
 * happened. Placing the step there leaves a moment in doubt instead of the minutes between the readings.
 */
import {
  type ClockOffsetEstimate,
  CodedError,
  driftBound_ppm,
  driftOver_ms,
  type FootageSource,
  runsBetweenSteps,
  type Span,
  spansOverlap,
} from '@minhchung/domain';
import { offsetIn, type SearchConditions } from './searches.ts';

/** More footage than this is not read for a hint. */
const SURVEY_MS_MAX = 30 * 60_000;

export interface SurveyContext {
  readonly source: FootageSource;
  readonly gap_min_ms: number;
  readonly signal: AbortSignal;
}

/** Two neighbouring frames between which device time jumps, microseconds; forwards farther than a break may be. */
interface Jump {
  readonly before_us: number;
  readonly after_us: number;
}

/**
 * The history of a clock with every step that meets the approved span placed where the frames show it. A step that
 * they do not show beyond doubt stays between its readings.
 */
export async function placeSteps(
  approved: Span,
  history: readonly ClockOffsetEstimate[],
  conditions: SearchConditions,
  context: SurveyContext,
): Promise<readonly ClockOffsetEstimate[]> {
  const runs = runsBetweenSteps(history).map((run) => [...run]);
  const reckoned = { ...conditions, bound_ppm: driftBound_ppm(history, conditions.drift_ppm) };
  for (const [n, after] of runs.entries()) {
    const before = runs[n - 1];
    if (before === undefined) continue;
    const last = before.at(-1)!;
    const first = after[0]!;
    const between = { start_ms: last.last_reading_ms, end_ms: first.first_reading_ms };
    if (between.start_ms >= between.end_ms || !spansOverlap(between, approved)) continue;
    const offset_before = offsetIn(before, between, reckoned);
    const offset_after = offsetIn(after, between, reckoned);
    const jump = await findJump(between, offset_before, offset_after, context);
    if (jump === null) continue;
    const start_ms = Math.floor(jump.before_us / 1000 - offset_before.max_ms);
    const end_ms = Math.ceil(jump.after_us / 1000 - offset_after.min_ms);
    if (start_ms >= between.end_ms || end_ms <= between.start_ms || start_ms >= end_ms) continue;
    const from_ms = Math.max(start_ms, between.start_ms);
    const drift_ms = driftOver_ms(from_ms - last.last_reading_ms, reckoned.bound_ppm);
    before[before.length - 1] = {
      ...last,
      last_reading_ms: from_ms,
      min_ms: Math.floor(last.min_ms - drift_ms),
      max_ms: Math.ceil(last.max_ms + drift_ms),
    };
    after[0] = { ...first, first_reading_ms: Math.min(end_ms, between.end_ms) };
  }
  return runs.flat();
}

interface Bounds {
  readonly min_ms: number;
  readonly max_ms: number;
}

/**
 * The jump that is the step, or null. Backwards there is no other reason for one. Forwards a break in the recording
 * looks the same: so the whole time in which the clock was set must be covered, with this one break in it.
 */
async function findJump(
  between: Span,
  before: Bounds,
  after: Bounds,
  { source, gap_min_ms, signal }: SurveyContext,
): Promise<Jump | null> {
  const step = { min_ms: after.min_ms - before.max_ms, max_ms: after.max_ms - before.min_ms };
  const is_back = step.max_ms < 0;
  if (!is_back && step.min_ms <= gap_min_ms) return null;
  const window = {
    start_ms: between.start_ms + Math.min(before.min_ms, after.min_ms),
    end_ms: between.end_ms + Math.max(before.max_ms, after.max_ms),
  };
  // Forwards there is nothing in between that could be read; backwards both sides overlap.
  const read_ms = between.end_ms - between.start_ms + (is_back ? -step.min_ms : 0);
  if (read_ms > SURVEY_MS_MAX) return null;
  const { back, forward, first_us, last_us } = await survey(source, window, gap_min_ms, signal);
  if (is_back) {
    const [only, ...others] = back;
    const is_it = only !== undefined && others.length === 0 && couldBe(only, step);
    return is_it ? only : null;
  }
  const [only, ...others] = forward;
  const covers_all =
    first_us / 1000 <= between.start_ms + before.max_ms + gap_min_ms &&
    last_us / 1000 >= between.end_ms + after.min_ms - gap_min_ms;
  const is_it = only !== undefined && others.length === 0 && back.length === 0 && couldBe(only, step);
  return covers_all && is_it ? only : null;
}

/** A pause while the clock was set makes a jump longer by itself, never shorter. */
function couldBe({ before_us, after_us }: Jump, step: Bounds): boolean {
  return (after_us - before_us) / 1000 >= step.min_ms;
}

async function survey(source: FootageSource, window: Span, gap_min_ms: number, signal: AbortSignal) {
  const back: Jump[] = [];
  const forward: Jump[] = [];
  let first_us = Number.POSITIVE_INFINITY;
  let newest_us = Number.NEGATIVE_INFINITY;
  for await (const event of source.read(window, signal)) {
    if (signal.aborted) throw new CodedError('CANCELLED');
    if (event.type !== 'packet') continue;
    const { device_time_us, is_keyframe } = event.packet;
    if (first_us === Number.POSITIVE_INFINITY) first_us = device_time_us;
    else if (is_keyframe && device_time_us <= newest_us) {
      back.push({ before_us: newest_us, after_us: device_time_us });
      newest_us = device_time_us;
    } else if (device_time_us - newest_us > gap_min_ms * 1000) {
      forward.push({ before_us: newest_us, after_us: device_time_us });
    }
    newest_us = Math.max(newest_us, device_time_us);
  }
  return { back, forward, first_us, last_us: newest_us };
}
