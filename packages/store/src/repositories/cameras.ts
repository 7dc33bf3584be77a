import type { Camera, CameraKind, CameraState } from '@minhchung/domain';
import { type RawBuilder, sql } from 'kysely';
import type { Page, PageRequest } from '../paging.ts';
import { cameraPollingChanged, pollAnew, refreshPolling, settleCamera } from '../polls/schedule.ts';
import { atomically } from '../query/atomically.ts';
import { among, equal, inParts, searchText } from '../query/conditions.ts';
import { changed, type Db, insertNew } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import { lockRow } from '../query/lock-row.ts';
import { foundBy, indexNewWords, indexWords, type Searchable } from '../query/search-index.ts';
import type { CameraTable } from '../schema/devices.ts';
import { claimDevice } from './household-devices.ts';

export interface CameraFilter {
  readonly unit_ids?: readonly string[];
  readonly kind?: CameraKind;
  /** Current state; a camera never observed is `unknown`. */
  readonly state?: CameraState;
  readonly recorder_id?: string;
  readonly site_id?: string;
  /** Cameras at the sites of this scheme. */
  readonly scheme_id?: string;
  readonly camera_id?: string;
  /** Words to find in code, name, owner and address; case and diacritics do not matter. */
  readonly text?: string;
  /** Default false. */
  readonly with_retired?: boolean;
}

/** Degrees, WGS 84; west <= east. */
export interface BoundingBox {
  readonly south_deg: number;
  readonly west_deg: number;
  readonly north_deg: number;
  readonly east_deg: number;
}

export interface CameraRepository {
  /** Throws `ALREADY_EXISTS` when the code is taken, or the recorder's source has a camera already. */
  create(camera: Camera): Promise<void>;
  byId(id: string): Promise<Camera | null>;
  /** As `byId`, and nobody else changes it until the transaction ends. Within a transaction only. */
  lock(id: string): Promise<Camera | null>;
  /** In no particular order; unknown ids are left out. */
  byIds(ids: readonly string[]): Promise<Camera[]>;
  byCode(code: string): Promise<Camera | null>;
  /** False when there is no such camera. */
  update(camera: Camera): Promise<boolean>;
  /** In order of code. */
  list(filter: CameraFilter, page: PageRequest): Promise<Page<Camera>>;
  /** Cameras in use at the recorder. */
  ofRecorder(recorder_id: string): Promise<Camera[]>;
  /** The same of many recorders: by recorder, those without a camera left out. */
  ofRecorders(recorder_ids: readonly string[]): Promise<ReadonlyMap<string, Camera[]>>;
  /** Every camera of the owner, retired ones too, in order of code. */
  ofOwner(owner_id: string): Promise<Camera[]>;
  /** Cameras in use whose position lies in the box; the caller measures and ranks. */
  nearPoint(box: BoundingBox, limit: number): Promise<Camera[]>;
  /** False when it was retired already or does not exist. */
  retire(id: string, at_ms: number): Promise<boolean>;
}

export function cameraRepository(db: Db): CameraRepository {
  return {
    create: (camera) =>
      atomically(db, async (tx) => {
        const row = { ...toRow(camera), search_text: await searchTextOf(tx, camera) };
        await insertNew(tx, 'cameras', row, { kind: 'camera', name: camera.code });
        await indexNewWords(tx, searchable({ ...camera, search_text: row.search_text }));
        if (camera.reach === 'polled') await pollAnew(tx, camera.recorder_id);
        if (camera.kind === 'household') await claimDevice(tx, camera.recorder_id);
      }),

    async byId(id) {
      const row = await db.selectFrom('cameras').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toCamera(row);
    },

    async lock(id) {
      await lockRow(db, 'cameras', id);
      const row = await db.selectFrom('cameras').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toCamera(row);
    },

    async byIds(ids) {
      const rows = await inParts(ids, (part) =>
        db.selectFrom('cameras').selectAll().where('id', 'in', part).execute(),
      );
      return rows.map(toCamera);
    },

    async byCode(code) {
      const row = await db.selectFrom('cameras').selectAll().where('code', '=', code).executeTakeFirst();
      return row === undefined ? null : toCamera(row);
    },

    update: (camera) =>
      atomically(db, async (tx) => {
        const { id, ...row } = toRow(camera);
        const search_text = await searchTextOf(tx, camera);
        const before = await tx.selectFrom('cameras').selectAll().where('id', '=', id).executeTakeFirst();
        const update = tx.updateTable('cameras').set({ ...row, search_text });
        const is_changed = changed(await update.where('id', '=', id).executeTakeFirst());
        if (is_changed) await indexWords(tx, searchable({ ...camera, search_text }));
        if (is_changed) await cameraPollingChanged(tx, before!, camera);
        if (is_changed && camera.kind === 'household') await claimDevice(tx, camera.recorder_id);
        return is_changed;
      }),

    async list(filter, page) {
      const keys = keyset(page, ['cameras.code'], 'asc');
      const rows = await db
        .selectFrom('cameras')
        .selectAll('cameras')
        .where(among('cameras.unit_id', filter.unit_ids))
        .where(equal('cameras.kind', filter.kind))
        .where(equal('cameras.recorder_id', filter.recorder_id))
        .where(equal('cameras.site_id', filter.site_id))
        .where(equal('cameras.id', filter.camera_id))
        .$if(filter.scheme_id !== undefined, (query) =>
          query.where('cameras.site_id', 'in', (eb) =>
            eb.selectFrom('sites').select('sites.id').where('sites.scheme_id', '=', filter.scheme_id!),
          ),
        )
        .where(foundBy('cameras.id', 'camera', filter.text))
        .where(inState(filter.state))
        .$if(filter.with_retired !== true, (query) => query.where('cameras.retired_at_ms', 'is', null))
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.code], toCamera);
    },

    ofRecorder: async (recorder_id) => (await inUseOf(db, [recorder_id])).get(recorder_id) ?? [],
    ofRecorders: (recorder_ids) => inUseOf(db, recorder_ids),

    async ofOwner(owner_id) {
      const rows = await db
        .selectFrom('cameras')
        .selectAll()
        .where('owner_id', '=', owner_id)
        .orderBy('code')
        .execute();
      return rows.map(toCamera);
    },

    async nearPoint({ south_deg, west_deg, north_deg, east_deg }, limit) {
      const rows = await db
        .selectFrom('cameras')
        .selectAll()
        .where('latitude_deg', '>=', south_deg)
        .where('latitude_deg', '<=', north_deg)
        .where('longitude_deg', '>=', west_deg)
        .where('longitude_deg', '<=', east_deg)
        .where('retired_at_ms', 'is', null)
        .limit(limit)
        .execute();
      return rows.map(toCamera);
    },

    retire: (id, at_ms) =>
      atomically(db, async (tx) => {
        const retired = await tx
          .updateTable('cameras')
          .set({ retired_at_ms: at_ms })
          .where('id', '=', id)
          .where('retired_at_ms', 'is', null)
          .returning('recorder_id')
          .executeTakeFirst();
        if (retired === undefined) return false;
        await settleCamera(tx, id);
        await refreshPolling(tx, retired.recorder_id);
        return true;
      }),
  };
}

