import { CodedError, formatVietnam, isUnitValidAt, type Unit } from '@minhchung/domain';
import type { AuditEvent, Repositories } from '@minhchung/store';
import { insertUnit } from './change-units.ts';
import {
  demandUnitRules,
  fieldsOf,
  findUnit,
  recordUnitChange,
  type UnitDeps,
  type UnitEditor,
} from './unit-act.ts';

/** Units that end at a date, units that begin then, and which follow which. */
export interface MapChange {
  readonly at_ms: number;
  readonly create: readonly Pick<Unit, 'code' | 'name' | 'level' | 'parent_id'>[];
  readonly end: readonly { readonly unit_id: string; readonly successor_codes: readonly string[] }[];
}

/**
 * Merges and splits units: all of it in one transaction, or nothing. Units end before others begin, so that a code may
 * be used again; successors are named by the code they have at the date. A unit that ended at that very date may
 * get further successors; repeating the call with nothing to create changes nothing. Returns the units concerned.
 *
 * Throws `UNKNOWN_UNIT`, `UNIT_ENDED` (at another date), `UNIT_HAS_WARDS` (a province whose wards do not end with
 * it), and what `unitProblem` finds.
 */
export function changeMap(deps: UnitDeps) {
  return (by: UnitEditor, change: MapChange): Promise<Unit[]> =>
    deps.store.transaction(async (tx) => {
      await tx.units.lock();
      const events: AuditEvent[] = [];
      const before: Unit[] = [];
      for (const { unit_id } of change.end) before.push(await endUnit(tx, unit_id, change));
      for (const wish of change.create) {
        const made = await insertUnit(tx, by, deps.newId(), { ...wish, valid_from_ms: change.at_ms });
        events.push(made.event);
      }
      for (const [n, { successor_codes }] of change.end.entries()) {
        const event = await nameSuccessors(tx, by, before[n]!, successor_codes, change.at_ms);
        if (event !== null) events.push(event);
      }
      for (const event of events) await tx.audit.append(event);
      const ids = new Set(events.map((event) => event.subject_id));
      const units: Unit[] = [];
      for (const id of ids) units.push(await findUnit(tx, id));
      return units;
    });
}

/** Returns the unit as it was. Call it behind `units.lock`. */
export async function endUnit(
  tx: Repositories,
  unit_id: string,
  change: { readonly at_ms: number; readonly end: MapChange['end'] },
): Promise<Unit> {
  const unit = await findUnit(tx, unit_id);
  if (unit.valid_to_ms === change.at_ms) return unit;
  if (unit.valid_to_ms !== null && unit.valid_to_ms < change.at_ms) {
    throw new CodedError('UNIT_ENDED', { unit: unit.code, at: formatVietnam(unit.valid_to_ms) });
  }
  if (unit.level === 'province') await demandNoWards(tx, unit, change);
  const ended = { ...unit, valid_to_ms: change.at_ms, successor_ids: [] };
  await demandUnitRules(tx, ended);
  await tx.units.update(ended);
  return unit;
}

/** Adds successors to a unit that ends at the date, and records the whole end. Null when nothing is new. */
export async function nameSuccessors(
  tx: Repositories,
  by: UnitEditor,
  before: Unit,
  successor_codes: readonly string[],
  at_ms: number,
): Promise<AuditEvent | null> {
  const successor_ids = new Set(before.successor_ids);
  for (const code of successor_codes) {
    const successor = await tx.units.byCode(code, at_ms);
    if (successor === null) throw new CodedError('UNKNOWN_UNIT', { unit: code });
    successor_ids.add(successor.id);
  }
  const after: Unit = { ...before, valid_to_ms: at_ms, successor_ids: [...successor_ids] };
  await demandUnitRules(tx, after);
  if (before.valid_to_ms === at_ms && successor_ids.size === before.successor_ids.length) return null;
  await tx.units.end(before.id, at_ms, after.successor_ids);
  return recordUnitChange(tx, by, 'unit.end', before.id, endOf(before), endOf(after));
}

function endOf(unit: Unit) {
  const { valid_to_ms = null, successor_ids = [] } = fieldsOf(unit);
  return { valid_to_ms, successor_ids };
}

async function demandNoWards(
  tx: Repositories,
  province: Unit,
  { at_ms, end }: { readonly at_ms: number; readonly end: MapChange['end'] },
): Promise<void> {
  const ending = new Set(end.map(({ unit_id }) => unit_id));
  let count = 0;
  for (const id of await tx.units.descendantIds(province.id)) {
    if (id === province.id || ending.has(id)) continue;
    const ward = await tx.units.byId(id);
    if (ward !== null && (isUnitValidAt(ward, at_ms) || ward.valid_from_ms > at_ms)) count += 1;
  }
  if (count > 0) throw new CodedError('UNIT_HAS_WARDS', { unit: province.code, count });
}
