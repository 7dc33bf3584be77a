import { sql } from 'kysely';
import { UNIT_DEPTH_MAX } from '../limits.ts';
import { inParts } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';

/** Levels walked up or down: a tree of units, and a change of the map at each of its levels. */
const STEPS_MAX = 2 * UNIT_DEPTH_MAX;

/** The units themselves and everything they went into. */
export function successionIds(db: Db, unit_ids: readonly string[]): Promise<string[]> {
  return walk(unit_ids, (ids) =>
    db.selectFrom('unit_successors').select('successor_id as id').where('unit_id', 'in', ids).execute(),
  );
}

/** See `UnitRepository.coveringIds`. */
export function coveringIds(db: Db, unit_id: string, at_ms: number): Promise<string[]> {
  return walk([unit_id], async (ids) => {
    const above = await db.selectFrom('units').select('parent_id as id').where('id', 'in', ids).execute();
    const heirs = await soleSuccessions(db, at_ms)
      .select('unit_successors.successor_id as id')
      .where('unit_successors.unit_id', 'in', ids)
      .execute();
    return [...above, ...heirs];
  });
}

/** See `UnitRepository.coveredIds`. */
export function coveredIds(db: Db, unit_id: string, at_ms: number): Promise<string[]> {
  return walk([unit_id], async (ids) => {
    const below = await db.selectFrom('units').select('id').where('parent_id', 'in', ids).execute();
    const taken_in = await soleSuccessions(db, at_ms)
      .select('unit_successors.unit_id as id')
      .where('unit_successors.successor_id', 'in', ids)
      .execute();
    return [...below, ...taken_in];
  });
}

/** Units that had ended by then and went into one other unit whole. A split one went into several. */
function soleSuccessions(db: Db, at_ms: number) {
  return db
    .selectFrom('unit_successors')
    .innerJoin('units', 'units.id', 'unit_successors.unit_id')
    .where('units.valid_to_ms', '<=', at_ms)
    .where(
      sql<boolean>`not exists (select 1 from unit_successors other
        where other.unit_id = unit_successors.unit_id and other.successor_id <> unit_successors.successor_id)`,
    );
}

async function walk(
  start_ids: readonly string[],
  next: (ids: readonly string[]) => Promise<readonly { readonly id: string | null }[]>,
): Promise<string[]> {
  const found = new Set(start_ids);
  let level: readonly string[] = start_ids;
  for (let step = 0; step < STEPS_MAX && level.length > 0; step += 1) {
    const rows = await inParts(level, next);
    level = [...new Set(rows.flatMap((row) => row.id ?? []))].filter((id) => !found.has(id));
    for (const id of level) found.add(id);
  }
  return [...found];
}
