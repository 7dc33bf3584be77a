import { CodedError, type Unit } from '@minhchung/domain';
import type { Store } from '@minhchung/store';

/** The unit a person means by its code. Throws `UNKNOWN_UNIT`. */
export async function unitByCode(store: Store, code: string): Promise<Unit> {
  const unit = await store.units.byCode(code);
  if (unit === null) throw new CodedError('UNKNOWN_UNIT', { unit: code });
  return unit;
}
