import { ITEM_DELIVERED_STATES, LIMITS, type Span } from '@minhchung/domain';
import { type RawBuilder, sql } from 'kysely';
import type { Page, PageRequest } from '../paging.ts';
import { among, inSpan } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';
import { asIs, keyset, toPage } from '../query/keyset.ts';

/**
 * Everything that is counted, always side by side. Items, except `requests`, `unconfirmed` and
 * `notices_*`. Within a span each
 * figure is dated by its own event: requests, requested and waiting by submission, approved by approval, outcomes by
 * when they were reached, unconfirmed by the end of the time for confirming. So a delivery in January of a request of
 * December counts in January.
 */
export interface Counts {
  readonly requests: number;
  readonly requested: number;
  readonly approved: number;
  /** Archived + partial ("lượt trích xuất"). */
  readonly delivered: number;
  readonly archived: number;
  readonly partial: number;
  readonly no_footage: number;
  readonly not_obtained: number;
  readonly waiting: number;
  readonly refused: number;
  readonly cancelled: number;
  readonly failed: number;
  /** Urgent requests that nobody confirmed in time: looked into without a second person, and counted for ever. */
  readonly unconfirmed: number;
  /** Delivered items of urgent requests that a unit refused afterwards, or that nobody confirmed in time. */
  readonly delivered_then_refused: number;
  /** Requests of which telling the owner was delayed, by when it first was. */
  readonly notices_delayed: number;
  /** Those of them that owners may still not know of. */
  readonly notices_still_delayed: number;
}

export interface CaseCounts extends Counts {
  readonly case_id: string;
  readonly case_number: string;
  readonly unit_id: string;
}

export interface UnitCounts extends Counts {
  /** The requester's unit as it was at submission. */
  readonly unit_id: string;
}

/**
 * What one item is counted as: figures of 0 and 1. `requests`, `unconfirmed` and `notices_*` are its request's, repeated with every
 * item of it.
 */
export interface ItemCounts extends Counts {
  readonly request_id: string;
  /** Null: the request has no items. */
  readonly item_id: string | null;
  readonly camera_id: string | null;
  readonly case_id: string;
  readonly unit_id: string;
  /** Vietnam time, `2026-11`. */
  readonly submitted_month: string;
  readonly delivered_month: string | null;
}

export interface MonthCounts {
  /** Month in Vietnam time, e.g. `2026-11`. */
  readonly month: string;
  /** By the month of submission. */
  readonly requests: number;
  readonly requested: number;
  /** By the month of delivery. */
  readonly delivered: number;
}

export interface CountFilter {
  /** The requester's unit as it was at submission. */
  readonly unit_ids?: readonly string[];
  readonly case_ids?: readonly string[];
  /** True time. */
  readonly span?: Span;
  /** What is still delayed is so at this time; left out: whatever was ever delayed has ended by then. */
  readonly now_ms?: number;
}

export interface CountRepository {
  /** In order of case id. */
  perCase(filter: CountFilter, page: PageRequest): Promise<Page<CaseCounts>>;
  totals(filter: CountFilter): Promise<Counts>;
  /** In order of unit id; units without anything are left out. */
  perUnit(filter: CountFilter): Promise<UnitCounts[]>;
  /** Item by item, in order of request and item: for counts that the database cannot group. */
  perItem(filter: CountFilter, page: PageRequest): Promise<Page<ItemCounts>>;
  /** Ascending; months without anything are left out. `span` bounds submission and delivery each. */
  byMonth(filter: CountFilter): Promise<MonthCounts[]>;
}

