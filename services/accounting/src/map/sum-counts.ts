import type { Counts } from '@minhchung/store';

/** No requests, no items. */
export const NO_COUNTS: Counts = {
  requests: 0,
  requested: 0,
  approved: 0,
  delivered: 0,
  archived: 0,
  partial: 0,
  no_footage: 0,
  not_obtained: 0,
  waiting: 0,
  refused: 0,
  cancelled: 0,
  failed: 0,
  unconfirmed: 0,
  delivered_then_refused: 0,
  notices_delayed: 0,
  notices_still_delayed: 0,
};

const NAMES = Object.keys(NO_COUNTS) as readonly (keyof Counts)[];

/** Both together, figure by figure; `times` -1 takes the second away. */
export function sumCounts(a: Counts, b: Partial<Counts>, times: 1 | -1 = 1): Counts {
  const figures = NAMES.map((name) => [name, a[name] + times * (b[name] ?? 0)] as const);
  return Object.fromEntries(figures) as unknown as Counts;
}

/** True when every figure is nought. */
export function isNothing(counts: Counts): boolean {
  return NAMES.every((name) => counts[name] === 0);
}
