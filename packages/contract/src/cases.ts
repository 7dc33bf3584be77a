import { LIMITS, TIP_CHANNELS } from '@minhchung/domain';
import { Type } from 'typebox';
import { route } from './core/route.ts';
import {
  closed,
  Id,
  InstantMs,
  nullable,
  oneOf,
  PageQuery,
  PositionSchema,
  page,
  SpanSchema,
} from './core/schemas.ts';

/** Tips, incidents and the cases that hold them. */

const Line = Type.String({ minLength: 1, maxLength: LIMITS.line_max_chars });
const Paragraph = Type.String({ minLength: 1, maxLength: LIMITS.paragraph_max_chars });
const Title = Type.String({ minLength: 1, maxLength: LIMITS.title_max_chars });
const CaseNumber = Type.String({ minLength: 1, maxLength: LIMITS.case_number_max_chars });
const SearchText = Type.String({ minLength: 1, maxLength: LIMITS.search_max_chars });

/** A span as it was sent: whether it is reversed or too long is for the rules to say, in words. */
export const SentSpan = closed({ start_ms: Type.Integer(), end_ms: Type.Integer() });

export const TipSchema = Type.Object({
  id: Id,
  unit_id: Id,
  incident_id: nullable(Id),
  channel: oneOf(TIP_CHANNELS),
  received_at_ms: InstantMs,
  summary: Type.String(),
  of_value: nullable(Type.Boolean()),
});

export const createTip = route({
  method: 'POST',
  path: '/api/tips',
  tag: 'cases',
  access: 'signed_in',
  summary: 'Take down a tip',
  body: closed({
    unit_id: Id,
    channel: oneOf(TIP_CHANNELS),
    received_at_ms: InstantMs,
    summary: Paragraph,
    incident_id: Type.Optional(nullable(Id)),
    of_value: Type.Optional(nullable(Type.Boolean())),
  }),
  response: { 201: TipSchema },
});

export const listTips = route({
  method: 'GET',
  path: '/api/tips',
  tag: 'cases',
  access: 'signed_in',
  summary: 'Tips, newest first',
  query: closed({ ...PageQuery, incident_id: Type.Optional(Id), unit_id: Type.Optional(Id) }),
  response: { 200: page(TipSchema) },
});

export const assessTip = route({
  method: 'PATCH',
  path: '/api/tips/:tip_id',
  tag: 'cases',
  access: 'signed_in',
  summary: 'Say which incident a tip tells of, and whether it was of value',
  params: closed({ tip_id: Id }),
  body: closed({ incident_id: Type.Optional(nullable(Id)), of_value: Type.Optional(Type.Boolean()) }),
  response: { 200: TipSchema },
});

export const IncidentSchema = Type.Object({
  id: Id,
  unit_id: Id,
  category: Type.String(),
  summary: Type.String(),
  position: PositionSchema,
  span: SpanSchema,
  created_at_ms: InstantMs,
  clarified_at_ms: nullable(InstantMs),
});

export const createIncident = route({
  method: 'POST',
  path: '/api/incidents',
  tag: 'cases',
  access: 'signed_in',
  summary: 'File an incident: something at a place and time',
  body: closed({
    unit_id: Id,
    category: Line,
    summary: Paragraph,
    position: PositionSchema,
    span: SentSpan,
  }),
  response: { 201: IncidentSchema },
});

export const listIncidents = route({
  method: 'GET',
  path: '/api/incidents',
  tag: 'cases',
  access: 'signed_in',
  summary: 'Incidents, newest first',
  query: closed({
    ...PageQuery,
    unit_id: Type.Optional(Id),
    category: Type.Optional(Line),
    text: Type.Optional(SearchText),
  }),
  response: { 200: page(IncidentSchema) },
});

const IncidentParams = closed({ incident_id: Id });

export const readIncident = route({
  method: 'GET',
  path: '/api/incidents/:incident_id',
  tag: 'cases',
  access: 'signed_in',
  summary: 'One incident',
  params: IncidentParams,
  response: { 200: IncidentSchema },
});

export const clarifyIncident = route({
  method: 'POST',
  path: '/api/incidents/:incident_id/clarify',
  tag: 'cases',
  access: 'signed_in',
  summary: 'Record that an incident was clarified ("làm rõ"): a dated fact, counted once',
  params: IncidentParams,
  body: closed({ clarified_at_ms: Type.Optional(InstantMs) }),
  response: { 200: IncidentSchema },
});

export const CaseSchema = Type.Object({
  id: Id,
  unit_id: Id,
  number: Type.String(),
  is_provisional: Type.Boolean(),
  title: Type.String(),
  incident_ids: Type.Array(Id),
  opened_at_ms: InstantMs,
  closed_at_ms: nullable(InstantMs),
});

export const createCase = route({
  method: 'POST',
  path: '/api/cases',
  tag: 'cases',
  access: 'signed_in',
  summary: 'Open a case; without a number it gets a provisional one',
  body: closed({
    unit_id: Id,
    number: Type.Optional(CaseNumber),
    title: Title,
    incident_ids: Type.Optional(Type.Array(Id, { maxItems: 100 })),
  }),
  response: { 201: CaseSchema },
});

export const listCases = route({
  method: 'GET',
  path: '/api/cases',
  tag: 'cases',
  access: 'signed_in',
  summary: 'Cases, newest first',
  query: closed({
    ...PageQuery,
    unit_id: Type.Optional(Id),
    open: Type.Optional(Type.Boolean()),
    text: Type.Optional(SearchText),
  }),
  response: { 200: page(CaseSchema) },
});

const CaseParams = closed({ case_id: Id });

export const readCase = route({
  method: 'GET',
  path: '/api/cases/:case_id',
  tag: 'cases',
  access: 'signed_in',
  summary: 'One case with the incidents it holds',
  params: CaseParams,
  response: { 200: CaseSchema },
});

export const linkIncident = route({
  method: 'POST',
  path: '/api/cases/:case_id/incidents',
  tag: 'cases',
  access: 'signed_in',
  summary: 'Put an incident into a case',
  params: CaseParams,
  body: closed({ incident_id: Id }),
  response: { 200: CaseSchema },
});

export const setOfficialNumber = route({
  method: 'POST',
  path: '/api/cases/:case_id/number',
  tag: 'cases',
  access: 'signed_in',
  summary: 'Tie a provisional case to its official number',
  params: CaseParams,
  body: closed({ number: CaseNumber }),
  response: { 200: CaseSchema },
});

export const closeCase = route({
  method: 'POST',
  path: '/api/cases/:case_id/close',
  tag: 'cases',
  access: 'signed_in',
  summary: 'Close a case; retention runs from here',
  params: CaseParams,
  response: { 200: CaseSchema },
});