export function countRepository(db: Db): CountRepository {
  return {
    async perCase(filter, page) {
      const keys = keyset(page, ['extraction_requests.case_id'], 'asc');
      const rows = await counted(db, filter)
        .innerJoin('cases', 'cases.id', 'extraction_requests.case_id')
        .select(['extraction_requests.case_id', 'cases.number as case_number', 'cases.unit_id'])
        .where(keys.where)
        .groupBy(['extraction_requests.case_id', 'cases.number', 'cases.unit_id'])
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(
        rows,
        page,
        (row) => [row.case_id],
        (row) => row,
      );
    },

    totals: (filter) => counted(db, filter).executeTakeFirstOrThrow(),

    perUnit: (filter) =>
      counted(db, filter)
        .select('extraction_requests.unit_id')
        .groupBy('extraction_requests.unit_id')
        .orderBy('extraction_requests.unit_id')
        .execute(),

    async perItem(filter, page) {
      const keys = keyset(page, ['extraction_requests.id', 'extraction_items.id'], 'asc');
      const rows = await counted(db, filter)
        .select([
          'extraction_requests.id as request_id',
          'extraction_items.id as item_id',
          'extraction_items.camera_id',
          'extraction_requests.case_id',
          'extraction_requests.unit_id',
          'extraction_requests.submitted_month',
          'extraction_items.delivered_month',
        ])
        .where(keys.where)
        .groupBy(['extraction_requests.id', 'extraction_items.id'])
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.request_id, row.item_id ?? ''], asIs);
    },

    async byMonth(filter) {
      const submitted = await db
        .selectFrom('extraction_requests')
        .leftJoin('extraction_items', 'extraction_items.request_id', 'extraction_requests.id')
        .select((eb) => [
          'submitted_month as month',
          eb.fn.count<number>('extraction_requests.id').distinct().as('requests'),
          eb.fn.count<number>('extraction_items.id').as('requested'),
        ])
        .where(among('extraction_requests.unit_id', filter.unit_ids))
        .where(inSpan('submitted_at_ms', filter.span))
        .groupBy('submitted_month')
        .execute();
      const delivered = await db
        .selectFrom('extraction_items')
        .innerJoin('extraction_requests', 'extraction_requests.id', 'extraction_items.request_id')
        .select((eb) => ['delivered_month as month', eb.fn.countAll<number>().as('delivered')])
        .where('delivered_month', 'is not', null)
        .where(among('extraction_requests.unit_id', filter.unit_ids))
        .where(inSpan('delivered_at_ms', filter.span))
        .groupBy('delivered_month')
        .execute();
      return merged(submitted, delivered);
    },
  };
}

/** Later than any time. */
const NEVER_MS = Number.MAX_SAFE_INTEGER;

