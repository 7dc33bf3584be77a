import type { Span } from '../span.ts';
import { CAMERA_STATES, type CameraState, type Observation } from '../vocabulary/network.ts';
import type { Attestation } from '../vocabulary/owners.ts';

/** Milliseconds of a span that a camera spent in each state; together they are the span's length. */
export type TimeByState = Readonly<Record<CameraState, number>>;

/** A stretch of one state, as far as it was seen. */
export type SeenState = Pick<Observation, 'state' | 'from_ms' | 'until_ms'>;

/** Shares of a time; null where nothing is to be divided by. */
export interface Uptime {
  readonly span_ms: number;
  readonly by_state: TimeByState;
  /** Online or degraded. */
  readonly working_ms: number;
  /** All but `unknown`. */
  readonly known_ms: number;
  readonly working_of_all: number | null;
  readonly working_of_known: number | null;
}

/**
 * Time by state within the span, from intervals in order of their beginning. Between the last poll that saw a
 * state and the first that saw the next one the old state is taken to last, up to `gap_max_ms`; what is longer was
 * not watched and is `unknown`, as is the time before the first interval.
 */
export function timeByState(
  intervals: readonly SeenState[],
  span: Span,
  gap_max_ms: number,
): Record<CameraState, number> {
  const by_state = noTime();
  let told_ms = 0;
  intervals.forEach(({ state, from_ms, until_ms }, i) => {
    const next_ms = intervals[i + 1]?.from_ms ?? Number.POSITIVE_INFINITY;
    const end_ms = Math.min(next_ms, until_ms + gap_max_ms, span.end_ms);
    const length_ms = Math.max(0, end_ms - Math.max(from_ms, span.start_ms));
    by_state[state] += length_ms;
    told_ms += length_ms;
  });
  by_state.unknown += Math.max(0, span.end_ms - span.start_ms - told_ms);
  return by_state;
}

/** What attestations say of an `owner_only` camera, each good for `valid_ms` or until the next one. */
export function attestedStretches(
  attestations: readonly Pick<Attestation, 'at_ms' | 'works'>[],
  valid_ms: number,
): SeenState[] {
  const in_order = [...attestations].sort((a, b) => a.at_ms - b.at_ms);
  return in_order.map(({ at_ms, works }, i) => ({
    state: works ? 'online' : 'offline',
    from_ms: at_ms,
    until_ms: Math.min(at_ms + valid_ms, in_order[i + 1]?.at_ms ?? Number.POSITIVE_INFINITY),
  }));
}

/** The part of the span in which a camera was in the register; null: none of it. */
export function spanInUse(
  { created_at_ms, retired_at_ms }: { readonly created_at_ms: number; readonly retired_at_ms: number | null },
  span: Span,
): Span | null {
  const start_ms = Math.max(span.start_ms, created_at_ms);
  const end_ms = Math.min(span.end_ms, retired_at_ms ?? span.end_ms);
  return start_ms < end_ms ? { start_ms, end_ms } : null;
}

/** Times of several cameras added up. */
export function addTimes(total: Record<CameraState, number>, more: TimeByState): void {
  for (const state of CAMERA_STATES) total[state] += more[state];
}

export function noTime(): Record<CameraState, number> {
  return { online: 0, degraded: 0, offline: 0, refused: 0, unknown: 0 };
}

/** The shares, over both denominators. */
export function uptimeOf(by_state: TimeByState): Uptime {
  const span_ms = CAMERA_STATES.reduce((sum, state) => sum + by_state[state], 0);
  const working_ms = by_state.online + by_state.degraded;
  const known_ms = span_ms - by_state.unknown;
  const share = (of_ms: number) => (of_ms === 0 ? null : working_ms / of_ms);
  return {
    span_ms,
    by_state,
    working_ms,
    known_ms,
    working_of_all: share(span_ms),
    working_of_known: share(known_ms),
  };
}
