import { type DeclaredTime, ITEM_FINAL_STATES, type Upload, type UploadCheck } from '@minhchung/domain';
import { changed, type Db } from '../query/insert.ts';
import type { UploadTable } from '../schema/uploads.ts';

/** What is known once all bytes of a file are here. */
export interface ReceivedFile {
  readonly sha256: string;
  readonly at_ms: number;
}

/** What is known once the archive has a file. */
export interface KeptFile {
  readonly archive_key: string;
  readonly check: UploadCheck;
  readonly at_ms: number;
}

/** Whom a limit of simultaneous files counts for. */
export type UploadSender = { readonly link_id: string } | { readonly account_id: string };

export interface UploadRepository {
  add(upload: Upload): Promise<void>;
  byId(id: string): Promise<Upload | null>;
  /** Files of an item that were not removed, oldest first. */
  ofItem(item_id: string): Promise<Upload[]>;
  /** Names in the package that this item has given out, to files since removed too. */
  namesOfItem(item_id: string): Promise<string[]>;
  /** Compare and set: `to` bytes are on disk where `from` were. False: somebody else wrote, or the upload has ended. */
  advance(id: string, from_bytes: number, to_bytes: number, at_ms: number): Promise<boolean>;
  /** Of a file that is whole; false when it was not being received. */
  markReceived(id: string, received: ReceivedFile): Promise<boolean>;
  /** Of a file that was received; false when somebody else kept it, or it was removed. */
  markKept(id: string, kept: KeptFile): Promise<boolean>;
  /** What was declared, said again; false once the file was given over. `check` is judged anew by the caller. */
  redeclare(id: string, declared: DeclaredTime, check: UploadCheck | null, at_ms: number): Promise<boolean>;
  /** Gives the kept files of an item over to the extractor; returns their ids. */
  release(item_id: string, at_ms: number): Promise<string[]>;
  /** From now on the file counts no more; false when it was given over, or removed before. */
  remove(id: string, at_ms: number): Promise<boolean>;
  /** Files of a sender on their way. */
  countUnfinished(sender: UploadSender): Promise<number>;
  /** Unfinished files past their time, or untouched since; oldest first. */
  abandoned(now_ms: number, untouched_since_ms: number, limit: number): Promise<Upload[]>;
  /** Whole files that the archive has not got yet, oldest first. */
  received(limit: number): Promise<Upload[]>;
  /** Items all of whose files were kept, the last before `kept_before_ms`, and not given over. */
  unreleasedItems(kept_before_ms: number, limit: number): Promise<string[]>;
  /** Files all of whose bytes are here, and which nobody noted as received: the process ended in between. */
  whole(limit: number): Promise<Upload[]>;
  /** Files whose item has its outcome, and of which the intake still has its copy. */
  ofEndedItems(limit: number): Promise<Upload[]>;
  /** Notes that the intake's copy is gone; of an item that was not delivered the file counts no more. */
  letGo(id: string, is_delivered: boolean, at_ms: number): Promise<void>;
  /** Items that wait with this reason although files were given over for them. */
  stranded(reason_code: string): Promise<string[]>;
  /** Ids, of these, of uploads whose bytes are still expected on disk. */
  onDisk(ids: readonly string[]): Promise<string[]>;
}

const UNFINISHED = ['receiving', 'received'] as const;