function counted(db: Db, { unit_ids, case_ids, span, now_ms }: CountFilter) {
  const submitted = inSpan('extraction_requests.submitted_at_ms', span);
  const approved = inSpan('extraction_items.approved_at_ms', span);
  const ended = inSpan('extraction_items.ended_at_ms', span);
  // The time for confirming ends a fixed while after submission, whenever it is that the request is swept up.
  const is_expired = sql`extraction_requests.state = 'unconfirmed'`;
  const expired = sql`${is_expired} and ${inSpan('extraction_requests.submitted_at_ms', earlier(span))}`;
  const refused = sql`refusals.at_ms is not null and ${inSpan('refusals.at_ms', span)}`;
  const delay = (what: RawBuilder<unknown>) =>
    sql`(select ${what} from notice_delays where notice_delays.request_id = extraction_requests.id)`;
  const delayed_at = delay(sql`min(notice_delays.recorded_at_ms)`);
  const delayed = sql`${delayed_at} >= ${span?.start_ms ?? 0} and ${delayed_at} < ${span?.end_ms ?? NEVER_MS}`;
  const still = sql`${delayed} and ${delay(sql`max(notice_delays.until_ms)`)} > ${now_ms ?? NEVER_MS}`;
  const is_delivered = among('extraction_items.state', ITEM_DELIVERED_STATES);
  const ended_as = (...states: string[]) =>
    countIf(sql`${among('extraction_items.state', states)} and ${ended}`);
  return db
    .selectFrom('extraction_requests')
    .leftJoin('extraction_items', 'extraction_items.request_id', 'extraction_requests.id')
    .leftJoin(refusals(db).as('refusals'), 'refusals.item_id', 'extraction_items.id')
    .select([
      requestsIf(submitted).as('requests'),
      countIf(sql`extraction_items.id is not null and ${submitted}`).as('requested'),
      countIf(sql`extraction_items.approved_at_ms is not null and ${approved}`).as('approved'),
      ended_as(...ITEM_DELIVERED_STATES).as('delivered'),
      ended_as('archived').as('archived'),
      ended_as('partial').as('partial'),
      ended_as('no_footage').as('no_footage'),
      ended_as('not_obtained').as('not_obtained'),
      countIf(sql`extraction_items.state = 'waiting' and ${submitted}`).as('waiting'),
      ended_as('refused').as('refused'),
      ended_as('cancelled').as('cancelled'),
      ended_as('failed').as('failed'),
      requestsIf(expired).as('unconfirmed'),
      countIf(sql`${is_delivered} and ((${refused}) or (refusals.at_ms is null and ${expired}))`).as(
        'delivered_then_refused',
      ),
      requestsIf(delayed).as('notices_delayed'),
      requestsIf(still).as('notices_still_delayed'),
    ])
    .where(among('extraction_requests.unit_id', unit_ids))
    .where(among('extraction_requests.case_id', case_ids))
    .where(sql<boolean>`(${submitted} or ${approved} or ${ended} or (${expired}) or (${refused})
      or (${delayed}))`);
}

/**
 * When a delivered item was first refused by a unit that has a say in it: the requesting unit, or the one its camera
 * had when it was submitted. Where that one had ended by then, the camera's present unit may have decided.
 */
function refusals(db: Db) {
  return db
    .selectFrom('decisions')
    .innerJoin('extraction_requests', 'extraction_requests.id', 'decisions.request_id')
    .innerJoin('extraction_items', 'extraction_items.request_id', 'decisions.request_id')
    .innerJoin('cameras', 'cameras.id', 'extraction_items.camera_id')
    .select((eb) => ['extraction_items.id as item_id', eb.fn.min('decisions.decided_at_ms').as('at_ms')])
    .where('decisions.verdict', '=', 'refused')
    .where(among('extraction_items.state', ITEM_DELIVERED_STATES))
    .where(
      sql<boolean>`(decisions.unit_id in (extraction_requests.unit_id, extraction_items.unit_id)
        or (decisions.unit_id = cameras.unit_id and exists (select 1 from units
          where units.id = extraction_items.unit_id and units.valid_to_ms <= decisions.decided_at_ms)))`,
    )
    .groupBy('extraction_items.id');
}

/** The span in which a request was submitted whose time for confirming ends within `span`. */
function earlier(span: Span | undefined): Span | undefined {
  const { urgent_confirmation_ms } = LIMITS;
  if (span === undefined) return undefined;
  return {
    start_ms: span.start_ms - urgent_confirmation_ms,
    end_ms: span.end_ms - urgent_confirmation_ms,
  };
}

function requestsIf(condition: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`count(distinct case when ${condition} then extraction_requests.id end)`;
}

function countIf(condition: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`count(case when ${condition} then 1 end)`;
}

function merged(
  submitted: readonly { readonly month: string; readonly requests: number; readonly requested: number }[],
  delivered: readonly { readonly month: string | null; readonly delivered: number }[],
): MonthCounts[] {
  const months = new Map<string, MonthCounts>();
  for (const row of submitted) months.set(row.month, { ...row, delivered: 0 });
  for (const { month, delivered: count } of delivered) {
    if (month === null) continue;
    const row = months.get(month) ?? { month, requests: 0, requested: 0, delivered: 0 };
    months.set(month, { ...row, delivered: count });
  }
  return [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
}
