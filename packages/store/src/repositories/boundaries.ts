import { createHash } from 'node:crypto';
import type { Page, PageRequest } from '../paging.ts';
import { atomically } from '../query/atomically.ts';
import { inParts } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';
import { asIs, keyset, toPage } from '../query/keyset.ts';
import { newId } from '../query/new-id.ts';

/** The drawing of a unit's territory. */
export interface UnitBoundary {
  readonly id: string;
  readonly unit_id: string;
  /** A GeoJSON geometry (Polygon or MultiPolygon), checked before it was stored. */
  readonly geometry: string;
  /** Of `geometry`, lower-case hex. */
  readonly sha256: string;
  readonly vertices: number;
  readonly set_at_ms: number;
}

export interface BoundaryRepository {
  /** The drawing that counts now. */
  ofUnit(unit_id: string): Promise<UnitBoundary | null>;
  /** Those of these units that have one, in no particular order. Several megabytes for a city. */
  ofUnits(unit_ids: readonly string[]): Promise<UnitBoundary[]>;
  /** Every drawing that counts now, in order of unit. */
  list(page: PageRequest): Promise<Page<UnitBoundary>>;
  /** Replaces the unit's drawing and keeps the one before; null when it is the same one already. */
  set(
    unit_id: string,
    drawing: { readonly geometry: string; readonly vertices: number },
    at_ms: number,
  ): Promise<UnitBoundary | null>;
}

export function boundaryRepository(db: Db): BoundaryRepository {
  const current = (tx: Db) =>
    tx
      .selectFrom('unit_boundaries')
      .select(['id', 'unit_id', 'geometry', 'sha256', 'vertices', 'set_at_ms'])
      .where('replaced_at_ms', 'is', null);
  return {
    ofUnit: async (unit_id) => (await current(db).where('unit_id', '=', unit_id).executeTakeFirst()) ?? null,

    ofUnits: (unit_ids) => inParts(unit_ids, (ids) => current(db).where('unit_id', 'in', ids).execute()),

    async list(page) {
      const keys = keyset(page, ['unit_boundaries.unit_id'], 'asc');
      const rows = await current(db).where(keys.where).orderBy(keys.orderBy).limit(keys.limit).execute();
      return toPage(rows, page, (row) => [row.unit_id], asIs<UnitBoundary>);
    },

    set: (unit_id, { geometry, vertices }, at_ms) =>
      atomically(db, async (tx) => {
        const sha256 = createHash('sha256').update(geometry).digest('hex');
        const before = await current(tx).where('unit_id', '=', unit_id).executeTakeFirst();
        if (before?.sha256 === sha256) return null;
        if (before !== undefined) {
          const replaced = tx.updateTable('unit_boundaries').set({ replaced_at_ms: at_ms });
          await replaced.where('id', '=', before.id).execute();
        }
        const row = { id: newId(at_ms), unit_id, geometry, sha256, vertices, set_at_ms: at_ms };
        await tx
          .insertInto('unit_boundaries')
          .values({ ...row, replaced_at_ms: null })
          .execute();
        return row;
      }),
  };
}
