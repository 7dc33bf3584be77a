import {
  type Bilingual,
  civilToMs,
  type Scheme,
  type Span,
  VIETNAM_OFFSET_MS,
  vietnamYear,
} from '@minhchung/domain';
import { allRows } from './all-rows.ts';
import type { ReportDeps } from './deps.ts';

/** The figures of one year in Vietnam. */
export interface YearFigures {
  /** Wards and communes the report covers. */
  readonly units: number;
  readonly units_with_scheme: number;
  readonly schemes: number;
  readonly sites: number;
  readonly cameras: number;
  readonly extractions_delivered: number;
  readonly incidents_clarified: number;
  readonly tips: number;
  readonly tips_of_value: number;
}

export interface YearLine {
  readonly year: number;
  readonly figures: YearFigures;
  readonly sentence: Bilingual;
}

/**
 * The line in which a city reports its year. Extractions are items delivered in the year; incidents count by the
 * day on which they were clarified; schemes and cameras are those that exist at its end (or now).
 */
export function reportYear(deps: ReportDeps) {
  return async (year: number, unit_ids: readonly string[]): Promise<YearLine> => {
    const span = spanOfYear(year);
    const { units, schemes, cameras, incidents, tips, counts } = deps.store;
    const wanted = new Set(unit_ids);
    const launched: { readonly id: string; readonly unit_id: string }[] = [];
    for await (const scheme of allRows((page) => schemes.list({ unit_ids }, page))) {
      if (isSchemeOf(scheme, span)) launched.push(scheme);
    }
    const tips_of_year = await pick(
      (page) => tips.list({ unit_ids }, page),
      (tip) => vietnamYear(tip.received_at_ms) === year,
    );
    const figures: YearFigures = {
      units: await count(
        (page) => units.list(page),
        (unit) => wanted.has(unit.id) && unit.level === 'ward' && isValidIn(unit, span),
      ),
      units_with_scheme: new Set(launched.map((scheme) => scheme.unit_id)).size,
      schemes: launched.length,
      sites: await sitesOf(deps, launched),
      cameras: await count(
        (page) => cameras.list({ unit_ids }, page),
        (camera) => camera.created_at_ms < span.end_ms,
      ),
      extractions_delivered: (await counts.totals({ unit_ids, span })).delivered,
      incidents_clarified: await count(
        (page) => incidents.list({ unit_ids }, page),
        (one) => isClarifiedIn(one, year),
      ),
      tips: tips_of_year.length,
      tips_of_value: tips_of_year.filter((tip) => tip.of_value === true).length,
    };
    return { year, figures, sentence: sentenceOf(year, figures) };
  };
}

/** One that ended later was there at the end of the year: old figures stay true. */
export function isSchemeOf(
  scheme: Pick<Scheme, 'status' | 'ended_at_ms' | 'launched_at_ms'>,
  { end_ms }: Span,
): boolean {
  const is_ended = scheme.status === 'ended' && (scheme.ended_at_ms ?? 0) < end_ms;
  return !is_ended && scheme.launched_at_ms < end_ms;
}

/** True when the incident was clarified in this year in Vietnam. */
export function isClarifiedIn(one: { readonly clarified_at_ms: number | null }, year: number): boolean {
  return one.clarified_at_ms !== null && vietnamYear(one.clarified_at_ms) === year;
}

/** From midnight to midnight in Vietnam. */
export function spanOfYear(year: number): Span {
  return { start_ms: newYear_ms(year), end_ms: newYear_ms(year + 1) };
}

function newYear_ms(year: number): number {
  const civil = { year, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 };
  const ms = civilToMs(civil);
  if (ms === null) throw new RangeError(`no year ${year}`);
  return ms - VIETNAM_OFFSET_MS;
}

function isValidIn(
  unit: { readonly valid_from_ms: number; readonly valid_to_ms: number | null },
  span: Span,
) {
  return unit.valid_from_ms < span.end_ms && (unit.valid_to_ms === null || unit.valid_to_ms >= span.end_ms);
}

async function sitesOf(deps: ReportDeps, schemes: readonly { readonly id: string }[]): Promise<number> {
  let sites = 0;
  for (const { id } of schemes) {
    sites += await count(
      (page) => deps.store.sites.list({ scheme_id: id }, page),
      () => true,
    );
  }
  return sites;
}

async function count<T>(
  list: Parameters<typeof allRows<T>>[0],
  is_counted: (row: T) => boolean,
): Promise<number> {
  let counted = 0;
  for await (const row of allRows(list)) if (is_counted(row)) counted += 1;
  return counted;
}

async function pick<T>(list: Parameters<typeof allRows<T>>[0], is_picked: (row: T) => boolean): Promise<T[]> {
  const picked: T[] = [];
  for await (const row of allRows(list)) if (is_picked(row)) picked.push(row);
  return picked;
}

/** The sentence of these figures. */
export function sentenceOf(year: number, f: YearFigures): Bilingual {
  return {
    vi:
      `Năm ${year}: ${vi(f.schemes)} mô hình camera giám sát an ninh trật tự tại ` +
      `${vi(f.units_with_scheme)}/${vi(f.units)} phường, xã, ${vi(f.sites)} điểm nhân rộng, ` +
      `${vi(f.cameras)} mắt camera; ${vi(f.extractions_delivered)} lượt trích xuất hình ảnh, dữ liệu, ` +
      `phục vụ làm rõ ${vi(f.incidents_clarified)} vụ việc; tiếp nhận ${vi(f.tips)} tin báo, ` +
      `trong đó ${vi(f.tips_of_value)} tin có giá trị.`,
    en:
      `In ${year}: ${en(f.schemes)} security camera schemes in ${en(f.units_with_scheme)} of ${en(f.units)} wards ` +
      `and communes, ${en(f.sites)} replication points, ${en(f.cameras)} cameras; ` +
      `${en(f.extractions_delivered)} extractions of images and data, helping to clarify ` +
      `${en(f.incidents_clarified)} incidents; ${en(f.tips)} tips received, ${en(f.tips_of_value)} of value.`,
  };
}

/** Thousands are set apart by a point in Vietnamese. */
function vi(number: number): string {
  return grouped(number, '.');
}

function en(number: number): string {
  return grouped(number, ',');
}

function grouped(number: number, separator: string): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, separator);
}
