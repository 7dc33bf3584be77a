import { CodedError, type Unit } from '@minhchung/domain';
import { UNIT_DEPTH_MAX } from '../limits.ts';
import type { Page, PageRequest } from '../paging.ts';
import { atomically } from '../query/atomically.ts';
import { inParts } from '../query/conditions.ts';
import { type Db, insertNew } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import type { UnitTable } from '../schema/places.ts';

export interface UnitRepository {
  /** Throws `ALREADY_EXISTS` when the code is taken for an overlapping time. */
  create(unit: Unit): Promise<void>;
  byId(id: string): Promise<Unit | null>;
  /** The unit with this code at `at_ms`; without a time, the newest with this code. */
  byCode(code: string, at_ms?: number): Promise<Unit | null>;
  /** In order of code. */
  list(page: PageRequest): Promise<Page<Unit>>;
  /** Ids of the unit itself and of all above it, nearest first. */
  ancestorIds(unit_id: string): Promise<string[]>;
  /** Ids of the unit itself and of all below it. */
  descendantIds(unit_id: string): Promise<string[]>;
  /** True when `unit_id` is `ancestor_id` or lies below it. */
  isWithin(unit_id: string, ancestor_id: string): Promise<boolean>;
  /** Ends the unit's validity and names what follows it. */
  end(unit_id: string, valid_to_ms: number, successor_ids: readonly string[]): Promise<void>;
}

export function unitRepository(db: Db): UnitRepository {
  return {
    create: (unit) => atomically(db, (tx) => create(tx, unit)),

    async byId(id) {
      const row = await db.selectFrom('units').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : (await withSuccessors(db, [row]))[0]!;
    },

    async byCode(code, at_ms) {
      let query = db.selectFrom('units').selectAll().where('code', '=', code);
      if (at_ms !== undefined) {
        query = query
          .where('valid_from_ms', '<=', at_ms)
          .where((eb) => eb.or([eb('valid_to_ms', 'is', null), eb('valid_to_ms', '>', at_ms)]));
      }
      const row = await query.orderBy('valid_from_ms', 'desc').limit(1).executeTakeFirst();
      return row === undefined ? null : (await withSuccessors(db, [row]))[0]!;
    },

    async list(page) {
      const keys = keyset(page, ['units.code', 'units.valid_from_ms'], 'asc');
      const rows = await db
        .selectFrom('units')
        .selectAll()
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      const units = new Map((await withSuccessors(db, rows)).map((unit) => [unit.id, unit]));
      return toPage(
        rows,
        page,
        (row) => [row.code, row.valid_from_ms],
        (row) => units.get(row.id)!,
      );
    },

    ancestorIds: (unit_id) => ancestorIds(db, unit_id),

    async descendantIds(unit_id) {
      const ids = [unit_id];
      let level: readonly string[] = ids;
      for (let depth = 0; depth < UNIT_DEPTH_MAX && level.length > 0; depth += 1) {
        const below = await inParts(level, (parents) =>
          db.selectFrom('units').select('id').where('parent_id', 'in', parents).execute(),
        );
        level = below.map((row) => row.id);
        ids.push(...level);
      }
      return ids;
    },

    async isWithin(unit_id, ancestor_id) {
      return (await ancestorIds(db, unit_id)).includes(ancestor_id);
    },

    end: (unit_id, valid_to_ms, successor_ids) =>
      atomically(db, async (tx) => {
        await tx.updateTable('units').set({ valid_to_ms }).where('id', '=', unit_id).execute();
        await addSuccessors(tx, unit_id, successor_ids);
      }),
  };
}

async function create(tx: Db, { successor_ids, ...row }: Unit): Promise<void> {
  const overlapping = await tx
    .selectFrom('units')
    .select('id')
    .where('code', '=', row.code)
    .where((eb) => eb.or([eb('valid_to_ms', 'is', null), eb('valid_to_ms', '>', row.valid_from_ms)]))
    .$if(row.valid_to_ms !== null, (query) => query.where('valid_from_ms', '<', row.valid_to_ms!))
    .executeTakeFirst();
  if (overlapping !== undefined) throw new CodedError('ALREADY_EXISTS', { kind: 'unit', name: row.code });
  await insertNew(tx, 'units', row, { kind: 'unit', name: row.code });
  await addSuccessors(tx, row.id, successor_ids);
}

async function addSuccessors(tx: Db, unit_id: string, successor_ids: readonly string[]): Promise<void> {
  if (successor_ids.length === 0) return;
  const rows = successor_ids.map((successor_id) => ({ unit_id, successor_id }));
  await tx
    .insertInto('unit_successors')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function ancestorIds(db: Db, unit_id: string): Promise<string[]> {
  const ids: string[] = [];
  let next: string | null = unit_id;
  while (next !== null && ids.length <= UNIT_DEPTH_MAX) {
    const row: { parent_id: string | null } | undefined = await db
      .selectFrom('units')
      .select('parent_id')
      .where('id', '=', next)
      .executeTakeFirst();
    if (row === undefined) break;
    ids.push(next);
    next = row.parent_id;
  }
  return ids;
}

async function withSuccessors(db: Db, rows: readonly UnitTable[]): Promise<Unit[]> {
  const successors = await inParts(
    rows.map((row) => row.id),
    (ids) => db.selectFrom('unit_successors').selectAll().where('unit_id', 'in', ids).execute(),
  );
  return rows.map((row) => ({
    ...row,
    successor_ids: successors.filter(({ unit_id }) => unit_id === row.id).map((next) => next.successor_id),
  }));
}
