import type { HeldDevice, Network, Owner, Scheme, Site, Unit } from '@minhchung/domain';
import { problemOfUnitEnd, type Repositories, type SecretBox } from '@minhchung/store';
import { CellFault } from './cell-fault.ts';

/** Places met in this file, by code, so that a thousand rows of one ward ask for it once. */
export interface PlacesMet {
  readonly units: Map<string, Unit | null>;
  readonly networks: Map<string, Network | null>;
  readonly schemes: Map<string, Scheme | null>;
  readonly sites: Map<string, Site | null>;
  /** Devices of this file: network and address → recorder code → who is behind it. */
  readonly devices: Map<string, Map<string, HeldDevice>>;
}

/** What planning reads from. `repositories` may be the database or one transaction of it. */
export interface PlanContext {
  readonly repositories: Repositories;
  readonly secrets: SecretBox;
  readonly now_ms: number;
  readonly newId: () => string;
  /** Units in which the actor may register. */
  readonly unit_ids: ReadonlySet<string>;
  /** Folders below which a recorder's recordings may lie. */
  readonly recording_roots: readonly string[];
  /** Where devices may be at all (CIDR texts). */
  readonly allowed_networks: readonly string[];
  readonly places: PlacesMet;
  /** Owners met in this file, so that two cameras of one household get one owner. Key: name and phone. */
  readonly owners: Map<string, Owner>;
}

/** No place met yet. */
export function noPlaces(): PlacesMet {
  return { units: new Map(), networks: new Map(), schemes: new Map(), sites: new Map(), devices: new Map() };
}

/** The place of this code: as met before, else as `load` finds it. */
export async function met<T>(
  known: Map<string, T | null>,
  code: string,
  load: (code: string) => Promise<T | null>,
): Promise<T | null> {
  const before = known.get(code);
  if (before !== undefined) return before;
  const found = await load(code);
  known.set(code, found);
  return found;
}

/** The unit of a row. Throws `CellFault` when there is none, it has ended, or the actor may not register there. */
export async function unitOf(context: PlanContext, unit_code: string): Promise<Unit> {
  const { units } = context.repositories;
  const unit = await met(context.places.units, unit_code, (code) => units.byCode(code, context.now_ms));
  if (unit === null) throw await faultOf(context, unit_code);
  if (!context.unit_ids.has(unit.id)) {
    const details = { action: 'camera.import', unit: unit.code };
    throw new CellFault('unit_code', unit_code, 'FORBIDDEN_UNIT', details);
  }
  return unit;
}

/** A list that was kept for years names the ward of then: the row is told which one it is now. */
async function faultOf({ repositories, now_ms }: PlanContext, unit_code: string): Promise<CellFault> {
  const of_code = await repositories.units.ofCode(unit_code);
  const [last] = of_code.sort((a, b) => b.valid_from_ms - a.valid_from_ms);
  const ended = last === undefined ? null : await problemOfUnitEnd(repositories, last.id, now_ms);
  const { code, details } = ended ?? { code: 'UNKNOWN_UNIT', details: { unit: unit_code } };
  return new CellFault('unit_code', unit_code, code, details);
}
