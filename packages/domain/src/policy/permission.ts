import { LIMITS } from '../limits.ts';
import type { Actor, Role } from '../vocabulary/people.ts';
import { type Action, FOOTAGE_ACTIONS, rolesFor } from './actions.ts';
import { ALLOWED, denied, type Verdict } from './verdict.ts';

/** The units above a unit, nearest first, without itself: a ward's province. */
export type UnitAncestors = (unit_id: string) => readonly string[];

/** Builds `UnitAncestors` from the units themselves. A broken tree (a ring, a missing parent) ends the walk. */
export function unitAncestors(
  units: readonly { readonly id: string; readonly parent_id: string | null }[],
): UnitAncestors {
  const parents = new Map(units.map((unit) => [unit.id, unit.parent_id]));
  return (unit_id) => {
    const above: string[] = [];
    let parent = parents.get(unit_id) ?? null;
    while (parent !== null && !above.includes(parent) && above.length < LIMITS.unit_depth_max) {
      above.push(parent);
      parent = parents.get(parent) ?? null;
    }
    return above;
  };
}

/** True when a role held at `held_at` counts at `unit_id`: the same unit, or one above it. */
export function coversUnit(held_at: string, unit_id: string, ancestors: UnitAncestors): boolean {
  return held_at === unit_id || ancestors(unit_id).includes(held_at);
}

/** True when the actor holds one of the roles at the unit or above it. */
export function holdsRole(
  actor: Pick<Actor, 'appointments'>,
  roles: readonly Role[],
  unit_id: string,
  ancestors: UnitAncestors,
): boolean {
  return actor.appointments.some(
    ({ role, unit_id: held_at }) => roles.includes(role) && coversUnit(held_at, unit_id, ancestors),
  );
}

/**
 * May the actor do this at this unit? Refusals: `FORBIDDEN` (no such role anywhere), `FOOTAGE_NOT_FOR_ROLE`
 * (footage, for a role that sees facts only), `FORBIDDEN_UNIT` (the role is held elsewhere).
 */
export function mayAt(
  actor: Pick<Actor, 'appointments'>,
  action: Action,
  unit_id: string,
  ancestors: UnitAncestors,
): Verdict {
  const somewhere = maySomewhere(actor, action);
  if (!somewhere.allow) return somewhere;
  return holdsRole(actor, rolesFor(action), unit_id, ancestors)
    ? ALLOWED
    : denied('FORBIDDEN_UNIT', { action, unit: unit_id });
}

/**
 * May the actor do this at any unit at all? For lists, which then show the units of `unitsFor` only, and for
 * what belongs to no unit. Refusals: `FORBIDDEN`, `FOOTAGE_NOT_FOR_ROLE`.
 */
export function maySomewhere(actor: Pick<Actor, 'appointments'>, action: Action): Verdict {
  const roles = rolesFor(action);
  if (actor.appointments.some(({ role }) => roles.includes(role))) return ALLOWED;
  const role = actor.appointments[0]?.role;
  if (role !== undefined && (FOOTAGE_ACTIONS as readonly Action[]).includes(action)) {
    return denied('FOOTAGE_NOT_FOR_ROLE', { role });
  }
  return denied('FORBIDDEN', { action, roles: roles.join(', ') });
}

/** The units at which the actor may do this, each once; their descendants are meant too. */
export function unitsFor(actor: Pick<Actor, 'appointments'>, action: Action): string[] {
  const roles = rolesFor(action);
  const units = actor.appointments.filter(({ role }) => roles.includes(role)).map(({ unit_id }) => unit_id);
  return [...new Set(units)];
}
