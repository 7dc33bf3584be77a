import {
  type Boundary,
  boundaryOfText,
  CodedError,
  UNITS_MAX,
  type Unit,
  type UnitMap,
  unitMap,
} from '@minhchung/domain';
import type { PageRequest, Store } from '@minhchung/store';

const ROWS = 200;

/**
 * The map of units at a time: every unit, and the drawings that count now. Memory: the drawings, about 8 bytes a
 * corner; a city has some hundred kilobytes, the country some tens of megabytes. Throws `UNITS_TOO_MANY`.
 */
export async function loadUnitMap(
  store: Pick<Store, 'units' | 'boundaries'>,
  at_ms: number,
): Promise<UnitMap> {
  const units: Unit[] = [];
  for await (const unit of everyRow((page) => store.units.list(page))) {
    units.push(unit);
    if (units.length > UNITS_MAX) throw new CodedError('UNITS_TOO_MANY', { units_max: UNITS_MAX });
  }
  const boundaries = new Map<string, Boundary>();
  for await (const { unit_id, geometry } of everyRow((page) => store.boundaries.list(page))) {
    boundaries.set(unit_id, boundaryOfText(geometry));
  }
  return unitMap(units, boundaries, at_ms);
}

async function* everyRow<T>(
  list: (page: PageRequest) => Promise<{ readonly rows: readonly T[]; readonly next: string | null }>,
): AsyncGenerator<T> {
  let after: string | null = null;
  do {
    const page: { readonly rows: readonly T[]; readonly next: string | null } = await list({
      limit: ROWS,
      after,
    });
    yield* page.rows;
    after = page.next;
  } while (after !== null);
}
