import {
  type ClockOffsetEstimate,
  type ClockReadingMethod,
  deviceSpan,
  driftBound_ppm,
  type OffsetBasis,
  type OffsetInterval,
  offsetSurelyAt,
  runsBetweenSteps,
  type Span,
  spansOverlap,
} from '@minhchung/domain';

/** One question to a recorder: a part of the approved span, and what its clock may have called it. */
export interface Search {
  /** The part of the approved span, true time. */
  readonly span: Span;
  /** What `stated device time − true time` may have been while it was recorded. */
  readonly offset: OffsetInterval;
  readonly basis: OffsetBasis | 'assumed';
  readonly measured_at_ms: number | null;
  /** Of the readings the offset comes from; null: it was never read. */
  readonly method: ClockReadingMethod | null;
  readonly reading_count: number;
  /** The span widened by the offset's bounds, in the recorder's own time. */
  readonly device_span: Span;
  /** The clock was set back before, and what was recorded before that has some of the same device times. */
  readonly earlier_side: OtherSide | null;
  /** The clock was set back after, and what was recorded after that has some of the same device times. */
  readonly later_side: OtherSide | null;
}

/** The other side of a set-back, recorded under the same device times. */
export interface OtherSide {
  /** Device times that both sides can have: earlier ones are from before the set-back, later ones from after it. */
  readonly overlap: Span;
  /** Of the same part, had it been recorded on the other side. */
  readonly offset: OffsetInterval;
  readonly method: ClockReadingMethod;
  readonly reading_count: number;
}

export interface SearchConditions {
  /** As configured; more is reckoned with for a clock whose history shows that it is faster. */
  readonly drift_ppm: number;
  /** Bound on both sides of zero taken for a clock that nobody could measure. */
  readonly unknown_offset_margin_ms: number;
  /** How coarsely the source states its times: a stamp of `t` stands for `[t, t + resolution)`. */
  readonly time_resolution_ms: number;
}

type Run = readonly ClockOffsetEstimate[];

/** With the drift that the clock's whole history shows. */
type ReckonedConditions = SearchConditions & { readonly bound_ppm: number };

/**
 * What to ask a recorder for so that the approved span is surely inside, in order.
 *
 * One search where the clock ran on; one per stretch where it was set during the span; and where it was set at an
 * unknown moment within a stretch, one for each offset that may have held, rather than one over everything in
 * between, which would take footage nobody approved.
 */
export function planSearches(
  approved: Span,
  history: readonly ClockOffsetEstimate[],
  conditions: SearchConditions,
): Search[] {
  const { drift_ppm, unknown_offset_margin_ms } = conditions;
  const bound_ppm = driftBound_ppm(history, drift_ppm);
  const knowledge = offsetSurelyAt(history, approved, drift_ppm, bound_ppm);
  if (knowledge.kind === 'unknown') {
    const margin = { min_ms: -unknown_offset_margin_ms, max_ms: unknown_offset_margin_ms };
    const offset = asStated(margin, conditions);
    return [{ ...NEVER_READ, span: approved, offset, device_span: deviceSpan(approved, offset) }];
  }
  const runs = runsBetweenSteps(history);
  const reckoned = { ...conditions, bound_ppm };
  return knowledge.pieces.flatMap(({ span, basis, measured_at_ms, alternatives, min_ms, max_ms }) => {
    const last_run = runs.findIndex((run) => span.end_ms <= lastReading_ms(run));
    const run_after = last_run === -1 ? runs.length - 1 : last_run;
    const offsets = alternatives.length > 0 ? alternatives : [{ min_ms, max_ms }];
    return offsets.map((clock_offset, index): Search => {
      const run = run_after - (offsets.length - 1 - index);
      const offset = asStated(clock_offset, conditions);
      const device_span = deviceSpan(span, offset);
      const at = { span, offset, device_span };
      return {
        ...at,
        ...readingsOf(runs[run]!),
        basis,
        measured_at_ms,
        earlier_side: otherSide(at, runs[run]!, runs[run - 1], 'earlier', reckoned),
        later_side: otherSide(at, runs[run]!, runs[run + 1], 'later', reckoned),
      };
    });
  });
}

/** A search's part again, under each offset that it had on the other side of a set-back. */
export function otherSides(search: Search): Search[] {
  return [search.earlier_side, search.later_side]
    .filter((side) => side !== null)
    .map(({ offset, method, reading_count }) => ({
      ...search,
      basis: 'step_within',
      offset,
      method,
      reading_count,
      device_span: deviceSpan(search.span, offset),
      earlier_side: null,
      later_side: null,
    }));
}

const NEVER_READ = {
  basis: 'assumed',
  measured_at_ms: null,
  method: null,
  reading_count: 0,
  earlier_side: null,
  later_side: null,
} as const;

/** Null where the step between the runs was forward, or too far away for device times to meet. */
function otherSide(
  own: Pick<Search, 'span' | 'offset' | 'device_span'>,
  own_run: Run,
  other_run: Run | undefined,
  side: 'earlier' | 'later',
  conditions: ReckonedConditions,
): OtherSide | null {
  if (other_run === undefined) return null;
  const [before, after] = side === 'earlier' ? [other_run, own_run] : [own_run, other_run];
  const step = { start_ms: lastReading_ms(before), end_ms: after[0]!.first_reading_ms };
  const at_step = offsetIn(
    other_run,
    { ...step, end_ms: Math.max(step.end_ms, step.start_ms + 1) },
    conditions,
  );
  const [offset_before, offset_after] = side === 'earlier' ? [at_step, own.offset] : [own.offset, at_step];
  const overlap = {
    start_ms: step.start_ms + offset_after.min_ms,
    end_ms: step.end_ms + offset_before.max_ms,
  };
  const is_set_back = offset_after.min_ms < offset_before.max_ms;
  if (!is_set_back || !spansOverlap(overlap, own.device_span)) return null;
  return { overlap, offset: offsetIn(other_run, own.span, conditions), ...readingsOf(other_run) };
}

/** What the offset of one run may have been during a span, as its stamps state it. */
export function offsetIn(run: Run, span: Span, conditions: ReckonedConditions): OffsetInterval {
  const knowledge = offsetSurelyAt(run, span, conditions.drift_ppm, conditions.bound_ppm);
  if (knowledge.kind === 'unknown') throw new TypeError('a run has readings');
  return asStated(knowledge.pieces[0]!, conditions);
}

/** A stated time may lie up to one step of the naming before the stamp it stands for. Bounds stay whole. */
function asStated({ min_ms, max_ms }: OffsetInterval, conditions: SearchConditions): OffsetInterval {
  return { min_ms: Math.floor(min_ms - conditions.time_resolution_ms), max_ms };
}

function readingsOf(run: Run): { method: ClockReadingMethod; reading_count: number } {
  const reading_count = run.reduce((sum, { readings }) => sum + readings, 0);
  return { method: run.at(-1)!.method, reading_count };
}

function lastReading_ms(run: Run): number {
  return run.at(-1)!.last_reading_ms;
}
