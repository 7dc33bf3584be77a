import { LIMITS } from '@minhchung/domain';
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
  PositionSchema,
} from './core/schemas.ts';

/** Finding the cameras that could have seen something. */

/** One camera that could have seen it, with the reasons for its rank. */
export const FoundCameraSchema = Type.Object({
  camera: Type.Object({
    id: Id,
    code: Code,
    name: Type.String(),
    unit_id: Id,
    kind: oneOf(['community', 'household']),
    position: PositionSchema,
  }),
  /** 0 to 1; 0: could not have seen it, or nothing is left. */
  score: Type.Number(),
  distance_m: Type.Number(),
  cone: oneOf(['inside', 'beyond', 'aside', 'unknown']),
  working_then: oneOf(['yes', 'partly', 'no', 'unknown']),
  footage: oneOf(['held', 'partly', 'overwritten', 'unknown', 'offline']),
  overwrite_at_ms: nullable(InstantMs),
  overwrite_in_ms: nullable(Type.Integer()),
  why: BilingualSchema,
});

export const findCameras = route({
  method: 'POST',
  path: '/api/cameras/find',
  tag: 'finding',
  access: 'signed_in',
  summary: 'Cameras that could have seen an incident, best first, with reasons and overwriting times',
  description: 'Name an incident, or give a position and a span. The search is recorded in the audit trail.',
  body: closed({
    incident_id: Type.Optional(Id),
    position: Type.Optional(PositionSchema),
    span: Type.Optional(SentSpan),
    /** How far around is looked. */
    radius_m: Type.Optional(Type.Number({ minimum: 1, maximum: LIMITS.finding_radius_max_m })),
    /** How unsure the place is, or how far the incident reached. */
    place_radius_m: Type.Optional(Type.Number({ minimum: 0, maximum: LIMITS.finding_radius_max_m })),
  }),
  response: { 200: Type.Object({ cameras: Type.Array(FoundCameraSchema) }) },
});