export function uploadRepository(db: Db): UploadRepository {
  const setWhere = (id: string, state: UploadTable['state']) =>
    db.updateTable('uploads').where('id', '=', id).where('state', '=', state);
  return {
    async add({ declared, check, ...upload }) {
      await db
        .insertInto('uploads')
        .values({ ...upload, declared: JSON.stringify(declared), check_json: jsonOf(check) })
        .execute();
    },

    async byId(id) {
      const row = await db.selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toUpload(row);
    },

    async ofItem(item_id) {
      const rows = db.selectFrom('uploads').selectAll().where('item_id', '=', item_id);
      return (await rows.where('state', '<>', 'removed').orderBy('id').execute()).map(toUpload);
    },

    async namesOfItem(item_id) {
      const rows = db.selectFrom('uploads').select('native_name').where('item_id', '=', item_id);
      return (await rows.execute()).map(({ native_name }) => native_name);
    },

    async advance(id, from_bytes, to_bytes, at_ms) {
      const update = setWhere(id, 'receiving').where('received_bytes', '=', from_bytes);
      return changed(await update.set({ received_bytes: to_bytes, updated_at_ms: at_ms }).executeTakeFirst());
    },

    async markReceived(id, { sha256, at_ms }) {
      const whole = setWhere(id, 'receiving').whereRef('received_bytes', '=', 'size_bytes');
      const values = { state: 'received', sha256, received_at_ms: at_ms, updated_at_ms: at_ms } as const;
      return changed(await whole.set(values).executeTakeFirst());
    },

    async markKept(id, { archive_key, check, at_ms }) {
      const values = { state: 'kept', archive_key, check_json: jsonOf(check), updated_at_ms: at_ms } as const;
      return changed(await setWhere(id, 'received').set(values).executeTakeFirst());
    },

    async redeclare(id, declared, check, at_ms) {
      const update = db.updateTable('uploads').where('id', '=', id).where('state', '<>', 'removed');
      const values = { declared: JSON.stringify(declared), check_json: jsonOf(check), updated_at_ms: at_ms };
      return changed(await update.set(values).executeTakeFirst());
    },

    async release(item_id, at_ms) {
      const kept = db.updateTable('uploads').where('item_id', '=', item_id).where('state', '=', 'kept');
      const rows = kept.set({ released_at_ms: at_ms }).where('released_at_ms', 'is', null).returning('id');
      return (await rows.execute()).map(({ id }) => id).sort();
    },

    async remove(id, at_ms) {
      const update = db.updateTable('uploads').where('id', '=', id).where('state', '<>', 'removed');
      const open = update.where('released_at_ms', 'is', null);
      return changed(await open.set({ state: 'removed', updated_at_ms: at_ms }).executeTakeFirst());
    },

    async countUnfinished(sender) {
      const query = db.selectFrom('uploads').select((eb) => eb.fn.countAll<number>().as('count'));
      const unfinished = query.where('state', '=', 'receiving');
      const mine =
        'link_id' in sender
          ? unfinished.where('link_id', '=', sender.link_id)
          : unfinished.where('account_id', '=', sender.account_id);
      return Number((await mine.executeTakeFirstOrThrow()).count);
    },

    async abandoned(now_ms, untouched_since_ms, limit) {
      const rows = db.selectFrom('uploads').selectAll().where('state', '=', 'receiving');
      const over = rows.where((eb) =>
        eb.or([eb('expires_at_ms', '<=', now_ms), eb('updated_at_ms', '<=', untouched_since_ms)]),
      );
      return (await over.orderBy('id').limit(limit).execute()).map(toUpload);
    },

    async received(limit) {
      const rows = db.selectFrom('uploads').selectAll().where('state', '=', 'received');
      return (await rows.orderBy('id').limit(limit).execute()).map(toUpload);
    },

    async unreleasedItems(kept_before_ms, limit) {
      const rows = await db
        .selectFrom('uploads')
        .select('item_id')
        .where('state', '=', 'kept')
        .where('released_at_ms', 'is', null)
        .where('updated_at_ms', '<=', kept_before_ms)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('uploads as other')
                .select('other.id')
                .whereRef('other.item_id', '=', 'uploads.item_id')
                .where((or) =>
                  or.or([
                    or('other.state', 'in', UNFINISHED),
                    or.and([
                      or('other.state', '=', 'kept'),
                      or('other.released_at_ms', 'is', null),
                      or('other.updated_at_ms', '>', kept_before_ms),
                    ]),
                  ]),
                ),
            ),
          ),
        )
        .groupBy('item_id')
        .orderBy('item_id')
        .limit(limit)
        .execute();
      return rows.map(({ item_id }) => item_id);
    },

    async whole(limit) {
      const rows = db.selectFrom('uploads').selectAll().where('state', '=', 'receiving');
      const whole = rows.whereRef('received_bytes', '=', 'size_bytes').orderBy('id').limit(limit);
      return (await whole.execute()).map(toUpload);
    },

    async ofEndedItems(limit) {
      const rows = await db
        .selectFrom('uploads')
        .innerJoin('extraction_items', 'extraction_items.id', 'uploads.item_id')
        .selectAll('uploads')
        .where('uploads.let_go_at_ms', 'is', null)
        .where('extraction_items.state', 'in', ITEM_FINAL_STATES)
        .orderBy('uploads.id')
        .limit(limit)
        .execute();
      return rows.map(toUpload);
    },

    async letGo(id, is_delivered, at_ms) {
      const removed = is_delivered ? {} : ({ state: 'removed' } as const);
      const update = db.updateTable('uploads').set({ let_go_at_ms: at_ms, ...removed });
      await update.where('id', '=', id).where('let_go_at_ms', 'is', null).execute();
    },

    async stranded(reason_code) {
      const rows = await db
        .selectFrom('extraction_items')
        .innerJoin('uploads', 'uploads.item_id', 'extraction_items.id')
        .select('extraction_items.id')
        .distinct()
        .where('extraction_items.state', '=', 'waiting')
        .where('extraction_items.reason_code', '=', reason_code)
        .where('uploads.released_at_ms', 'is not', null)
        .orderBy('extraction_items.id')
        .execute();
      return rows.map(({ id }) => id);
    },

    async onDisk(ids) {
      if (ids.length === 0) return [];
      const rows = db.selectFrom('uploads').select('id').where('id', 'in', ids);
      return (await rows.where('state', 'in', UNFINISHED).execute()).map(({ id }) => id);
    },
  };
}

function jsonOf(check: UploadCheck | null): string | null {
  return check === null ? null : JSON.stringify(check);
}

function toUpload({ declared, check_json, ...row }: UploadTable): Upload {
  return {
    ...row,
    declared: JSON.parse(declared) as DeclaredTime,
    check: check_json === null ? null : (JSON.parse(check_json) as UploadCheck),
  };
}