/** Brings the search texts of an owner's cameras up to date after the owner changed. */
export async function refreshSearchText(tx: Db, owner_id: string): Promise<void> {
  const rows = await tx.selectFrom('cameras').selectAll().where('owner_id', '=', owner_id).execute();
  for (const row of rows) {
    const search_text = await searchTextOf(tx, row);
    await tx.updateTable('cameras').set({ search_text }).where('id', '=', row.id).execute();
    await indexWords(tx, searchable({ ...row, search_text }));
  }
}

/** A camera is found by what its search text holds. */
function searchable(camera: Pick<CameraTable, 'id' | 'unit_id' | 'search_text'>): Searchable {
  const { id, unit_id, search_text } = camera;
  return { kind: 'camera', id, unit_id, texts: [search_text] };
}

async function searchTextOf(
  tx: Db,
  camera: { readonly code: string; readonly name: string; readonly owner_id: string | null },
): Promise<string> {
  const owner =
    camera.owner_id === null
      ? undefined
      : await tx.selectFrom('owners').selectAll().where('id', '=', camera.owner_id).executeTakeFirst();
  return searchText(camera.code, camera.name, owner?.name, owner?.address);
}

function inState(state: CameraState | undefined): RawBuilder<boolean> {
  if (state === undefined) return sql<boolean>`1 = 1`;
  const current = sql`select state from observations
    where observations.camera_id = cameras.id and observations.is_current = 1`;
  return sql<boolean>`coalesce((${current}), 'unknown') = ${state}`;
}

function toRow({ position, aim_point, ...camera }: Camera): Omit<CameraTable, 'search_text'> {
  return {
    ...camera,
    latitude_deg: position.latitude_deg,
    longitude_deg: position.longitude_deg,
    aim_latitude_deg: aim_point?.latitude_deg ?? null,
    aim_longitude_deg: aim_point?.longitude_deg ?? null,
  };
}

export function toCamera(row: CameraTable): Camera {
  const { latitude_deg, longitude_deg, aim_latitude_deg, aim_longitude_deg, search_text: _, ...camera } = row;
  return {
    ...camera,
    position: { latitude_deg, longitude_deg },
    aim_point:
      aim_latitude_deg !== null && aim_longitude_deg !== null
        ? { latitude_deg: aim_latitude_deg, longitude_deg: aim_longitude_deg }
        : null,
  };
}

async function inUseOf(db: Db, recorder_ids: readonly string[]): Promise<Map<string, Camera[]>> {
  const rows = await inParts(recorder_ids, (ids) =>
    db
      .selectFrom('cameras')
      .selectAll()
      .where('recorder_id', 'in', ids)
      .where('retired_at_ms', 'is', null)
      .orderBy('code')
      .execute(),
  );
  const found = new Map<string, Camera[]>();
  for (const row of rows) {
    const known = found.get(row.recorder_id);
    if (known === undefined) found.set(row.recorder_id, [toCamera(row)]);
    else known.push(toCamera(row));
  }
  return found;
}
