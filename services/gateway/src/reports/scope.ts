import { LIMITS, parseVietnam, type Span } from '@minhchung/domain';
import type { Store } from '@minhchung/store';
import { unitByCode } from '../people/unit-by-code.ts';
import { everyRow } from './every.ts';

/** Ids of the unit with all below it, or of every unit there is. Throws `UNKNOWN_UNIT`. */
export async function unitIdsOf(store: Store, unit_code: string | undefined): Promise<readonly string[]> {
  if (unit_code !== undefined) return store.units.descendantIds((await unitByCode(store, unit_code)).id);
  return (await everyRow((page) => store.units.list(page))).map((unit) => unit.id);
}

/** The span between two times as written in Vietnam; null when neither is given. Throws `TIME_INVALID`. */
export function spanBetween(from: string | undefined, to: string | undefined, now_ms: number): Span | null {
  if (from === undefined && to === undefined) return null;
  return {
    start_ms: from === undefined ? LIMITS.time_earliest_ms : parseVietnam(from),
    end_ms: to === undefined ? now_ms : parseVietnam(to),
  };
}
