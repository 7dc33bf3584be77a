import { CodedError, type Lineage, lineageOf, type Unit } from '@minhchung/domain';
import { UNIT_DEPTH_MAX } from '../limits.ts';
import type { Page, PageRequest } from '../paging.ts';
import { atomically } from '../query/atomically.ts';
import { attempt } from '../query/attempt.ts';
import { inParts } from '../query/conditions.ts';
import { changed, type Db, insertNew } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import { lockTable } from '../query/lock-row.ts';
import { indexWords } from '../query/search-index.ts';
import type { UnitTable } from '../schema/places.ts';
import { coveredIds, coveringIds, successionIds } from './unit-coverage.ts';

export interface UnitRepository {
  /** Throws `ALREADY_EXISTS` when the code is taken for an overlapping time. */
  create(unit: Unit): Promise<void>;
  byId(id: string): Promise<Unit | null>;
  /** The unit with this code at `at_ms`; without a time, the newest with this code. */
  byCode(code: string, at_ms?: number): Promise<Unit | null>;
  /** In order of code. */
  list(page: PageRequest): Promise<Page<Unit>>;
  /** Every unit that ever had this code, oldest first. */
  ofCode(code: string): Promise<Unit[]>;
  /** Units that name this one as a successor, in order of id. */
  predecessorIds(unit_id: string): Promise<string[]>;
  /** Name and validity; false when there is no such unit. Call it behind `lock`. */
  update(unit: Pick<Unit, 'id' | 'name' | 'valid_from_ms' | 'valid_to_ms'>): Promise<boolean>;
  /** Units change one transaction at a time: no two may take one code for overlapping times. */
  lock(): Promise<void>;
  /** Within a transaction: what `run` wrote is undone when it throws, and the transaction goes on. */
  attempt<T>(run: () => Promise<T>): Promise<T>;
  /** Ids of the unit itself and of all above it, nearest first. */
  ancestorIds(unit_id: string): Promise<string[]>;
  /** Ids of the unit itself and of all below it. */
  descendantIds(unit_id: string): Promise<string[]>;
  /**
   * Ids of the units whose people have a say in this one at `at_ms`: itself, those above it, and, when it has ended
   * and went into one other unit whole, that unit with those above it.
   */
  coveringIds(unit_id: string, at_ms: number): Promise<string[]>;
  /** The other way round: the unit, those below it, and the ended ones that went whole into any of them. */
  coveredIds(unit_id: string, at_ms: number): Promise<string[]>;
  /** How these units are read at `at_ms`: what they went into, over as many changes of the map as there were. */
  lineage(unit_ids: readonly string[], at_ms: number): Promise<Lineage>;
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

    async ofCode(code) {
      const query = db.selectFrom('units').selectAll().where('code', '=', code);
      return withSuccessors(db, await query.orderBy('valid_from_ms').execute());
    },

    async predecessorIds(unit_id) {
      const query = db.selectFrom('unit_successors').select('unit_id').where('successor_id', '=', unit_id);
      return (await query.orderBy('unit_id').execute()).map((row) => row.unit_id);
    },

    async update({ id, name, valid_from_ms, valid_to_ms }) {
      const update = db.updateTable('units').set({ name, valid_from_ms, valid_to_ms });
      return changed(await update.where('id', '=', id).executeTakeFirst());
    },

    lock: () => lockTable(db, 'units'),
    attempt: (run) => attempt(db, run),

    ancestorIds: (unit_id) => ancestorIds(db, unit_id),

    coveringIds: (unit_id, at_ms) => coveringIds(db, unit_id, at_ms),

    coveredIds: (unit_id, at_ms) => coveredIds(db, unit_id, at_ms),

    async lineage(unit_ids, at_ms) {
      const ids = await successionIds(db, unit_ids);
      const rows = await inParts(ids, (part) =>
        db.selectFrom('units').selectAll().where('id', 'in', part).execute(),
      );
      return lineageOf(await withSuccessors(db, rows), at_ms);
    },

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
  await indexWords(tx, { kind: 'unit', id: row.id, unit_id: row.id, texts: [row.code, row.name] });
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
  const by_unit = Map.groupBy(successors, ({ unit_id }) => unit_id);
  return rows.map((row) => ({
    ...row,
    successor_ids: (by_unit.get(row.id) ?? []).map((next) => next.successor_id),
  }));
}
