import { CodedError, type Lease } from '@minhchung/domain';
import type { Db } from '../query/insert.ts';

/** Why a lease holds no more: `CANCELLED` when the item was called off, else `LEASE_LOST`. */
export async function lostLease(db: Db, { item_id }: Lease): Promise<CodedError> {
  const row = await db
    .selectFrom('extraction_items')
    .select('state')
    .where('id', '=', item_id)
    .executeTakeFirst();
  const is_called_off = row?.state === 'cancelled' || row?.state === 'refused';
  return is_called_off ? new CodedError('CANCELLED') : new CodedError('LEASE_LOST', { item_id });
}
