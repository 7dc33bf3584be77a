import { createHash } from 'node:crypto';
import { STILL_CODE_FAILURES_MAX } from '../limits.ts';
import type { Page, PageRequest } from '../paging.ts';
import { atomically } from '../query/atomically.ts';
import { changed, type Db } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import { lockRow } from '../query/lock-row.ts';
import { newId } from '../query/new-id.ts';
import type { ProbeStillTable } from '../schema/probe.ts';

/** One still picture shown to a technician; the picture itself is kept nowhere. */
export type ProbeStill = Readonly<ProbeStillTable>;

export interface ProbeStillRepository {
  add(still: Omit<ProbeStill, 'id'>): Promise<void>;
  /** Stills shown to an account, or of a camera, at or after an instant. */
  countSince(
    of: { readonly account_id: string } | { readonly camera_id: string },
    from_ms: number,
  ): Promise<number>;
  /** Newest first: what the owner's page and the audit show. */
  ofCamera(camera_id: string, page: PageRequest): Promise<Page<ProbeStill>>;
  /** Keeps the digest of a new code of the camera's owner; earlier codes end. */
  addCode(
    camera_id: string,
    code: string,
    times: { made_at_ms: number; expires_at_ms: number },
  ): Promise<void>;
  /** Codes made for a camera at or after an instant. */
  countCodesSince(camera_id: string, from_ms: number): Promise<number>;
  /**
   * Uses up the camera's code. False for a wrong, old or used one; after `STILL_CODE_FAILURES_MAX` wrong ones the
   * right one does not help any more.
   */
  useCode(camera_id: string, code: string, at_ms: number): Promise<boolean>;
}

export function probeStillRepository(db: Db): ProbeStillRepository {
  return {
    async add(still) {
      await db
        .insertInto('probe_stills')
        .values({ ...still, id: newId(still.at_ms) })
        .execute();
    },

    async countSince(of, from_ms) {
      const [column, id] =
        'account_id' in of
          ? (['account_id', of.account_id] as const)
          : (['camera_id', of.camera_id] as const);
      const row = await db
        .selectFrom('probe_stills')
        .select((eb) => eb.fn.countAll().as('count'))
        .where(column, '=', id)
        .where('at_ms', '>=', from_ms)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    async ofCamera(camera_id, page) {
      const keys = keyset(page, ['probe_stills.at_ms', 'probe_stills.id'], 'desc');
      const rows = await db
        .selectFrom('probe_stills')
        .selectAll()
        .where('camera_id', '=', camera_id)
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(
        rows,
        page,
        (row) => [row.at_ms, row.id],
        (row) => row,
      );
    },

    addCode: (camera_id, code, { made_at_ms, expires_at_ms }) =>
      atomically(db, async (tx) => {
        await lockRow(tx, 'cameras', camera_id);
        await tx
          .updateTable('still_codes')
          .set({ used_at_ms: made_at_ms })
          .where('camera_id', '=', camera_id)
          .where('used_at_ms', 'is', null)
          .execute();
        await tx
          .insertInto('still_codes')
          .values({
            ...{ id: newId(made_at_ms), camera_id, code_sha256: digestOf(camera_id, code) },
            ...{ made_at_ms, expires_at_ms, used_at_ms: null, failures: 0 },
          })
          .execute();
      }),

    async countCodesSince(camera_id, from_ms) {
      const row = await db
        .selectFrom('still_codes')
        .select((eb) => eb.fn.countAll().as('count'))
        .where('camera_id', '=', camera_id)
        .where('made_at_ms', '>=', from_ms)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    useCode: (camera_id, code, at_ms) =>
      atomically(db, async (tx) => {
        const open = () =>
          tx
            .updateTable('still_codes')
            .where('camera_id', '=', camera_id)
            .where('used_at_ms', 'is', null)
            .where('expires_at_ms', '>', at_ms)
            .where('failures', '<', STILL_CODE_FAILURES_MAX);
        const used = await open()
          .set({ used_at_ms: at_ms })
          .where('code_sha256', '=', digestOf(camera_id, code))
          .executeTakeFirst();
        if (changed(used)) return true;
        await open()
          .set((eb) => ({ failures: eb('failures', '+', 1) }))
          .execute();
        return false;
      }),
  };
}

function digestOf(camera_id: string, code: string): string {
  return createHash('sha256').update(`${camera_id}\n${code}`).digest('hex');
}
