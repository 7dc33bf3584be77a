import {
  type Boundary,
  boundaryOfText,
  CodedError,
  UNITS_MAX,
  type Unit,
  type UnitMap,
  unitMap,
} from '@minhchung/domain';
import type { Page, PageRequest } from './paging.ts';
import type { Repositories } from './store.ts';

const ROWS = 200;

/**
 * Every unit there is or was, in order of code. Throws `UNITS_TOO_MANY` rather than fill memory with what cannot be
 * units.
 */
export async function loadUnits({ units }: Pick<Repositories, 'units'>): Promise<Unit[]> {
  const all: Unit[] = [];
  for await (const unit of everyRow((page) => units.list(page))) {
    all.push(unit);
    if (all.length > UNITS_MAX) throw new CodedError('UNITS_TOO_MANY', { units_max: UNITS_MAX });
  }
  return all;
}

/**
 * The map of units at a time, with every drawing that counts now. Memory: about 8 bytes a corner; a city has some
 * hundred kilobytes, the country some tens of megabytes. Throws `UNITS_TOO_MANY`.
 */
export async function loadUnitMap(
  repositories: Pick<Repositories, 'units' | 'boundaries'>,
  at_ms: number,
): Promise<UnitMap> {
  const units = await loadUnits(repositories);
  const boundaries = new Map<string, Boundary>();
  for await (const { unit_id, geometry } of everyRow((page) => repositories.boundaries.list(page))) {
    boundaries.set(unit_id, boundaryOfText(geometry));
  }
  return unitMap(units, boundaries, at_ms);
}

/** The same with the drawings of some units only. */
export async function loadUnitMapOf(
  repositories: Pick<Repositories, 'boundaries'>,
  units: readonly Unit[],
  drawn_unit_ids: readonly string[],
  at_ms: number,
): Promise<UnitMap> {
  const drawn = await repositories.boundaries.ofUnits(drawn_unit_ids);
  const boundaries = drawn.map(({ unit_id, geometry }) => [unit_id, boundaryOfText(geometry)] as const);
  return unitMap(units, new Map(boundaries), at_ms);
}

async function* everyRow<T>(list: (page: PageRequest) => Promise<Page<T>>): AsyncGenerator<T> {
  let after: string | null = null;
  do {
    const page: Page<T> = await list({ limit: ROWS, after });
    yield* page.rows;
    after = page.next;
  } while (after !== null);
}
