import type { Page, PageRequest } from '../paging.ts';
import { among, inParts } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';
import { asIs, keyset, toPage } from '../query/keyset.ts';
import { moveWords } from '../query/search-index.ts';

/** A camera in use, as far as it matters where it stands. */
export interface PlacedCamera {
  readonly id: string;
  readonly code: string;
  readonly unit_id: string;
  readonly recorder_id: string;
  readonly latitude_deg: number;
  readonly longitude_deg: number;
}

/** A recorder or a scheme, as far as it matters whose it is. */
export interface PlacedThing {
  readonly id: string;
  readonly code: string;
  readonly unit_id: string;
}

export type PlacedKind = 'camera' | 'recorder' | 'scheme';

/** Which units' things are wanted; undefined: all. */
export interface PlacementFilter {
  readonly unit_ids?: readonly string[] | undefined;
}

/** Where things are registered, read and moved in bulk: for changes of the map, which concern whole cities. */
export interface PlacementRepository {
  /** Cameras in use, in order of id. */
  cameras(filter: PlacementFilter, page: PageRequest): Promise<Page<PlacedCamera>>;
  /** In order of id. */
  recorders(filter: PlacementFilter, page: PageRequest): Promise<Page<PlacedThing>>;
  /** In order of id. */
  schemes(filter: PlacementFilter, page: PageRequest): Promise<Page<PlacedThing>>;
  /** Cameras in use at these recorders, in no particular order. */
  camerasOfRecorders(recorder_ids: readonly string[]): Promise<PlacedCamera[]>;
  /** Cameras in use at the points of the scheme, in order of id. */
  camerasOfScheme(scheme_id: string, page: PageRequest): Promise<Page<PlacedCamera>>;
  /** Retired ones too; unknown ids are left out. */
  camerasByIds(ids: readonly string[]): Promise<PlacedCamera[]>;
  /** Compare and set: of `ids` those that were registered at `from` are at `to` now; they are returned. */
  move(kind: PlacedKind, ids: readonly string[], from: string, to: string): Promise<string[]>;
}

const TABLES = { camera: 'cameras', recorder: 'recorders', scheme: 'schemes' } as const;

export function placementRepository(db: Db): PlacementRepository {
  const cameras = () =>
    db
      .selectFrom('cameras')
      .select([
        'cameras.id',
        'cameras.code',
        'cameras.unit_id',
        'cameras.recorder_id',
        'cameras.latitude_deg',
        'cameras.longitude_deg',
      ]);
  const inUse = () => cameras().where('cameras.retired_at_ms', 'is', null);

  const things = (table: 'recorders' | 'schemes') => async (filter: PlacementFilter, page: PageRequest) => {
    const keys = keyset(page, [`${table}.id`], 'asc');
    const rows = await db
      .selectFrom(table)
      .select(['id', 'code', 'unit_id'])
      .where(among('unit_id', filter.unit_ids))
      .where(keys.where)
      .orderBy(keys.orderBy)
      .limit(keys.limit)
      .execute();
    return toPage(rows, page, byId, asIs<PlacedThing>);
  };

  return {
    async cameras(filter, page) {
      const keys = keyset(page, ['cameras.id'], 'asc');
      const rows = await inUse()
        .where(among('cameras.unit_id', filter.unit_ids))
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, byId, asIs<PlacedCamera>);
    },

    recorders: things('recorders'),
    schemes: things('schemes'),

    camerasOfRecorders: (recorder_ids) =>
      inParts(recorder_ids, (ids) => inUse().where('cameras.recorder_id', 'in', ids).execute()),

    async camerasOfScheme(scheme_id, page) {
      const keys = keyset(page, ['cameras.id'], 'asc');
      const rows = await inUse()
        .innerJoin('sites', 'sites.id', 'cameras.site_id')
        .where('sites.scheme_id', '=', scheme_id)
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, byId, asIs<PlacedCamera>);
    },

    camerasByIds: (ids) => inParts(ids, (part) => cameras().where('cameras.id', 'in', part).execute()),

    async move(kind, ids, from, to) {
      const rows = await inParts(ids, async (part) => {
        const update = db.updateTable(TABLES[kind]).set({ unit_id: to });
        return await update.where('id', 'in', part).where('unit_id', '=', from).returning('id').execute();
      });
      const moved = rows.map((row) => row.id);
      await moveWords(db, kind, moved, to);
      return moved;
    },
  };
}

function byId(row: { readonly id: string }): readonly string[] {
  return [row.id];
}
