import type { CameraKind, CameraState, FindingKind } from '@minhchung/domain';
import { sql } from 'kysely';
import { lastWorkedAt_ms, type StateRules, stateOfCamera } from '../network-state/camera-facts.ts';
import { type ClockCounts, type ClockOff, clockCounts, clocksOff } from '../network-state/clocks.ts';
import { type HeldDays, heldDays, type SoonOverwritten, soonOverwritten } from '../network-state/holdings.ts';
import { byUnits } from '../query/by-units.ts';
import { among } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';

/** Cameras in use that agree in unit, scheme, kind and state, counted. */
export interface CameraGroup {
  readonly unit_id: string;
  /** Null: of no scheme. */
  readonly scheme_id: string | null;
  readonly kind: CameraKind;
  readonly state: CameraState;
  readonly cameras: number;
  /** Of them: seen or attested to work at least once. */
  readonly ever_worked: number;
  /** The last time one of them worked. */
  readonly worked_at_ms: number | null;
  /** Of them: those whose recorder was asked what it holds, and those of which it holds something. */
  readonly holding_known: number;
  readonly holding: number;
}

/** What schemes gave to cases. */
export interface SchemeService {
  readonly scheme_id: string;
  readonly extractions: number;
  readonly last_delivered_at_ms: number | null;
}

export interface FindingCount {
  readonly kind: FindingKind;
  readonly open: number;
  readonly oldest_since_ms: number;
}

/**
 * The state of the network, counted by the database, some units at a time: the number of questions grows with units,
 * not with cameras. Every question is asked of a list of units.
 */
