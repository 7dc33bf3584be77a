import type { Owner, Unit } from '@minhchung/domain';
import type { Repositories, SecretBox } from '@minhchung/store';
import { CellFault } from './cell-fault.ts';

/** What planning reads from. `repositories` may be the database or one transaction of it. */
export interface PlanContext {
  readonly repositories: Repositories;
  readonly secrets: SecretBox;
  readonly now_ms: number;
  readonly newId: () => string;
  /** Units in which the actor may register. */
  readonly unit_ids: ReadonlySet<string>;
  /** Owners met in this file, so that two cameras of one household get one owner. Key: name and phone. */
  readonly owners: Map<string, Owner>;
}

/** The unit of a row. Throws `CellFault` when there is none, or the actor may not register there. */
export async function unitOf(context: PlanContext, unit_code: string): Promise<Unit> {
  const unit = await context.repositories.units.byCode(unit_code, context.now_ms);
  if (unit === null) throw new CellFault('unit_code', unit_code, 'UNKNOWN_UNIT', { unit: unit_code });
  if (!context.unit_ids.has(unit.id)) {
    throw new CellFault('unit_code', unit_code, 'FORBIDDEN_UNIT', {
      action: 'camera.register',
      unit: unit.code,
    });
  }
  return unit;
}
