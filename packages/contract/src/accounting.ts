import { CAMERA_STATES, ITEM_STATES, REQUEST_STATES } from '@minhchung/domain';
import { Type } from 'typebox';
import { CaseSchema } from './cases.ts';
import { fileAnswer, route } from './core/route.ts';
import {
  BilingualSchema,
  closed,
  Id,
  InstantMs,
  nullable,
  oneOf,
  PageQuery,
  page,
  SpanSchema,
} from './core/schemas.ts';
import { ItemReasonSchema } from './extraction.ts';

/** Counts, reports and the audit trail. Figures are always shown side by side. */

const Count = Type.Integer({ minimum: 0 });

/** What a report covers: a unit with everything below it, and a span of true time. */
const Covering = {
  unit_id: Type.Optional(Id),
  from_ms: Type.Optional(InstantMs),
  to_ms: Type.Optional(InstantMs),
};

/** Items, except `requests`. Each figure is dated by its own event. */
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
  query: closed({ ...PageQuery, ...Covering }),
  response: { 200: page(CaseCountsSchema) },
});

export const exportPerCase = route({
  method: 'GET',
  path: '/api/reports/cases.csv',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'Requests and items per case, as a file for a spreadsheet',
  query: closed(Covering),
  response: { 200: fileAnswer(['text/csv']) },
});

export const countTotals = route({
  method: 'GET',
  path: '/api/reports/totals',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'Everything that is counted, side by side',
  query: closed(Covering),
  response: { 200: CountsSchema },
});

export const MonthUnitSchema = Type.Object({
  /** Month in Vietnam, e.g. `2026-11`. */
  month: Type.String(),
  unit_id: Id,
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
  query: closed(Covering),
  response: { 200: Type.Object({ rows: Type.Array(MonthUnitSchema) }) },
});

export const exportPerMonth = route({
  method: 'GET',
  path: '/api/reports/months.csv',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'Month × unit, as a file for a spreadsheet',
  query: closed(Covering),
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

const StateCounts = Type.Object(
  Object.fromEntries(CAMERA_STATES.map((state) => [state, Count])) as {
    [S in (typeof CAMERA_STATES)[number]]: typeof Count;
  },
);

/** Cameras counted by state. Shares of working ones are told over both denominators. */
export const CameraTallySchema = Type.Object({
  cameras: Count,
  by_state: StateCounts,
  /** Online or degraded. */
  working: Count,
  /** Cameras whose state is known. */
  known: Count,
  /** `working / cameras`; null without cameras. */
  working_of_all: nullable(Type.Number()),
  /** `working / known`; null when none is known. */
  working_of_known: nullable(Type.Number()),
});

export const NetworkReportSchema = Type.Object({
  at_ms: InstantMs,
  all: CameraTallySchema,
  community: CameraTallySchema,
  household: CameraTallySchema,
  schemes: Type.Array(
    Type.Object({
      id: Id,
      code: Type.String(),
      name: Type.String(),
      unit_id: Id,
      sites: Count,
      tally: CameraTallySchema,
      /** None of its cameras is known to work: a scheme that may exist on paper only. */
      is_silent: Type.Boolean(),
    }),
  ),
  clocks: Type.Object({
    measured: Count,
    unmeasured: Count,
    limit_ms: Type.Integer(),
    out_of_limit: Type.Array(
      Type.Object({
        recorder_id: Id,
        recorder_code: Type.String(),
        min_ms: Type.Integer(),
        max_ms: Type.Integer(),
        measured_at_ms: InstantMs,
      }),
    ),
  }),
});

export const readNetworkReport = route({
  method: 'GET',
  path: '/api/reports/network',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'Cameras by kind and state, per scheme, and clocks that are far off',
  query: closed({ unit_id: Type.Optional(Id) }),
  response: { 200: NetworkReportSchema },
});

export const YearLineSchema = Type.Object({
  year: Type.Integer(),
  figures: Type.Object({
    units: Count,
    units_with_scheme: Count,
    schemes: Count,
    sites: Count,
    cameras: Count,
    extractions_delivered: Count,
    incidents_clarified: Count,
    tips: Count,
    tips_of_value: Count,
  }),
  /** The sentence in which a city reports its year. */
  sentence: BilingualSchema,
});

export const readYearLine = route({
  method: 'GET',
  path: '/api/reports/year',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'The yearly line: schemes, points, cameras, extractions, clarified incidents',
  query: closed({ year: Type.Integer({ minimum: 2000, maximum: 9999 }), unit_id: Type.Optional(Id) }),
  response: { 200: YearLineSchema },
});

export const AuditEventSchema = Type.Object({
  sequence: Type.Integer(),
  id: Id,
  at_ms: InstantMs,
  act: Type.String(),
  account_id: nullable(Type.String()),
  person_id: nullable(Type.String()),
  unit_id: nullable(Type.String()),
  subject_kind: Type.String(),
  subject_id: Type.String(),
  outcome: oneOf(['ok', 'denied', 'failed']),
  details: Type.Record(
    Type.String(),
    Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null(), Type.Array(Type.String())]),
  ),
  leaf_sha256: Type.String(),
});

const AuditText = Type.Optional(Type.String({ minLength: 1, maxLength: 100 }));

export const listAuditEvents = route({
  method: 'GET',
  path: '/api/audit-events',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'Acts that matter, newest first',
  query: closed({
    ...PageQuery,
    ...Covering,
    act: AuditText,
    account_id: AuditText,
    person_id: AuditText,
    subject_kind: AuditText,
    subject_id: AuditText,
  }),
  response: { 200: page(AuditEventSchema) },
});

export const verifyAuditTrail = route({
  method: 'GET',
  path: '/api/audit-events/verification',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'Recompute the whole audit trail and say where it is broken, if it is',
  response: {
    200: Type.Object({ events: Type.Integer(), broken_at_sequence: nullable(Type.Integer()) }),
  },
});
