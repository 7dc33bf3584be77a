import { ATTESTATION_KINDS, LIMITS, REGISTRATION_STATES } from '@minhchung/domain';
import { Type } from 'typebox';
import { route } from './core/route.ts';
import {
  Code,
  closed,
  Id,
  InstantMs,
  nullable,
  oneOf,
  PageQuery,
  PositionSchema,
  page,
} from './core/schemas.ts';

import { EmailSchema, HoursSchema } from './owners.ts';

/** What technicians do with owners: registrations, links, visits. */

const Name = Type.String({ minLength: 1, maxLength: LIMITS.name_max_chars });
const Text = (chars_max: number) => Type.String({ minLength: 1, maxLength: chars_max });
const Note = Text(500);
const CameraParams = closed({ camera_id: Id });
const RegistrationParams = closed({ registration_id: Id });
const STAFF = { tag: 'owners', access: 'signed_in' } as const;

export const RegistrationSchema = Type.Object({
  id: Id,
  unit_id: Id,
  state: oneOf(REGISTRATION_STATES),
  submitted_at_ms: InstantMs,
  name: Name,
  phone: Type.String(),
  email: nullable(Type.String()),
  address: nullable(Type.String()),
  position: nullable(PositionSchema),
  looks_at: Type.String(),
  maker: nullable(Type.String()),
  mode: oneOf(['automatic', 'ask_first']),
  purposes: Type.Array(Type.String()),
  allows_audio: Type.Boolean(),
  hours: nullable(HoursSchema),
  decided_at_ms: nullable(InstantMs),
  decline_reason: nullable(Type.String()),
  camera_id: nullable(Id),
});

export const listRegistrations = route({
  ...STAFF,
  method: 'GET',
  path: '/api/registrations',
  summary: 'Registrations by owners, oldest first',
  query: closed({ ...PageQuery, state: Type.Optional(oneOf(REGISTRATION_STATES)) }),
  response: { 200: page(RegistrationSchema) },
});

export const confirmRegistration = route({
  ...STAFF,
  method: 'POST',
  path: '/api/registrations/:registration_id/confirm',
  summary: 'Make a registration a household camera with owner, agreement and recorder',
  description: 'Reached by its owner only. What the owner agreed to is taken as it was typed.',
  params: RegistrationParams,
  body: closed({
    camera_code: Code,
    network_code: Code,
    name: Type.Optional(Name),
    position: Type.Optional(PositionSchema),
    aim_point: Type.Optional(PositionSchema),
    field_of_view_deg: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 360 })),
    range_m: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: LIMITS.camera_range_max_m })),
    site_id: Type.Optional(Id),
    /** A registered recorder the camera is behind; else it gets its own. */
    recorder_code: Type.Optional(Code),
    source_token: Type.Optional(Text(64)),
    /** An owner who is registered already. */
    owner_id: Type.Optional(Id),
    /** The address typed into the form becomes the registered owner's. */
    take_email: Type.Optional(Type.Boolean()),
  }),
  response: {
    201: Type.Object({
      camera_id: Id,
      /** Typed into the form and not the registered owner's: to be taken with PUT …/owner-email, or not. */
      email_offered: nullable(Type.String()),
    }),
  },
});

export const declineRegistration = route({
  ...STAFF,
  method: 'POST',
  path: '/api/registrations/:registration_id/decline',
  summary: 'Decline a registration, with the reason',
  params: RegistrationParams,
  body: closed({ reason: Note }),
  response: { 204: null },
});

export const createOwnerLink = route({
  ...STAFF,
  method: 'POST',
  path: '/api/cameras/:camera_id/owner-links',
  summary: 'Make a link for the camera’s owner: mailed, or left to be handed over',
  params: CameraParams,
  body: closed({ kind: oneOf(['confirm_agreement', 'owner_page']), by_hand: Type.Optional(Type.Boolean()) }),
  response: { 201: Type.Object({ id: Id, is_mailed: Type.Boolean(), expires_at_ms: InstantMs }) },
});

export const setOwnerEmail = route({
  ...STAFF,
  method: 'PUT',
  path: '/api/cameras/:camera_id/owner-email',
  summary: 'Set or remove where the camera’s owner is written to',
  params: CameraParams,
  body: closed({ email: nullable(EmailSchema) }),
  response: { 204: null },
});

export const listOwnerLinks = route({
  ...STAFF,
  method: 'GET',
  path: '/api/owner-links',
  summary: 'Links that wait for a technician to hand them over, oldest first',
  query: closed(PageQuery),
  response: {
    200: page(
      Type.Object({
        id: Id,
        kind: oneOf(['confirm_agreement', 'confirm_reminder', 'item_to_answer', 'owner_page']),
        unit_id: Id,
        owner_name: Type.String(),
        owner_phone: nullable(Type.String()),
        owner_address: nullable(Type.String()),
        created_at_ms: InstantMs,
        expires_at_ms: InstantMs,
        reason: nullable(Type.String()),
      }),
    ),
  },
});

export const handOverLink = route({
  ...STAFF,
  method: 'POST',
  path: '/api/owner-links/:entry_id/hand-over',
  summary: 'Show a link to the technician who hands it over; it is shown once',
  params: closed({ entry_id: Id }),
  response: { 200: Type.Object({ url: Type.String() }) },
});

export const recordAttestation = route({
  ...STAFF,
  method: 'POST',
  path: '/api/cameras/:camera_id/attestations',
  summary: 'Record a visit: the camera works, or does not',
  params: CameraParams,
  body: closed({ works: Type.Boolean(), at_ms: Type.Optional(InstantMs), note: Type.Optional(Note) }),
  response: { 204: null },
});

export const listAttestations = route({
  ...STAFF,
  method: 'GET',
  path: '/api/cameras/:camera_id/attestations',
  summary: 'What was attested about a camera, newest first',
  params: CameraParams,
  query: closed(PageQuery),
  response: {
    200: page(
      Type.Object({
        id: Id,
        kind: oneOf(ATTESTATION_KINDS),
        at_ms: InstantMs,
        works: Type.Boolean(),
        note: nullable(Type.String()),
      }),
    ),
  },
});
