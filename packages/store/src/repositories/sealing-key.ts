import { CodedError } from '@minhchung/domain';
import { atomically } from '../query/atomically.ts';
import { changed, type Db } from '../query/insert.ts';
import { lockRow } from '../query/lock-row.ts';
import { keyIdOf, type SecretBox } from '../secret-box.ts';

/** Tables of sealed secrets: what their texts are bound to, beside the row. */
const SEALED = [
  { table: 'recorder_credentials', id: 'recorder_id', purpose: 'device-credentials' },
  { table: 'item_credentials', id: 'item_id', purpose: 'order-credentials' },
] as const;

/** What sealing a part of the secrets anew came to. */
export interface ResealedPart {
  readonly resealed: number;
  /** Sealed by a key that is lost: to be entered anew. */
  readonly unreadable: number;
  /** Give it back to go on; null: everything was looked at. */
  readonly next: ResealPlace | null;
}

/** How far sealing anew has come: the table and the row. */
export interface ResealPlace {
  readonly table: number;
  readonly after: string;
}

export interface SealingKeyRepository {
  /**
   * From now on nothing is sealed with another key than the box's: waits for transactions that are about to store
   * such a secret, and refuses later ones. Returns the name of the key.
   */
  use(box: SecretBox): Promise<string>;
  /** Seals the next `limit` secrets anew, those of the present key left alone; all of the part or nothing. */
  reseal(box: SecretBox, key_id: string, place: ResealPlace | null, limit: number): Promise<ResealedPart>;
  /** Secrets that are not sealed with this key. */
  countOthers(key_id: string): Promise<number>;
}

export function sealingKeyRepository(db: Db): SealingKeyRepository {
  return {
    use: (box) =>
      atomically(db, async (tx) => {
        await lockRow(tx, 'sealing_key', '1');
        const key_id = keyNameOf(box);
        await tx.updateTable('sealing_key').set({ key_id }).where('id', '=', 1).execute();
        return key_id;
      }),

    reseal: (box, key_id, place, limit) => atomically(db, (tx) => resealPart(tx, box, key_id, place, limit)),

    async countOthers(key_id) {
      let count = 0;
      for (const { table } of SEALED) {
        const { others } = await db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll<number>().as('others'))
          .where((eb) => eb.or([eb('key_id', 'is', null), eb('key_id', '<>', key_id)]))
          .executeTakeFirstOrThrow();
        count += Number(others);
      }
      return count;
    },
  };
}

/**
 * Seals a secret with the key in use, and keeps that key in use until the transaction ends. A process that still holds
 * the key before it reads the key file again; throws `KEY_FILE_BROKEN` where it holds another one even then.
 */
export async function sealWithKeyInUse(
  tx: Db,
  box: SecretBox,
  purpose: string,
  subject_id: string,
  secret: object,
): Promise<string> {
  await lockRow(tx, 'sealing_key', '1');
  const row = await tx.selectFrom('sealing_key').select('key_id').where('id', '=', 1).executeTakeFirst();
  const wanted = row?.key_id ?? null;
  const text = JSON.stringify(secret);
  let sealed = box.seal(purpose, subject_id, text);
  if (wanted === null || keyIdOf(sealed) === wanted) return sealed;
  box.refresh();
  sealed = box.seal(purpose, subject_id, text);
  if (keyIdOf(sealed) === wanted) return sealed;
  throw new CodedError('KEY_FILE_BROKEN', { path: 'device-secrets.key', reason: 'it is not the key in use' });
}

async function resealPart(
  tx: Db,
  box: SecretBox,
  key_id: string,
  place: ResealPlace | null,
  limit: number,
): Promise<ResealedPart> {
  const { table: at, after } = place ?? { table: 0, after: '' };
  const kind = SEALED[at];
  if (kind === undefined) return { resealed: 0, unreadable: 0, next: null };
  const rows = await sealedRows(tx, kind, after, limit);
  let resealed = 0;
  let unreadable = 0;
  for (const row of rows) {
    if (row.key_id === key_id) continue;
    const plain = plainOrNull(box, kind.purpose, row);
    if (plain === null) unreadable += 1;
    else if (await replace(tx, kind, row, box.seal(kind.purpose, row.id, plain))) resealed += 1;
  }
  const last = rows.at(-1);
  const is_full = rows.length === limit && last !== undefined;
  const next = is_full ? { table: at, after: last.id } : SEALED[at + 1] && { table: at + 1, after: '' };
  return { resealed, unreadable, next: next ?? null };
}

interface SealedRow {
  readonly id: string;
  readonly sealed: string;
  readonly key_id: string | null;
}

async function sealedRows(
  tx: Db,
  kind: (typeof SEALED)[number],
  after: string,
  limit: number,
): Promise<readonly SealedRow[]> {
  if (kind.table === 'recorder_credentials') {
    const rows = tx.selectFrom(kind.table).select(['recorder_id as id', 'sealed', 'key_id']);
    return rows.where('recorder_id', '>', after).orderBy('recorder_id').limit(limit).execute();
  }
  const rows = tx.selectFrom(kind.table).select(['item_id as id', 'sealed', 'key_id']);
  return rows.where('item_id', '>', after).orderBy('item_id').limit(limit).execute();
}

/** Compare and set: what was entered or destroyed meanwhile is left as it is. */
async function replace(
  tx: Db,
  kind: (typeof SEALED)[number],
  row: SealedRow,
  sealed: string,
): Promise<boolean> {
  const set = { sealed, key_id: keyIdOf(sealed) };
  const update =
    kind.table === 'recorder_credentials'
      ? tx.updateTable(kind.table).set(set).where('recorder_id', '=', row.id).where('sealed', '=', row.sealed)
      : tx.updateTable(kind.table).set(set).where('item_id', '=', row.id).where('sealed', '=', row.sealed);
  return changed(await update.executeTakeFirst());
}

function plainOrNull(box: SecretBox, purpose: string, { id, sealed }: SealedRow): string | null {
  try {
    return box.open(purpose, id, sealed);
  } catch (error) {
    if (error instanceof CodedError) return null;
    throw error;
  }
}

function keyNameOf(box: SecretBox): string {
  box.refresh();
  return keyIdOf(box.seal('key-name', 'key-name', ''))!;
}