export interface NetworkStateRepository {
  cameraGroups(unit_ids: readonly string[], rules: StateRules): Promise<CameraGroup[]>;
  /** Sites of each scheme of these units; schemes without a site are left out. */
  sitesPerScheme(unit_ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Items delivered from the schemes' cameras since a true time; schemes that gave none are left out. */
  serviceOfSchemes(unit_ids: readonly string[], since_ms: number): Promise<SchemeService[]>;
  clockCounts(unit_ids: readonly string[], limit_ms: number): Promise<ClockCounts>;
  /** Clocks surely further off than the limit, the worst first. */
  clocksOff(unit_ids: readonly string[], limit_ms: number, rows_max: number): Promise<ClockOff[]>;
  /** Open findings by kind, most frequent first. */
  findingCounts(unit_ids: readonly string[]): Promise<FindingCount[]>;
  /** Cameras by how many whole days their recorder holds. */
  heldDays(unit_ids: readonly string[]): Promise<HeldDays[]>;
  /** Items still to be fetched whose footage is overwritten before a true time, the soonest first. */
  soonOverwritten(
    unit_ids: readonly string[],
    before_ms: number,
    rows_max: number,
  ): Promise<SoonOverwritten[]>;
}

export function networkStateRepository(db: Db): NetworkStateRepository {
  return {
    cameraGroups: (unit_ids, rules) => byUnits(unit_ids, (part) => cameraGroups(db, part, rules)),

    async sitesPerScheme(unit_ids) {
      const rows = await byUnits(unit_ids, (part) =>
        db
          .selectFrom('schemes')
          .innerJoin('sites', 'sites.scheme_id', 'schemes.id')
          .select((eb) => ['schemes.id as scheme_id', eb.fn.countAll<number>().as('sites')])
          .where(among('schemes.unit_id', part))
          .groupBy('schemes.id')
          .execute(),
      );
      return new Map(rows.map(({ scheme_id, sites }) => [scheme_id, sites]));
    },

    serviceOfSchemes: (unit_ids, since_ms) =>
      byUnits(unit_ids, (part) =>
        db
          .selectFrom('schemes')
          .innerJoin('sites', 'sites.scheme_id', 'schemes.id')
          .innerJoin('cameras', 'cameras.site_id', 'sites.id')
          .innerJoin('extraction_items', 'extraction_items.camera_id', 'cameras.id')
          .select((eb) => [
            'schemes.id as scheme_id',
            eb.fn.countAll<number>().as('extractions'),
            eb.fn.max('extraction_items.delivered_at_ms').as('last_delivered_at_ms'),
          ])
          .where(among('schemes.unit_id', part))
          .where('extraction_items.delivered_at_ms', '>=', since_ms)
          .groupBy('schemes.id')
          .execute(),
      ),

    clockCounts: (unit_ids, limit_ms) => clockCounts(db, unit_ids, limit_ms),
    clocksOff: (unit_ids, limit_ms, rows_max) => clocksOff(db, unit_ids, limit_ms, rows_max),

    findingCounts: async (unit_ids) => addedUp(await byUnits(unit_ids, (part) => findingCounts(db, part))),

    heldDays: (unit_ids) => heldDays(db, unit_ids),
    soonOverwritten: (unit_ids, before_ms, rows_max) => soonOverwritten(db, unit_ids, before_ms, rows_max),
  };
}

function findingCounts(db: Db, unit_ids: readonly string[]): Promise<FindingCount[]> {
  return db
    .selectFrom('findings')
    .select((eb) => [
      'kind',
      eb.fn.countAll<number>().as('open'),
      eb.fn.min<number>('since_ms').as('oldest_since_ms'),
    ])
    .where('closed_at_ms', 'is', null)
    .where(among('findings.unit_id', unit_ids))
    .groupBy('kind')
    .execute();
}

/** One count per kind, the most frequent first. */
function addedUp(counts: readonly FindingCount[]): FindingCount[] {
  const sums = new Map<FindingKind, FindingCount>();
  for (const { kind, open, oldest_since_ms } of counts) {
    const sum = sums.get(kind) ?? { kind, open: 0, oldest_since_ms };
    const oldest = Math.min(sum.oldest_since_ms, oldest_since_ms);
    sums.set(kind, { kind, open: sum.open + open, oldest_since_ms: oldest });
  }
  return [...sums.values()].sort((a, b) => b.open - a.open || (a.kind < b.kind ? -1 : 1));
}

async function cameraGroups(db: Db, unit_ids: readonly string[], rules: StateRules): Promise<CameraGroup[]> {
  const facts = db
    .selectFrom('cameras')
    .leftJoin('sites', 'sites.id', 'cameras.site_id')
    .leftJoin('observations', (join) =>
      join.onRef('observations.camera_id', '=', 'cameras.id').on('observations.is_current', '=', 1),
    )
    .leftJoin('recorder_polls', 'recorder_polls.recorder_id', 'observations.recorder_id')
    .leftJoin('coverages', (join) =>
      join.onRef('coverages.camera_id', '=', 'cameras.id').on('coverages.is_current', '=', 1),
    )
    .select(['cameras.unit_id', 'cameras.kind', 'sites.scheme_id'])
    .select([stateOfCamera(rules).as('state'), lastWorkedAt_ms(rules)])
    .select(sql<number>`case when coverages.id is null then 0 else 1 end`.as('holding_known'))
    .select(sql<number>`case when coverages.retained_from_device_ms is null then 0 else 1 end`.as('holding'))
    .where('cameras.retired_at_ms', 'is', null)
    .where(among('cameras.unit_id', unit_ids));
  const rows = await db
    .selectFrom(facts.as('facts'))
    .select((eb) => [
      'unit_id',
      'scheme_id',
      'kind',
      'state',
      eb.fn.countAll<number>().as('cameras'),
      eb.fn.count<number>('worked_at_ms').as('ever_worked'),
      eb.fn.max('worked_at_ms').as('worked_at_ms'),
      sql<number>`cast(sum(holding_known) as bigint)`.as('holding_known'),
      sql<number>`cast(sum(holding) as bigint)`.as('holding'),
    ])
    .groupBy(['unit_id', 'scheme_id', 'kind', 'state'])
    .execute();
  return rows.map((row) => ({ ...row, state: row.state as CameraState }));
}
