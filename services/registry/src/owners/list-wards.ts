import type { Unit } from '@minhchung/domain';
import type { OwnerActDeps } from './deps.ts';
import { WARDS_MAX } from './limits.ts';

/** Wards of today, by name: the public list an owner chooses from. */
export function listWards(deps: Pick<OwnerActDeps, 'store' | 'time'>) {
  return async (): Promise<Unit[]> => {
    const now_ms = deps.time.now_ms();
    const wards: Unit[] = [];
    let after: string | null = null;
    do {
      const { rows, next }: { readonly rows: readonly Unit[]; readonly next: string | null } =
        await deps.store.units.list({ limit: WARDS_MAX, after });
      for (const unit of rows) {
        const is_today = unit.valid_from_ms <= now_ms && (unit.valid_to_ms ?? Infinity) > now_ms;
        if (unit.level === 'ward' && is_today) wards.push(unit);
      }
      after = next;
    } while (after !== null && wards.length < WARDS_MAX);
    return wards.sort((a, b) => a.name.localeCompare(b.name, 'vi'));
  };
}
