import type { Observation } from '../vocabulary/network.ts';
import type { FindingKind } from './finding.ts';

/** Kinds of trouble that a camera's state tells of, and how far the talk with its recorder came in each. */
const HOW_FAR = {
  address_not_allowed: 0,
  offline: 1,
  certificate_changed: 2,
  answers_wrongly: 3,
  credentials_refused: 4,
  not_recording: 5,
} as const satisfies Partial<Record<FindingKind, number>>;
export type StateTrouble = keyof typeof HOW_FAR;

export const STATE_TROUBLES = Object.keys(HOW_FAR) as StateTrouble[];
const ALL_WELL = 6;

/** What an observed state says is wrong; `none`: all is well; null: the state is not known. */
export function troubleOf({
  state,
  reason,
}: Pick<Observation, 'state' | 'reason'>): StateTrouble | 'none' | null {
  if (state === 'unknown') return null;
  if (state === 'online') return 'none';
  if (reason === 'address_not_allowed' || reason === 'certificate_changed') return reason;
  if (state === 'refused') return 'credentials_refused';
  if (state === 'offline') return 'offline';
  return reason === 'answers_wrongly' ? 'answers_wrongly' : 'not_recording';
}

/** How long a trouble lasts before it is a finding, and how long all is well before it is taken for mended. */
export interface Hysteresis {
  readonly open_after_ms: number;
  readonly mended_after_ms: number;
}

/**
 * `lasting`: a finding, since when, and how often it went away in between for a short while. `mended`: well for
 * long enough. `undecided`: neither; a finding that is open stays open, one that is not stays closed.
 */
export type TroubleCourse =
  | {
      readonly kind: 'lasting';
      readonly since_ms: number;
      readonly interruptions: number;
      readonly reason: string;
    }
  | { readonly kind: 'mended' }
  | { readonly kind: 'undecided' };

/**
 * The course of one trouble over a camera's last intervals (oldest first; the last one reaches to `at_ms`). States
 * in which the talk did not come far enough to tell (a recorder that is offline tells nothing of its password)
 * neither prolong nor mend it. A return shorter than `mended_after_ms` is an interruption, so that a camera that
 * comes and goes is one finding and not a flood.
 */
export function courseOf(
  trouble: StateTrouble,
  intervals: readonly Pick<Observation, 'state' | 'reason' | 'from_ms'>[],
  { open_after_ms, mended_after_ms }: Hysteresis,
  at_ms: number,
): TroubleCourse {
  const telling = stretchesOf(trouble, intervals, at_ms);
  const last = telling.at(-1);
  if (last === undefined) return { kind: 'undecided' };
  if (!last.is_trouble) {
    return { kind: at_ms - last.from_ms >= mended_after_ms ? 'mended' : 'undecided' };
  }
  let since_ms = last.from_ms;
  let interruptions = 0;
  for (let i = telling.length - 2; i >= 1; i -= 2) {
    const well = telling[i]!;
    const before = telling[i - 1]!;
    if (well.to_ms - well.from_ms >= mended_after_ms) break;
    since_ms = before.from_ms;
    interruptions += 1;
  }
  if (at_ms - since_ms < open_after_ms) return { kind: 'undecided' };
  return { kind: 'lasting', since_ms, interruptions, reason: last.reason };
}

interface Stretch {
  readonly is_trouble: boolean;
  readonly from_ms: number;
  readonly to_ms: number;
  readonly reason: string;
}

/** Alternating stretches with and without the trouble, of the intervals that tell of it. */
function stretchesOf(
  trouble: StateTrouble,
  intervals: readonly Pick<Observation, 'state' | 'reason' | 'from_ms'>[],
  at_ms: number,
): Stretch[] {
  const stretches: Stretch[] = [];
  intervals.forEach((interval, i) => {
    const found = troubleOf(interval);
    if (found === null) return;
    const how_far = found === 'none' ? ALL_WELL : HOW_FAR[found];
    if (how_far < HOW_FAR[trouble]) return;
    const is_trouble = found === trouble;
    const to_ms = intervals[i + 1]?.from_ms ?? at_ms;
    const last = stretches.at(-1);
    if (last?.is_trouble === is_trouble) {
      stretches[stretches.length - 1] = { ...last, to_ms, reason: interval.reason };
    } else stretches.push({ is_trouble, from_ms: interval.from_ms, to_ms, reason: interval.reason });
  });
  return stretches;
}
