import { inParts } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';

/** Days that footage was agreed to be kept, of one camera or of every camera of a scheme. */
export interface RetentionAgreed {
  readonly subject_kind: 'camera' | 'scheme';
  readonly subject_id: string;
  readonly days: number;
  readonly set_at_ms: number;
  /** Null: set on the command line of the machine itself. */
  readonly set_by: string | null;
}

export interface RetentionRepository {
  set(agreed: RetentionAgreed): Promise<void>;
  /** False when nothing was agreed. */
  remove(subject_kind: RetentionAgreed['subject_kind'], subject_id: string): Promise<boolean>;
  of(subject_kind: RetentionAgreed['subject_kind'], subject_id: string): Promise<RetentionAgreed | null>;
  /** Days agreed for each camera that has any: its own, else its scheme's. */
  ofCameras(camera_ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** True when anything was agreed of anything: otherwise nobody need look. */
  isAnything(): Promise<boolean>;
}

export function retentionRepository(db: Db): RetentionRepository {
  return {
    async set(agreed) {
      const { subject_kind, subject_id, ...row } = agreed;
      await db
        .insertInto('retention_agreed')
        .values({ subject_kind, subject_id, ...row })
        .onConflict((conflict) => conflict.columns(['subject_kind', 'subject_id']).doUpdateSet(row))
        .execute();
    },

    async remove(subject_kind, subject_id) {
      const result = await db
        .deleteFrom('retention_agreed')
        .where('subject_kind', '=', subject_kind)
        .where('subject_id', '=', subject_id)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },

    async of(subject_kind, subject_id) {
      const query = db.selectFrom('retention_agreed').selectAll();
      const row = await query
        .where('subject_kind', '=', subject_kind)
        .where('subject_id', '=', subject_id)
        .executeTakeFirst();
      return row ?? null;
    },

    async ofCameras(camera_ids) {
      const rows = await inParts(camera_ids, (ids) =>
        db
          .selectFrom('cameras')
          .leftJoin('sites', 'sites.id', 'cameras.site_id')
          .leftJoin('retention_agreed as own', (join) =>
            join.onRef('own.subject_id', '=', 'cameras.id').on('own.subject_kind', '=', 'camera'),
          )
          .leftJoin('retention_agreed as scheme', (join) =>
            join.onRef('scheme.subject_id', '=', 'sites.scheme_id').on('scheme.subject_kind', '=', 'scheme'),
          )
          .select((eb) => ['cameras.id', eb.fn.coalesce('own.days', 'scheme.days').as('days')])
          .where('cameras.id', 'in', ids)
          .execute(),
      );
      return new Map(rows.flatMap(({ id, days }) => (days === null ? [] : [[id, days]])));
    },

    async isAnything() {
      return (
        (await db.selectFrom('retention_agreed').select('days').limit(1).executeTakeFirst()) !== undefined
      );
    },
  };
}
