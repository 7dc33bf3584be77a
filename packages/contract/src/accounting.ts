import { ITEM_STATES, REQUEST_STATES } from '@minhchung/domain';
import { Type } from 'typebox';
import { CaseSchema } from './cases.ts';
import { fileAnswer, route } from './core/route.ts';
import { closed, Id, InstantMs, nullable, oneOf, PageQuery, page, SpanSchema } from './core/schemas.ts';
import { ItemReasonSchema } from './extraction.ts';
import { Count, CoveringMap } from './report-parts.ts';

/** Counts of requests and items. Figures are always shown side by side. */

/** Items, except `requests`, `unconfirmed` and `notices_*`. Each figure is dated by its own event. */
export const CountsSchema = Type.Object({
  requests: Count,
  requested: Count,
  approved: Count,
  /** Archived + partial ("lượt trích xuất"). */
  delivered: Count,
  archived: Count,
  partial: Count,
  no_footage: Count,
  not_obtained: Count,
  waiting: Count,
  refused: Count,
  cancelled: Count,
  failed: Count,
  /** Urgent requests that nobody confirmed in time. */
  unconfirmed: Count,
  /** Delivered items of urgent requests that were refused afterwards or not confirmed in time. */
  delivered_then_refused: Count,
  /** Requests of which telling the owner was delayed, by when it first was; those of them still delayed. */
  notices_delayed: Count,
  notices_still_delayed: Count,
});

export const CaseCountsSchema = Type.Object({
  case_id: Id,
  case_number: Type.String(),
  unit_id: Id,
  ...CountsSchema.properties,
});

export const countPerCase = route({
  method: 'GET',
  path: '/api/reports/cases',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'Requests and items per case',
  query: closed({ ...PageQuery, ...CoveringMap }),
  response: { 200: page(CaseCountsSchema) },
});

export const exportPerCase = route({
  method: 'GET',
  path: '/api/reports/cases.csv',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'Requests and items per case, as a file for a spreadsheet',
  query: closed(CoveringMap),
  response: { 200: fileAnswer(['text/csv']) },
});

export const countTotals = route({
  method: 'GET',
  path: '/api/reports/totals',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'Everything that is counted, side by side',
  query: closed(CoveringMap),
  response: {
    200: Type.Object({
      ...CountsSchema.properties,
      /** Under a map: what may belong to these units, and what nobody can place. Not part of the rest. */
      not_assignable: Type.Optional(CountsSchema),
    }),
  },
});

export const countPerUnit = route({
  method: 'GET',
  path: '/api/reports/units',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'Everything that is counted, per unit: under the old map or the new one',
  query: closed(CoveringMap),
  response: {
    200: Type.Object({
      rows: Type.Array(
        Type.Object({
          /** Null: cannot be assigned to any unit of the map. */
          unit_id: nullable(Id),
          unit_code: Type.String(),
          unit_name: Type.String(),
          ...CountsSchema.properties,
        }),
      ),
    }),
  },
});

export const MonthUnitSchema = Type.Object({
  /** Month in Vietnam, e.g. `2026-11`. */
  month: Type.String(),
  /** Null: cannot be assigned to any unit of the map. */
  unit_id: nullable(Id),
  unit_code: Type.String(),
  unit_name: Type.String(),
  requests: Count,
  requested: Count,
  delivered: Count,
});

export const countPerMonth = route({
  method: 'GET',
  path: '/api/reports/months',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'Month × unit: requests and items by submission, delivered items by delivery',
  query: closed(CoveringMap),
  response: { 200: Type.Object({ rows: Type.Array(MonthUnitSchema) }) },
});

export const exportPerMonth = route({
  method: 'GET',
  path: '/api/reports/months.csv',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'Month × unit, as a file for a spreadsheet',
  query: closed(CoveringMap),
  response: { 200: fileAnswer(['text/csv']) },
});

/** One request of a case, as an auditor reads it: facts, no footage. */
export const HistoryRequestSchema = Type.Object({
  id: Id,
  number: Type.String(),
  unit_id: Id,
  requester_person_id: Id,
  wanted: SpanSchema,
  legal_basis: Type.String(),
  is_urgent: Type.Boolean(),
  state: oneOf(REQUEST_STATES),
  submitted_at_ms: InstantMs,
  items: Type.Array(
    Type.Object({
      id: Id,
      camera_id: Id,
      camera_code: Type.String(),
      state: oneOf(ITEM_STATES),
      reason: nullable(ItemReasonSchema),
      approved_at_ms: nullable(InstantMs),
      delivered_at_ms: nullable(InstantMs),
    }),
  ),
  decisions: Type.Array(
    Type.Object({
      unit_id: Id,
      person_id: Id,
      verdict: oneOf(['approved', 'refused']),
      reason: Type.String(),
      decided_at_ms: InstantMs,
    }),
  ),
});

export const readCaseHistory = route({
  method: 'GET',
  path: '/api/reports/cases/:case_id',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'One case: its requests, newest first, with items, decisions and outcomes',
  params: closed({ case_id: Id }),
  query: closed(PageQuery),
  response: {
    200: Type.Object({
      case: CaseSchema,
      requests: Type.Array(HistoryRequestSchema),
      next_cursor: nullable(Type.String()),
    }),
  },
});

export const listProvisionalCases = route({
  method: 'GET',
  path: '/api/reports/provisional-cases',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'Cases whose provisional number was not tied to an official one in time',
  query: closed({ unit_id: Type.Optional(Id) }),
  response: { 200: Type.Object({ cases: Type.Array(CaseSchema) }) },
});
