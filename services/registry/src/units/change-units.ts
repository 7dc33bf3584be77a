import { checkCode, type Unit } from '@minhchung/domain';
import type { AuditEvent, Repositories } from '@minhchung/store';
import {
  demandUnitRules,
  fieldsOf,
  findUnit,
  recordUnitChange,
  type UnitDeps,
  type UnitEditor,
} from './unit-act.ts';

/** A unit as somebody wants it. */
export interface UnitWish extends Pick<Unit, 'code' | 'name' | 'level' | 'parent_id' | 'valid_from_ms'> {
  readonly valid_to_ms?: number | null | undefined;
}

/** What may be changed of a unit; undefined: stays. */
export interface UnitChange {
  readonly name?: string | undefined;
  readonly valid_from_ms?: number | undefined;
  readonly valid_to_ms?: number | null | undefined;
}

/**
 * Adds a province or a ward, with its history and audit event. Throws `CODE_INVALID`, `UNKNOWN_UNIT` (no such
 * parent), and what `unitProblem` finds.
 */
export function createUnit(deps: UnitDeps) {
  return (by: UnitEditor, wish: UnitWish): Promise<Unit> =>
    deps.store.transaction(async (tx) => {
      await tx.units.lock();
      const { unit, event } = await insertUnit(tx, by, deps.newId(), wish);
      await tx.audit.append(event);
      return unit;
    });
}

/** The same within a change of several units. Call it behind `units.lock`. */
export async function insertUnit(
  tx: Repositories,
  by: UnitEditor,
  id: string,
  wish: UnitWish,
): Promise<{ readonly unit: Unit; readonly event: AuditEvent }> {
  const { level, parent_id, valid_from_ms, valid_to_ms = null } = wish;
  const names = { code: checkCode(wish.code), name: wish.name.normalize('NFC').trim() };
  const unit: Unit = { id, ...names, level, parent_id, valid_from_ms, valid_to_ms, successor_ids: [] };
  await demandUnitRules(tx, unit);
  await tx.units.create(unit);
  return { unit, event: await recordUnitChange(tx, by, 'unit.create', id, {}, fieldsOf(unit)) };
}

/** Changes name or validity. Nothing is recorded when nothing differs. Throws `UNKNOWN_UNIT`, and as `createUnit`. */
export function changeUnit(deps: UnitDeps) {
  return (by: UnitEditor, unit_id: string, change: UnitChange): Promise<Unit> =>
    deps.store.transaction(async (tx) => {
      await tx.units.lock();
      const { unit, event } = await updateUnit(tx, by, unit_id, change);
      if (event !== null) await tx.audit.append(event);
      return unit;
    });
}

/** The same within a change of several units. Call it behind `units.lock`. */
export async function updateUnit(
  tx: Repositories,
  by: UnitEditor,
  unit_id: string,
  change: UnitChange,
): Promise<{ readonly unit: Unit; readonly event: AuditEvent | null }> {
  const before = await findUnit(tx, unit_id);
  const unit: Unit = {
    ...before,
    name: change.name?.normalize('NFC').trim() ?? before.name,
    valid_from_ms: change.valid_from_ms ?? before.valid_from_ms,
    valid_to_ms: change.valid_to_ms === undefined ? before.valid_to_ms : change.valid_to_ms,
  };
  const differing = (['name', 'valid_from_ms', 'valid_to_ms'] as const).filter(
    (key) => before[key] !== unit[key],
  );
  if (differing.length === 0) return { unit, event: null };
  await demandUnitRules(tx, unit);
  await tx.units.update(unit);
  const only = (one: Unit) => Object.fromEntries(differing.map((key) => [key, one[key]]));
  return { unit, event: await recordUnitChange(tx, by, 'unit.update', unit_id, only(before), only(unit)) };
}
