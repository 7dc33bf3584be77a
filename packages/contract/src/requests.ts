import { ITEM_STATES, LEGAL_BASES, LIMITS, PURPOSES, REQUEST_STATES } from '@minhchung/domain';
import { Type } from 'typebox';
import { SentSpan } from './cases.ts';
import { route } from './core/route.ts';
import {
  BilingualSchema,
  Code,
  closed,
  Id,
  InstantMs,
  nullable,
  oneOf,
  PageQuery,
  page,
  SpanSchema,
} from './core/schemas.ts';
import { ItemReasonSchema, ProgressSchema } from './extraction.ts';

/** Extraction requests and the decisions on them. */

const Reason = Type.String({ maxLength: LIMITS.paragraph_max_chars });

/**
 * A request as it is filled in. The schema bounds sizes only, so that everything wrong with the sense of it comes
 * back at once, each problem in words.
 */
export const RequestDraftSchema = closed({
  unit_id: Id,
  case_id: Id,
  wanted: SentSpan,
  camera_ids: Type.Array(Id, { maxItems: 10 * LIMITS.request_cameras_max }),
  purpose: Type.String({ maxLength: 100, description: PURPOSES.join(', ') }),
  reason: Reason,
  legal_basis: Type.String({ maxLength: 100, description: LEGAL_BASES.join(', ') }),
  legal_reference: Type.Optional(nullable(Type.String({ maxLength: LIMITS.line_max_chars }))),
  is_urgent: Type.Optional(Type.Boolean()),
  /** Asks for sound too. Left out: pictures only. Of a household's camera its agreement has to allow it. */
  wants_audio: Type.Optional(Type.Boolean()),
});

/** Something wrong, or worth knowing, about one field of a request. */
export const RequestProblemSchema = Type.Object({
  code: Type.String(),
  path: Type.String(),
  text: BilingualSchema,
});

export const RequestSchema = Type.Object({
  id: Id,
  number: Type.String(),
  unit_id: Id,
  case_id: Id,
  requester_person_id: Id,
  wanted: SpanSchema,
  purpose: oneOf(PURPOSES),
  reason: Type.String(),
  legal_basis: oneOf(LEGAL_BASES),
  legal_reference: nullable(Type.String()),
  is_urgent: Type.Boolean(),
  wants_audio: Type.Boolean(),
  state: oneOf(REQUEST_STATES),
  submitted_at_ms: InstantMs,
  /** Until when an urgent request must be confirmed; null for others. */
  confirmation_due_ms: nullable(InstantMs),
});

export const RequestItemSchema = Type.Object({
  id: Id,
  camera_id: Id,
  camera_code: Code,
  camera_name: Type.String(),
  camera_unit_id: Id,
  state: oneOf(ITEM_STATES),
  reason: nullable(ItemReasonSchema),
  attempts: Type.Integer(),
  overwrite_at_ms: nullable(InstantMs),
  not_before_ms: nullable(InstantMs),
  approved_at_ms: nullable(InstantMs),
  delivered_at_ms: nullable(InstantMs),
  updated_at_ms: InstantMs,
  progress: nullable(ProgressSchema),
});

export const DecisionSchema = Type.Object({
  id: Id,
  unit_id: Id,
  person_id: Id,
  person_name: Type.String(),
  verdict: oneOf(['approved', 'refused']),
  reason: Type.String(),
  decided_at_ms: InstantMs,
  /** The part of the wanted span that was approved; null: all of it. */
  approved: nullable(SpanSchema),
});

/** Until when owners are not told of a request, and why. */
const NoticeDelayBody = closed({ until_ms: InstantMs, reason: Reason });

/** What the owners of the cameras are told of a request. */
export const OwnerNoticeSchema = Type.Object({
  state: oneOf(['no_owner', 'undecided', 'shown', 'delayed']),
  /** Until when telling is delayed; null: it is not. */
  until_ms: nullable(InstantMs),
  text: BilingualSchema,
  /** Every delay ever given, oldest first. Owners are never shown these. */
  delays: Type.Array(
    Type.Object({
      until_ms: InstantMs,
      reason: Type.String(),
      person_name: Type.String(),
      recorded_at_ms: InstantMs,
      is_prolongation: Type.Boolean(),
    }),
  ),
});

