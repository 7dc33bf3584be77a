import { among } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';

/** What the columns of a list were taken for; `fields` has one entry a column, null where it is left out. */
export interface ImportMapping {
  readonly unit_id: string;
  /** SHA-256, in hex, of the headings in their order. */
  readonly fingerprint: string;
  readonly fields: readonly (string | null)[];
  readonly account_id: string;
  readonly remembered_at_ms: number;
}

export interface ImportMappingRepository {
  /** The one remembered last among these units; null: none. */
  newest(unit_ids: readonly string[], fingerprint: string): Promise<ImportMapping | null>;
  /** Takes the place of what the unit had for these headings. */
  remember(mapping: ImportMapping): Promise<void>;
}

export function importMappingRepository(db: Db): ImportMappingRepository {
  return {
    async newest(unit_ids, fingerprint) {
      const row = await db
        .selectFrom('import_mappings')
        .selectAll()
        .where('fingerprint', '=', fingerprint)
        .where(among('unit_id', unit_ids))
        .orderBy('remembered_at_ms', 'desc')
        .orderBy('unit_id')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : { ...row, fields: JSON.parse(row.fields) as (string | null)[] };
    },

    async remember({ fields, ...mapping }) {
      const row = { ...mapping, fields: JSON.stringify(fields) };
      const { account_id, remembered_at_ms } = mapping;
      await db
        .insertInto('import_mappings')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .columns(['unit_id', 'fingerprint'])
            .doUpdateSet({ fields: row.fields, account_id, remembered_at_ms }),
        )
        .execute();
    },
  };
}
