import { type ItemState, isItemFinal } from '@minhchung/domain';
import { atomically } from '../query/atomically.ts';
import { inParts } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';
import { keyIdOf, type SecretBox } from '../secret-box.ts';
import type { DeviceCredentials } from './credentials.ts';
import { sealWithKeyInUse } from './sealing-key.ts';

/** Accounts of devices entered for one item of a lawful order each; gone with the item's outcome. */
export interface ItemCredentialRepository {
  /** Seals and stores, replacing what was there. */
  set(item_id: string, credentials: DeviceCredentials, box: SecretBox, at_ms: number): Promise<void>;
  /** Null when the item has none. Throws `SECRET_UNREADABLE`. */
  open(item_id: string, box: SecretBox): Promise<DeviceCredentials | null>;
}

/** What the sealed text is bound to, beside the item. */
const PURPOSE = 'order-credentials';

export function itemCredentialRepository(db: Db): ItemCredentialRepository {
  return {
    set: (item_id, { username, password }, box, at_ms) =>
      atomically(db, async (tx) => {
        const sealed = await sealWithKeyInUse(tx, box, PURPOSE, item_id, { username, password });
        const row = { sealed, sealed_at_ms: at_ms, key_id: keyIdOf(sealed) };
        await tx
          .insertInto('item_credentials')
          .values({ item_id, ...row })
          .onConflict((conflict) => conflict.column('item_id').doUpdateSet(row))
          .execute();
      }),

    async open(item_id, box) {
      const row = await db
        .selectFrom('item_credentials')
        .select('sealed')
        .where('item_id', '=', item_id)
        .executeTakeFirst();
      if (row === undefined) return null;
      return JSON.parse(box.open(PURPOSE, item_id, row.sealed)) as DeviceCredentials;
    },
  };
}

/**
 * Destroys the accounts of items that come to this state, where it is an outcome or waits for a person: what was
 * entered for one fetching does not lie about. Call it in the transaction that changes the state.
 */
export async function destroyItemAccounts(tx: Db, item_ids: readonly string[], state: string): Promise<void> {
  if (!isItemFinal(state as ItemState) && state !== 'failed') return;
  await inParts(item_ids, async (part) => {
    await tx.deleteFrom('item_credentials').where('item_id', 'in', part).execute();
    return [];
  });
}
