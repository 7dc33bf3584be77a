import { deviceKey, type Recorder } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { pollAnew, refreshPolling } from '../polls/schedule.ts';
import { atomically } from '../query/atomically.ts';
import { among, inParts } from '../query/conditions.ts';
import { changed, type Db, insertNew } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import { lockRow } from '../query/lock-row.ts';
import { indexNewWords, indexWords, type Searchable } from '../query/search-index.ts';
import type { RecorderTable } from '../schema/devices.ts';
import { claimDevice } from './household-devices.ts';
import { toPlayback, toPlaybackColumns } from './recorder-playback.ts';

export interface RecorderRepository {
  /** Throws `ALREADY_EXISTS` when the code is taken. */
  create(recorder: Recorder): Promise<void>;
  byId(id: string): Promise<Recorder | null>;
  /** As `byId`, and nobody else changes it until the transaction ends. Within a transaction only. */
  lock(id: string): Promise<Recorder | null>;
  /** In no particular order; unknown ids are left out. */
  byIds(ids: readonly string[]): Promise<Recorder[]>;
  byCode(code: string): Promise<Recorder | null>;
  /**
   * Recorders of the network whose device address is that of `address` (`deviceKey`), in order of code. Within a
   * transaction it also keeps others from registering one there until the end.
   */
  atDevice(network_id: string, address: string): Promise<Recorder[]>;
  /** Recorders of any network at devices with one of these keys (`deviceKey`), in order of code. */
  withDeviceKeys(keys: readonly string[]): Promise<Recorder[]>;
  /** False when there is no such recorder. */
  update(recorder: Recorder): Promise<boolean>;
  list(filter: { readonly unit_ids?: readonly string[] }, page: PageRequest): Promise<Page<Recorder>>;
}

export function recorderRepository(db: Db): RecorderRepository {
  return {
    create: (recorder) =>
      atomically(db, async (tx) => {
        await insertNew(tx, 'recorders', toRow(recorder), { kind: 'recorder', name: recorder.code });
        await indexNewWords(tx, searchable(recorder));
        await refreshPolling(tx, recorder.id);
      }),

    async byId(id) {
      const row = await db.selectFrom('recorders').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toRecorder(row);
    },

    async lock(id) {
      await lockRow(db, 'recorders', id);
      const row = await db.selectFrom('recorders').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toRecorder(row);
    },

    async atDevice(network_id, address) {
      if (db.isTransaction) await lockRow(db, 'networks', network_id);
      const rows = await db
        .selectFrom('recorders')
        .selectAll()
        .where('network_id', '=', network_id)
        .where('device_key', '=', deviceKey(address))
        .orderBy('code')
        .execute();
      return rows.map(toRecorder);
    },

    async withDeviceKeys(keys) {
      const rows = await inParts(keys, (part) =>
        db.selectFrom('recorders').selectAll().where('device_key', 'in', part).orderBy('code').execute(),
      );
      return rows.map(toRecorder).sort((a, b) => (a.code < b.code ? -1 : 1));
    },

    async byIds(ids) {
      const rows = await inParts(ids, (part) =>
        db.selectFrom('recorders').selectAll().where('id', 'in', part).execute(),
      );
      return rows.map(toRecorder);
    },

    async byCode(code) {
      const row = await db.selectFrom('recorders').selectAll().where('code', '=', code).executeTakeFirst();
      return row === undefined ? null : toRecorder(row);
    },

    update: (recorder) =>
      atomically(db, async (tx) => {
        const { id, ...row } = toRow(recorder);
        const before = await tx.selectFrom('recorders').selectAll().where('id', '=', id).executeTakeFirst();
        const update = tx.updateTable('recorders').set(row).where('id', '=', id);
        const is_changed = changed(await update.executeTakeFirst());
        if (is_changed) await indexWords(tx, searchable(recorder));
        if (is_changed) await claimDevice(tx, id);
        if (is_changed && POLLED_BY.some((part) => before![part] !== row[part])) await pollAnew(tx, id);
        return is_changed;
      }),

    async list(filter, page) {
      const keys = keyset(page, ['recorders.code'], 'asc');
      const rows = await db
        .selectFrom('recorders')
        .selectAll()
        .where(among('unit_id', filter.unit_ids))
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.code], toRecorder);
    },
  };
}

/** What of a recorder decides how it is polled. */
const POLLED_BY = ['device_url', 'folder_path', 'kind', 'playback_vendor', 'network_id', 'clock_id'] as const;

function searchable({ id, unit_id, code, name }: Recorder): Searchable {
  return { kind: 'recorder', id, unit_id, texts: [code, name] };
}

function toRow({ folder, playback, kind, ...recorder }: Recorder): RecorderTable {
  return {
    ...recorder,
    kind: kind === 'folder' ? 'folder' : 'onvif',
    ...toPlaybackColumns(playback ?? null),
    device_key: recorder.device_url === null ? null : deviceKey(recorder.device_url),
    folder_path: folder?.path ?? null,
    folder_pattern: folder?.pattern ?? null,
    folder_zone: folder?.zone ?? null,
  };
}

/** The recorder of a row that may carry more columns. */
export function toRecorder(row: RecorderTable): Recorder {
  const { id, code, name, unit_id, network_id, device_url, clock_id, created_at_ms } = row;
  const playback = toPlayback(row);
  const kind: Recorder['kind'] = playback === null ? row.kind : 'playback_url';
  const { folder_path: path, folder_pattern: pattern, folder_zone: zone } = row;
  const folder = path !== null && pattern !== null && zone !== null ? { path, pattern, zone } : null;
  const told: Recorder = {
    id,
    code,
    name,
    unit_id,
    network_id,
    kind,
    device_url,
    folder,
    clock_id,
    created_at_ms,
  };
  return playback === null ? told : { ...told, playback };
}
