import { actorFields, type RouteDeps } from '@minhchung/contract/server';
import { type Actor, CodedError, type Unit, type UnitsAround, unitProblem } from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';
import type { AuditEvent, Repositories, Store } from '@minhchung/store';

/** What changing units needs. */
export type UnitDeps = Pick<RouteDeps<Store, Settings>, 'store' | 'newId'>;

/** Who changes units, and when. A null actor is the operator at this machine's command line. */
export interface UnitEditor {
  readonly actor: Actor | null;
  readonly now_ms: number;
}

/** Fields of a unit by name, as its history and the audit trail tell them. */
type UnitFields = AuditEvent['details'];

/** The unit of this id. Throws `UNKNOWN_UNIT`. */
export async function findUnit(repositories: Pick<Repositories, 'units'>, unit_id: string): Promise<Unit> {
  const unit = await repositories.units.byId(unit_id);
  if (unit === null) throw new CodedError('UNKNOWN_UNIT', { unit: unit_id });
  return unit;
}

/** Throws what is wrong with the unit as it is to be. Call it behind `units.lock`. */
export async function demandUnitRules(tx: Repositories, unit: Unit): Promise<void> {
  const parent = unit.parent_id === null ? null : await findUnit(tx, unit.parent_id);
  const around: UnitsAround = {
    same_code: await tx.units.ofCode(unit.code),
    parent,
    successors: await unitsOf(tx, unit.successor_ids),
    predecessors: await unitsOf(tx, await tx.units.predecessorIds(unit.id)),
  };
  const problem = unitProblem(unit, around);
  if (problem !== null) throw problem;
}

async function unitsOf(tx: Repositories, ids: readonly string[]): Promise<Unit[]> {
  const units: Unit[] = [];
  for (const id of ids) units.push(await findUnit(tx, id));
  return units;
}

/** Appends what a unit was and became to the register's history; the audit event is returned, to be appended last. */
export async function recordUnitChange(
  tx: Repositories,
  by: UnitEditor,
  act: string,
  unit_id: string,
  before: UnitFields,
  after: UnitFields,
): Promise<AuditEvent> {
  const { actor, now_ms: at_ms } = by;
  const subject = { subject_kind: 'unit', subject_id: unit_id, unit_id } as const;
  await tx.changes.append({ at_ms, actor, act, ...subject, before, after });
  return unitEvent(by, act, unit_id, after);
}

/** An audit event of an act on a unit, or on no one unit. */
export function unitEvent(
  { actor, now_ms }: UnitEditor,
  act: string,
  unit_id: string | null,
  details: AuditEvent['details'],
): AuditEvent {
  return {
    at_ms: now_ms,
    act,
    ...(actor === null ? { account_id: null, person_id: null } : actorFields(actor)),
    unit_id,
    subject_kind: 'unit',
    subject_id: unit_id ?? 'map',
    outcome: 'ok',
    details: actor === null ? { performed_by: 'command', ...details } : details,
  };
}

/** A unit's own fields, as its history tells them. */
export function fieldsOf(unit: Unit): UnitFields {
  const { code, name, level, parent_id, valid_from_ms, valid_to_ms, successor_ids } = unit;
  return {
    code,
    name,
    level,
    parent_id,
    valid_from_ms,
    valid_to_ms,
    successor_ids: [...successor_ids].sort(),
  };
}
