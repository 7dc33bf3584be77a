import type { Agreement } from '@minhchung/domain';
import { refreshPolling, settleCamera } from '../polls/schedule.ts';
import { atomically } from '../query/atomically.ts';
import { equal, inParts } from '../query/conditions.ts';
import { changed, type Db, insertNew } from '../query/insert.ts';
import { lockRow } from '../query/lock-row.ts';
import type { AgreementTable } from '../schema/devices.ts';

export interface AgreementRepository {
  create(agreement: Agreement): Promise<void>;
  byId(id: string): Promise<Agreement | null>;
  /** As `byId`, and nobody else changes it until the transaction ends. Within a transaction only. */
  lock(id: string): Promise<Agreement | null>;
  /**
   * Confirmation, notice and hosts; the terms are the owner's word and stay as they were made. False when there is
   * no such agreement.
   */
  update(agreement: Agreement): Promise<boolean>;
  /** All agreements of the camera, newest first. */
  ofCamera(camera_id: string): Promise<Agreement[]>;
  /** The agreement that began last, of each camera that has one: the owner's word, in force or not. */
  newestOf(camera_ids: readonly string[]): Promise<Agreement[]>;
  /** The newest agreement in force at that moment for each camera that has one. */
  validAt(camera_ids: readonly string[], at_ms: number): Promise<Agreement[]>;
  /**
   * Ends the agreement. From then on a household camera is reached by its owner only, and the credentials of its
   * recorder are destroyed, all or nothing, unless the recorder also has a community camera or one whose agreement
   * goes on: their footage has its own ground. False when it was withdrawn already.
   */
  withdraw(
    id: string,
    at_ms: number,
  ): Promise<{ readonly withdrawn: boolean; readonly credentials_destroyed: boolean }>;
}

export function agreementRepository(db: Db): AgreementRepository {
  return {
    create: (agreement) =>
      insertNew(db, 'agreements', toRow(agreement), { kind: 'agreement', name: agreement.id }),

    async byId(id) {
      const row = await db.selectFrom('agreements').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toAgreement(row);
    },

    async lock(id) {
      await lockRow(db, 'agreements', id);
      const row = await db.selectFrom('agreements').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toAgreement(row);
    },

    async update(agreement) {
      const { confirmed_at_ms, notice_at_ms, notice_how, power_host, network_host } = toRow(agreement);
      const update = db
        .updateTable('agreements')
        .set({ confirmed_at_ms, notice_at_ms, notice_how, power_host, network_host });
      return changed(await update.where('id', '=', agreement.id).executeTakeFirst());
    },

    async ofCamera(camera_id) {
      const rows = await db
        .selectFrom('agreements')
        .selectAll()
        .where('camera_id', '=', camera_id)
        .orderBy('valid_from_ms', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map(toAgreement);
    },

    async newestOf(camera_ids) {
      const rows = await inParts(camera_ids, (ids) =>
        db
          .selectFrom('agreements')
          .selectAll()
          .where('camera_id', 'in', ids)
          .orderBy('valid_from_ms')
          .orderBy('id')
          .execute(),
      );
      return [...new Map(rows.map((row) => [row.camera_id, toAgreement(row)])).values()];
    },

    async validAt(camera_ids, at_ms) {
      const rows = await inParts(camera_ids, (ids) =>
        db
          .selectFrom('agreements')
          .selectAll()
          .where('camera_id', 'in', ids)
          .where('valid_from_ms', '<=', at_ms)
          .where((eb) => eb.or([eb('valid_to_ms', 'is', null), eb('valid_to_ms', '>', at_ms)]))
          .where((eb) => eb.or([eb('withdrawn_at_ms', 'is', null), eb('withdrawn_at_ms', '>', at_ms)]))
          .orderBy('valid_from_ms')
          .orderBy('id')
          .execute(),
      );
      return [...new Map(rows.map((row) => [row.camera_id, toAgreement(row)])).values()];
    },

    withdraw: (id, at_ms) => atomically(db, (tx) => withdraw(tx, id, at_ms)),
  };
}

async function withdraw(tx: Db, id: string, at_ms: number) {
  const update = tx.updateTable('agreements').set({ withdrawn_at_ms: at_ms });
  const result = await update.where('id', '=', id).where('withdrawn_at_ms', 'is', null).executeTakeFirst();
  if (!changed(result)) return { withdrawn: false, credentials_destroyed: false };
  const camera = await tx
    .selectFrom('agreements')
    .innerJoin('cameras', 'cameras.id', 'agreements.camera_id')
    .select(['cameras.id', 'cameras.kind', 'cameras.recorder_id'])
    .where('agreements.id', '=', id)
    .executeTakeFirstOrThrow();
  // What nobody may fetch any more nobody polls or probes either, also behind a recorder that goes on.
  if (camera.kind === 'household' && !(await hasGround(tx, { camera_id: camera.id }, at_ms))) {
    await tx.updateTable('cameras').set({ reach: 'owner_only' }).where('id', '=', camera.id).execute();
    await settleCamera(tx, camera.id);
    await refreshPolling(tx, camera.recorder_id);
  }
  if (await hasGround(tx, { recorder_id: camera.recorder_id }, at_ms)) {
    return { withdrawn: true, credentials_destroyed: false };
  }
  const gone = tx.deleteFrom('recorder_credentials').where('recorder_id', '=', camera.recorder_id);
  return { withdrawn: true, credentials_destroyed: changed(await gone.executeTakeFirst()) };
}

/** Is one of these cameras in use a community one, or under an agreement that goes on? */
async function hasGround(
  tx: Db,
  { camera_id, recorder_id }: { readonly camera_id?: string; readonly recorder_id?: string },
  at_ms: number,
): Promise<boolean> {
  const found = await tx
    .selectFrom('cameras')
    .leftJoin('agreements', 'agreements.camera_id', 'cameras.id')
    .select('cameras.id')
    .where(equal('cameras.id', camera_id))
    .where(equal('cameras.recorder_id', recorder_id))
    .where('cameras.retired_at_ms', 'is', null)
    .where((eb) =>
      eb.or([
        eb('cameras.kind', '=', 'community'),
        eb.and([
          eb('agreements.id', 'is not', null),
          eb('agreements.withdrawn_at_ms', 'is', null),
          eb.or([eb('valid_to_ms', 'is', null), eb('valid_to_ms', '>', at_ms)]),
        ]),
      ]),
    )
    .executeTakeFirst();
  return found !== undefined;
}

function toRow({ hours, purposes, notice, ...agreement }: Agreement): AgreementTable {
  return {
    ...agreement,
    purposes: JSON.stringify(purposes),
    allows_audio: agreement.allows_audio ? 1 : 0,
    from_minute: hours?.from_minute ?? null,
    to_minute: hours?.to_minute ?? null,
    notice_at_ms: notice?.given_at_ms ?? null,
    notice_how: notice?.how ?? null,
  };
}

function toAgreement(row: AgreementTable): Agreement {
  const { from_minute, to_minute, purposes, notice_at_ms, notice_how, ...agreement } = row;
  return {
    ...agreement,
    purposes: JSON.parse(purposes) as string[],
    allows_audio: agreement.allows_audio === 1,
    hours: from_minute !== null && to_minute !== null ? { from_minute, to_minute } : null,
    notice:
      notice_at_ms !== null && notice_how !== null ? { given_at_ms: notice_at_ms, how: notice_how } : null,
  };
}
