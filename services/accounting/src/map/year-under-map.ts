import type { Position, Span } from '@minhchung/domain';
import { allRows } from '../all-rows.ts';
import type { ReportDeps } from '../deps.ts';
import {
  isClarifiedIn,
  isSchemeOf,
  sentenceOf,
  spanOfYear,
  type YearFigures,
  type YearLine,
} from '../year-line.ts';
import { namesOf, unitsUnderMap } from './counts-under-map.ts';
import { placeAt } from './place-items.ts';
import { type MapReading, type MapWish, readingOf } from './reading.ts';

/** What one unit of the map adds to the year. */
export type UnitYearFigures = Omit<YearFigures, 'units' | 'units_with_scheme'>;

export interface UnitYear extends UnitYearFigures {
  /** Null: cannot be assigned to any unit of the map. */
  readonly unit_id: string | null;
  readonly unit_code: string;
  readonly unit_name: string;
}

/** Something of a split unit that belongs to one of its parts, and nobody can say to which. */
export interface Unplaced {
  readonly kind: 'scheme' | 'camera' | 'incident' | 'tip';
  /** A code where it has one, else its id. */
  readonly name: string;
  readonly unit_code: string;
}

export interface YearUnderMap extends YearLine {
  readonly as_of_ms: number;
  /** In order of code; what no unit can be given is the last line, and not part of the figures. */
  readonly units: readonly UnitYear[];
  readonly not_assignable: readonly Unplaced[];
}

/**
 * The yearly line as the map of a date has it, and unit by unit. Items, cameras and incidents go with where they are,
 * schemes and tips with the successor of their unit. Throws `UNIT_NOT_ON_MAP`.
 */
export function yearUnderMap(deps: ReportDeps) {
  return async (year: number, wish: MapWish): Promise<YearUnderMap> => {
    const span = spanOfYear(year);
    const reading = await readingOf(deps.store, wish);
    const tally = tallyOf(reading);
    await addSchemes(deps, reading, tally, span);
    await addCameras(deps, reading, tally, span);
    await addIncidents(deps, reading, tally, year);
    await addTips(deps, reading, tally, span);
    for (const { unit_id, delivered } of await unitsUnderMap(deps)(wish, { span })) {
      tally.count(unit_id, { extractions_delivered: delivered });
    }
    const units = tally.lines();
    const wards = [...reading.units.values()].filter(
      ({ id, level }) => level === 'ward' && reading.map.isValid(id) && reading.holds(id, id) === 'yes',
    );
    const placed = units.filter(({ unit_id }) => unit_id !== null);
    const sum = placed.reduce<UnitYearFigures>((all, one) => plus(all, one), NOTHING);
    const units_with_scheme = placed.filter(({ schemes }) => schemes > 0).length;
    const figures = { units: wards.length, units_with_scheme, ...sum };
    const sentence = sentenceOf(year, figures);
    return { year, as_of_ms: wish.as_of_ms, figures, sentence, units, not_assignable: tally.unplaced };
  };
}

const NOTHING: UnitYearFigures = {
  schemes: 0,
  sites: 0,
  cameras: 0,
  extractions_delivered: 0,
  incidents_clarified: 0,
  tips: 0,
  tips_of_value: 0,
};
const NAMES = Object.keys(NOTHING) as readonly (keyof UnitYearFigures)[];

function plus(a: UnitYearFigures, b: Partial<UnitYearFigures>): UnitYearFigures {
  return Object.fromEntries(
    NAMES.map((name) => [name, a[name] + (b[name] ?? 0)]),
  ) as unknown as UnitYearFigures;
}

type Tally = ReturnType<typeof tallyOf>;

function tallyOf(reading: MapReading) {
  const lines = new Map<string | null, UnitYearFigures>();
  const unplaced: Unplaced[] = [];
  const count = (unit_id: string | null, figures: Partial<UnitYearFigures>) => {
    lines.set(unit_id, plus(lines.get(unit_id) ?? NOTHING, figures));
  };
  return {
    unplaced,
    count,
    /** Counts a thing where it belongs: its unit's successor, or the part of it in which the position lies. */
    add(
      thing: { readonly kind: Unplaced['kind']; readonly name: string; readonly unit_id: string },
      position: Position | null,
      figures: Partial<UnitYearFigures>,
    ) {
      const { kind, name, unit_id } = thing;
      const parts = reading.map.standIns(unit_id);
      const placed = parts.length === 1 ? parts[0]! : position && placeAt(reading.map, unit_id, position);
      if (reading.holds(unit_id, placed) === 'no') return;
      count(placed, figures);
      const unit_code = reading.units.get(unit_id)?.code ?? unit_id;
      if (placed === null) unplaced.push({ kind, name, unit_code });
    },
    lines: (): UnitYear[] =>
      [...lines]
        .filter(([, figures]) => NAMES.some((name) => figures[name] > 0))
        .map(([unit_id, figures]) => ({ unit_id, ...namesOf(reading, unit_id), ...figures }))
        .sort((a, b) => compare(order(a), order(b))),
  };
}

/** Units of which anything may belong to the report. */
function unitsOf({ whole_ids, split_ids }: MapReading): readonly string[] {
  return [...whole_ids, ...split_ids];
}

async function addSchemes(
  { store }: ReportDeps,
  reading: MapReading,
  tally: Tally,
  span: Span,
): Promise<void> {
  const unit_ids = unitsOf(reading);
  for await (const scheme of allRows((page) => store.schemes.list({ unit_ids }, page))) {
    if (!isSchemeOf(scheme, span)) continue;
    let sites = 0;
    for await (const _ of allRows((page) => store.sites.list({ scheme_id: scheme.id }, page))) sites += 1;
    tally.add({ kind: 'scheme', name: scheme.code, unit_id: scheme.unit_id }, null, { schemes: 1, sites });
  }
}

async function addCameras(
  { store }: ReportDeps,
  reading: MapReading,
  tally: Tally,
  span: Span,
): Promise<void> {
  const unit_ids = unitsOf(reading);
  for await (const { code, unit_id, position, created_at_ms } of allRows((page) =>
    store.cameras.list({ unit_ids }, page),
  )) {
    if (created_at_ms < span.end_ms)
      tally.add({ kind: 'camera', name: code, unit_id }, position, { cameras: 1 });
  }
}

async function addIncidents(
  { store }: ReportDeps,
  reading: MapReading,
  tally: Tally,
  year: number,
): Promise<void> {
  const unit_ids = unitsOf(reading);
  for await (const incident of allRows((page) => store.incidents.list({ unit_ids }, page))) {
    if (!isClarifiedIn(incident, year)) continue;
    const thing = { kind: 'incident', name: incident.id, unit_id: incident.unit_id } as const;
    tally.add(thing, incident.position, { incidents_clarified: 1 });
  }
}

async function addTips({ store }: ReportDeps, reading: MapReading, tally: Tally, span: Span): Promise<void> {
  const unit_ids = unitsOf(reading);
  for await (const { id, unit_id, received_at_ms, of_value } of allRows((page) =>
    store.tips.list({ unit_ids }, page),
  )) {
    if (received_at_ms < span.start_ms || received_at_ms >= span.end_ms) continue;
    tally.add({ kind: 'tip', name: id, unit_id }, null, {
      tips: 1,
      tips_of_value: of_value === true ? 1 : 0,
    });
  }
}

function order({ unit_id, unit_code }: UnitYear): string {
  return unit_id === null ? '\uffff' : unit_code;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
