import { leadOfMeaning_ms, type TimeMeaning } from './meanings.ts';
import type { EdgeTrial } from './observed.ts';

/** Why no meaning could be settled. */
export type MeaningFault = 'none_fits' | 'several_fit';

export type MeaningVerdict =
  | { readonly kind: 'settled'; readonly meaning: TimeMeaning }
  | { readonly kind: 'ambiguous'; readonly fault: MeaningFault; readonly fitting: readonly TimeMeaning[] };

/**
 * What a device takes written times for, judged at the one instant that is known of every recorder: its present. It
 * cannot hold the future. The right meaning is the one under which it plays what was recorded minutes ago and has
 * nothing of the minutes to come; under a wrong one, hours away, it either has nothing of the "past" or plays the
 * "future". Stamps alone cannot tell: a device that reads UTC and stamps UTC looks like one that reads local time
 * and stamps local time.
 *
 * `came` says whether a play gave what it was asked for.
 */
export function settleMeaning(
  trials: readonly EdgeTrial<TimeMeaning>[],
  came: (play: EdgeTrial<TimeMeaning>['past']) => boolean,
): MeaningVerdict {
  const fitting = trials
    .filter(({ past, future }) => came(past) && !came(future))
    .map(({ meaning }) => meaning);
  const leads = new Set(fitting.map(leadOfMeaning_ms));
  const [meaning] = fitting;
  if (meaning === undefined) return { kind: 'ambiguous', fault: 'none_fits', fitting };
  if (leads.size > 1) return { kind: 'ambiguous', fault: 'several_fit', fitting };
  return { kind: 'settled', meaning };
}
