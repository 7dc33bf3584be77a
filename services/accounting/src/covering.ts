import type { Span } from '@minhchung/domain';
import type { CountWish } from './counted.ts';

/** What a report was asked to cover. */
export interface Covering {
  readonly unit_id?: string | undefined;
  readonly from_ms?: number | undefined;
  readonly to_ms?: number | undefined;
  /** Read under the map of this date; undefined: under each unit as it was. */
  readonly as_of_ms?: number | undefined;
}

/** The span asked for; undefined: all time. */
export function spanOf(covering: Covering): Span | undefined {
  const { from_ms, to_ms } = covering;
  if (from_ms === undefined && to_ms === undefined) return undefined;
  return { start_ms: from_ms ?? 0, end_ms: to_ms ?? Number.MAX_SAFE_INTEGER };
}

/** What counts are asked for by a reader of these units. */
export function countWish(scope: readonly string[], covering: Covering): CountWish {
  const { unit_id, as_of_ms } = covering;
  return { scope, unit_id, as_of_ms, span: spanOf(covering) };
}
