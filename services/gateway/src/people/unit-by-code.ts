import { CodedError, type Unit } from '@minhchung/domain';
import type { Store } from '@minhchung/store';

/** The unit a person means by its code: the one that has it at `at_ms`, else the newest. Throws `UNKNOWN_UNIT`. */
export async function unitByCode(store: Store, code: string, at_ms?: number): Promise<Unit> {
  const unit = await store.units.byCode(code, at_ms);
  if (unit === null) throw new CodedError('UNKNOWN_UNIT', { unit: code });
  return unit;
}