export const RequestDetailsSchema = Type.Object({
  request: RequestSchema,
  case_number: Type.String(),
  requester_name: Type.String(),
  items: Type.Array(RequestItemSchema),
  /** Oldest first. */
  decisions: Type.Array(DecisionSchema),
  /** Units that still have to decide. */
  undecided_unit_ids: Type.Array(Id),
  owner_notice: OwnerNoticeSchema,
});

/** What submitting would come to; nothing is stored. */
export const RequestPreviewSchema = Type.Object({
  /** Empty: it can be submitted. */
  problems: Type.Array(RequestProblemSchema),
  /** What does not hinder, but should be known: the same footage asked for already, an owner to be asked. */
  warnings: Type.Array(RequestProblemSchema),
  /** Units that will have to decide. */
  deciding_unit_ids: Type.Array(Id),
});

export const previewRequest = route({
  method: 'POST',
  path: '/api/requests/preview',
  tag: 'requests',
  access: 'signed_in',
  summary: 'Everything that is wrong with a request, and what it would duplicate, before it is submitted',
  body: RequestDraftSchema,
  response: { 200: RequestPreviewSchema },
});

export const submitRequest = route({
  method: 'POST',
  path: '/api/requests',
  tag: 'requests',
  access: 'signed_in',
  summary: 'Submit a request: it gets its number and its items',
  description:
    'One problem answers with its own code, several with REQUEST_PROBLEMS and all of them in `problems`. Urgent ' +
    'requests run at once and must be confirmed by a second person within 24 hours.',
  body: RequestDraftSchema,
  response: { 201: RequestDetailsSchema },
});

export const listRequests = route({
  method: 'GET',
  path: '/api/requests',
  tag: 'requests',
  access: 'signed_in',
  summary: 'Requests, newest first',
  query: closed({
    ...PageQuery,
    unit_id: Type.Optional(Id),
    case_id: Type.Optional(Id),
    state: Type.Optional(oneOf(REQUEST_STATES)),
    requester_person_id: Type.Optional(Id),
  }),
  response: { 200: page(RequestSchema) },
});

export const listRequestsToDecide = route({
  method: 'GET',
  path: '/api/requests/to-decide',
  tag: 'requests',
  access: 'signed_in',
  summary: 'Requests on which the caller may decide now, for their own unit or for a camera of it',
  description: 'Newest first. A page may hold fewer than `limit`; go on until `next_cursor` is null.',
  query: closed(PageQuery),
  response: { 200: page(RequestSchema) },
});

const RequestParams = closed({ request_id: Id });

export const readRequest = route({
  method: 'GET',
  path: '/api/requests/:request_id',
  tag: 'requests',
  access: 'signed_in',
  summary: 'One request with its items, decisions and progress',
  params: RequestParams,
  response: { 200: RequestDetailsSchema },
});

export const decideRequest = route({
  method: 'POST',
  path: '/api/requests/:request_id/decisions',
  tag: 'requests',
  access: 'signed_in',
  summary: 'Approve or refuse, as a second person, for a unit whose decision is needed',
  params: RequestParams,
  body: closed({
    verdict: oneOf(['approved', 'refused']),
    reason: Reason,
    /** The unit decided for; left out: the one unit the actor may decide for. */
    unit_id: Type.Optional(Id),
    /** With an approval: the owners are not told before then. Otherwise they are shown the request at once. */
    notice_delay: Type.Optional(NoticeDelayBody),
    /** With an approval: the part of the wanted span that is approved, at least a second; left out: all of it. */
    approved_span: Type.Optional(SentSpan),
  }),
  response: { 201: RequestDetailsSchema },
});

export const prolongNoticeDelay = route({
  method: 'POST',
  path: '/api/requests/:request_id/notice-delays',
  tag: 'requests',
  access: 'signed_in',
  summary:
    'Prolong a running delay of telling the owners, as an approver of a unit that decides on the request',
  params: RequestParams,
  body: NoticeDelayBody,
  response: { 201: RequestDetailsSchema },
});

export const cancelRequest = route({
  method: 'POST',
  path: '/api/requests/:request_id/cancel',
  tag: 'requests',
  access: 'signed_in',
  summary: 'Cancel one’s own request; what is delivered stays delivered',
  params: RequestParams,
  body: closed({ reason: Reason }),
  response: { 200: RequestDetailsSchema },
});
