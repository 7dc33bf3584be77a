import type { Span } from '@minhchung/domain';

/** What a report was asked to cover. */
export interface Covering {
  readonly unit_id?: string | undefined;
  readonly from_ms?: number | undefined;
  readonly to_ms?: number | undefined;
}

/** The span asked for; undefined: all time. */
export function spanOf(covering: Covering): Span | undefined {
  const { from_ms, to_ms } = covering;
  if (from_ms === undefined && to_ms === undefined) return undefined;
  return { start_ms: from_ms ?? 0, end_ms: to_ms ?? Number.MAX_SAFE_INTEGER };
}
