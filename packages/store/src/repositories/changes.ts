import type { Actor } from '@minhchung/domain';
import { CHANGE_JSON_BYTES_MAX } from '../limits.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { Db } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import { newIdInOrder } from '../query/new-id.ts';
import type { RegistryChangeTable } from '../schema/changes.ts';

/** What of the register has a history. */
export type ChangeSubject =
  | 'unit'
  | 'network'
  | 'scheme'
  | 'site'
  | 'owner'
  | 'recorder'
  | 'camera'
  | 'agreement';

/** A value of a field; JSON, never a secret. */
export type ChangeValue =
  | string
  | number
  | boolean
  | null
  | readonly ChangeValue[]
  | { readonly [field: string]: ChangeValue };

/** Fields by the names the vocabulary gives them. */
export type ChangedFields = Readonly<Record<string, ChangeValue>>;

/** One change of the register, as it is appended. */
export interface RegistryChange {
  readonly at_ms: number;
  /** Null: the product itself, or somebody without an account. */
  readonly actor: Pick<Actor, 'person_id' | 'account_id'> | null;
  /** As in the audit trail, e.g. `camera.update`, `recorder.set_credentials`. */
  readonly act: string;
  readonly subject_kind: ChangeSubject;
  readonly subject_id: string;
  readonly unit_id: string | null;
  /** What the fields that differ were; empty for something new. */
  readonly before: ChangedFields;
  /** What the same fields became. */
  readonly after: ChangedFields;
}

/** A change as it is read back. */
export interface RegistryChangeRow extends Omit<RegistryChange, 'actor'> {
  readonly id: string;
  readonly person_id: string | null;
  readonly account_id: string | null;
}

export interface ChangeRepository {
  /**
   * Call it in the transaction of the change, before the audit event. Values that both sides hold are left out.
   * Throws `RangeError` for more than `CHANGE_JSON_BYTES_MAX`: a mistake of the program.
   */
  append(change: RegistryChange): Promise<void>;
  /** The same for many changes, in few statements: a change of the map moves whole cities. */
  appendMany(changes: readonly RegistryChange[]): Promise<void>;
  /** Newest first. */
  history(
    subject_kind: ChangeSubject,
    subject_id: string,
    page: PageRequest,
  ): Promise<Page<RegistryChangeRow>>;
}

/** Ten values a row; SQLite binds 32,766 in a statement. */
const ROWS_PER_STATEMENT = 100;

export function changeRepository(db: Db): ChangeRepository {
  return {
    async append(change) {
      await db.insertInto('registry_changes').values(toRow(change)).execute();
    },

    async appendMany(changes) {
      for (let from = 0; from < changes.length; from += ROWS_PER_STATEMENT) {
        const rows = changes.slice(from, from + ROWS_PER_STATEMENT).map(toRow);
        await db.insertInto('registry_changes').values(rows).execute();
      }
    },

    async history(subject_kind, subject_id, page) {
      const keys = keyset(page, ['registry_changes.at_ms', 'registry_changes.id'], 'desc');
      const rows = await db
        .selectFrom('registry_changes')
        .selectAll()
        .where('subject_kind', '=', subject_kind)
        .where('subject_id', '=', subject_id)
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.at_ms, row.id], toChange);
    },
  };
}

function toRow({ actor, before, after, ...change }: RegistryChange): RegistryChangeTable {
  const differing = differingFields(before, after);
  return {
    ...change,
    id: newIdInOrder(change.at_ms),
    person_id: actor?.person_id ?? null,
    account_id: actor?.account_id ?? null,
    before_json: json(before, differing),
    after_json: json(after, differing),
  };
}

/** Names of the fields that are not the same on both sides, in order. */
function differingFields(before: ChangedFields, after: ChangedFields): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

function json(fields: ChangedFields, names: readonly string[]): string {
  const kept = names.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]);
  const text = JSON.stringify(Object.fromEntries(kept));
  const size_bytes = Buffer.byteLength(text);
  if (size_bytes > CHANGE_JSON_BYTES_MAX)
    throw new RangeError(`a change of ${size_bytes} bytes is too large`);
  return text;
}

function toChange({ before_json, after_json, ...row }: RegistryChangeTable): RegistryChangeRow {
  return {
    ...row,
    subject_kind: row.subject_kind as ChangeSubject,
    before: JSON.parse(before_json) as ChangedFields,
    after: JSON.parse(after_json) as ChangedFields,
  };
}
