import { Type } from 'typebox';
import { route } from './core/route.ts';
import { BilingualSchema, closed, Id, InstantMs, nullable, oneOf, PageQuery, page } from './core/schemas.ts';

/** What of the register has a history. */
export const HISTORY_SUBJECTS = [
  'unit',
  'network',
  'scheme',
  'site',
  'owner',
  'recorder',
  'camera',
  'agreement',
] as const;

export const RegistryChangeSchema = Type.Object({
  id: Id,
  at_ms: InstantMs,
  /** Stable name, as in the audit trail, e.g. `camera.update`. */
  act: Type.String(),
  /** Null: the system itself, or somebody without an account. */
  person: nullable(Type.Object({ id: Id, badge_number: Type.String(), full_name: Type.String() })),
  /** Only what differs. A device account is named as changed, never shown. */
  fields: Type.Array(
    Type.Object({
      field: Type.String(),
      name: BilingualSchema,
      before: Type.Unknown(),
      after: Type.Unknown(),
    }),
  ),
});

export const readHistory = route({
  method: 'GET',
  path: '/api/register/:subject_kind/:subject_id/history',
  tag: 'registry',
  access: 'signed_in',
  summary:
    'Every change of a camera, recorder, scheme, site, owner, agreement, unit or network, newest first',
  params: closed({ subject_kind: oneOf(HISTORY_SUBJECTS), subject_id: Id }),
  query: closed(PageQuery),
  response: { 200: page(RegistryChangeSchema) },
});
