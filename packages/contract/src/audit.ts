import { Type } from 'typebox';
import { route } from './core/route.ts';
import { closed, Id, InstantMs, nullable, oneOf, PageQuery, page } from './core/schemas.ts';
import { Covering } from './report-parts.ts';

/** The audit trail's public face. */

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
