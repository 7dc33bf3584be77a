import { CodedError, startOfVietnamDay, type Unit, vietnamDay } from '@minhchung/domain';
import type { AuditEvent, Repositories } from '@minhchung/store';
import { endUnit, nameSuccessors } from './change-map.ts';
import { insertUnit, updateUnit } from './change-units.ts';
import { writeBoundary } from './draw-boundary.ts';
import type { UnitFeature } from './read-features.ts';
import type { UnitEditor } from './unit-act.ts';

/** What a file of units is written with. */
export interface FeatureContext {
  readonly by: UnitEditor;
  readonly newId: () => string;
  /** Units the actor administers; null: all, as the operator does. */
  readonly scope: ReadonlySet<string> | null;
  /** Province of features that name none. */
  readonly parent_code: string | null;
}

export interface WrittenFeature {
  readonly outcome: 'created' | 'changed' | 'unchanged';
  readonly changes: readonly string[];
  readonly events: readonly AuditEvent[];
}

/**
 * Brings one unit of a file into the register: makes it, or changes what differs, ends what it replaces, draws it.
 * The unit meant is the one with this code and first day; without a day, the one that has the code today. Call it
 * behind `units.lock`. Throws what is wrong with it; then some of it may be written, so roll back.
 */
export async function writeFeature(
  tx: Repositories,
  context: FeatureContext,
  feature: UnitFeature,
): Promise<WrittenFeature> {
  const { by } = context;
  const existing = await existingUnit(tx, by, feature);
  const parent_id = await parentOf(tx, context, feature, existing);
  const from_ms =
    existing?.valid_from_ms ?? feature.valid_from_ms ?? startOfVietnamDay(vietnamDay(by.now_ms))!;
  const ended = await endReplaced(tx, context, feature, from_ms);
  const changes: string[] = [];
  const events: (AuditEvent | null)[] = [];
  let unit_id: string;
  if (existing === null) {
    const { code, name, level, valid_to_ms } = feature;
    const wish = { code, name, level, parent_id, valid_from_ms: from_ms, valid_to_ms };
    const made = await insertUnit(tx, by, context.newId(), wish);
    events.push(made.event);
    unit_id = made.unit.id;
  } else {
    demandScope(context, existing.id, existing.code);
    const { unit, event } = await updateUnit(tx, by, existing.id, feature);
    if (unit.name !== existing.name) changes.push('name');
    if (unit.valid_to_ms !== existing.valid_to_ms) changes.push('valid_to');
    events.push(event);
    unit_id = existing.id;
  }
  for (const old of ended) {
    const event = await nameSuccessors(tx, by, old, [feature.code], from_ms);
    if (event !== null) changes.push(`ends:${old.code}`);
    events.push(event);
  }
  if (feature.boundary !== null) {
    const event = await writeBoundary(tx, by, unit_id, feature.boundary);
    if (event !== null) changes.push('boundary');
    events.push(event);
  }
  const outcome = existing === null ? 'created' : changes.length > 0 ? 'changed' : 'unchanged';
  return { outcome, changes, events: events.filter((event) => event !== null) };
}

async function existingUnit(tx: Repositories, by: UnitEditor, feature: UnitFeature): Promise<Unit | null> {
  const { code, valid_from_ms } = feature;
  if (valid_from_ms === undefined) return tx.units.byCode(code, by.now_ms);
  return (await tx.units.ofCode(code)).find((unit) => unit.valid_from_ms === valid_from_ms) ?? null;
}

/** The province the unit lies below; a unit that exists stays where it is. */
async function parentOf(
  tx: Repositories,
  context: FeatureContext,
  feature: UnitFeature,
  existing: Unit | null,
): Promise<string | null> {
  const code =
    feature.parent_code ?? (feature.level === 'ward' && existing === null ? context.parent_code : null);
  if (existing !== null && existing.level !== feature.level)
    throw new CodedError('UNIT_LEVEL', { unit: feature.code });
  if (code === null) {
    if (existing !== null) return existing.parent_id;
    if (feature.level === 'ward') throw new CodedError('UNIT_PROPERTY_MISSING', { property: 'parent_code' });
    return null;
  }
  const parent = await tx.units.byCode(code, feature.valid_from_ms ?? context.by.now_ms);
  const found = parent ?? (await tx.units.byCode(code));
  if (found === null) throw new CodedError('UNKNOWN_UNIT', { unit: code });
  if (existing !== null && existing.parent_id !== found.id) {
    const expected = (existing.parent_id && (await tx.units.byId(existing.parent_id))?.code) || '–';
    throw new CodedError('UNIT_PROPERTY_INVALID', { property: 'parent_code', value: code, expected });
  }
  demandScope(context, found.id, found.code);
  return found.id;
}

/** Ends what the unit replaces, and returns those units as they were. */
async function endReplaced(
  tx: Repositories,
  context: FeatureContext,
  feature: UnitFeature,
  at_ms: number,
): Promise<Unit[]> {
  const ended: Unit[] = [];
  for (const code of feature.replaces) {
    const old = await tx.units.byCode(code, at_ms - 1);
    if (old === null) throw new CodedError('UNKNOWN_UNIT', { unit: code });
    demandScope(context, old.id, old.code);
    ended.push(await endUnit(tx, old.id, { at_ms, end: [] }));
  }
  return ended;
}

function demandScope({ scope }: FeatureContext, unit_id: string, unit: string): void {
  if (scope === null || scope.has(unit_id)) return;
  throw new CodedError('FORBIDDEN_UNIT', { action: 'unit.manage', unit });
}
