import type { Unit } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

export interface UnitRepository {
  /** Throws `ALREADY_EXISTS` when the code is taken for an overlapping time. */
  create(unit: Unit): Promise<void>;
  byId(id: string): Promise<Unit | null>;
  /** The unit with this code at `at_ms`; without a time, the newest with this code. */
  byCode(code: string, at_ms?: number): Promise<Unit | null>;
  /** In order of code. */
  list(page: PageRequest): Promise<Page<Unit>>;
  /** Ids of the unit itself and of all above it, nearest first. */
  ancestorIds(unit_id: string): Promise<string[]>;
  /** Ids of the unit itself and of all below it. */
  descendantIds(unit_id: string): Promise<string[]>;
  /** True when `unit_id` is `ancestor_id` or lies below it. */
  isWithin(unit_id: string, ancestor_id: string): Promise<boolean>;
  /** Ends the unit's validity and names what follows it. */
  end(unit_id: string, valid_to_ms: number, successor_ids: readonly string[]): Promise<void>;
}
