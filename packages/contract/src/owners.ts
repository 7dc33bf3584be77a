import {
  AGREEMENT_PURPOSES,
  ATTESTATION_KINDS,
  CAMERA_STATES,
  LEGAL_BASES,
  LIMITS,
  REGISTRATION_STATES,
} from '@minhchung/domain';
import { Type } from 'typebox';
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
  PositionSchema,
  page,
  SpanSchema,
} from './core/schemas.ts';

/** Owners: the public form, links, the owner's own page, and what technicians do with them. */

const Name = Type.String({ minLength: 1, maxLength: LIMITS.name_max_chars });
const Phone = Type.String({ pattern: '^[+0-9][0-9 ().-]{5,28}$', maxLength: 30 });
const Email = Type.String({
  pattern: '^[^\\s@<>(),;:"\\[\\]\\\\]+@[^\\s@<>(),;:"\\[\\]\\\\]+$',
  maxLength: 254,
});
const Text = (chars_max: number) => Type.String({ minLength: 1, maxLength: chars_max });
const Minute = Type.Integer({ minimum: 0, maximum: 1_440 });
const Hours = closed({ from_minute: Minute, to_minute: Minute });
const Ticket = Type.String({ minLength: 1, maxLength: 100 });
const Token = Type.String({ minLength: 1, maxLength: 100 });
const Note = Text(500);
const CameraParams = closed({ camera_id: Id });
const RegistrationParams = closed({ registration_id: Id });
const PUBLIC = { tag: 'owners', access: 'public' } as const;
const STAFF = { tag: 'owners', access: 'signed_in' } as const;

/** What an owner says in the public form. */
export const SubmissionSchema = closed({
  /** Of `readRegistrationForm`: shows that the form was opened, and when. */
  ticket: Ticket,
  /** Leave empty: programs that fill in everything give themselves away. */
  website: Type.String({ maxLength: 200 }),
  unit_id: Id,
  name: Name,
  phone: Phone,
  email: nullable(Email),
  address: nullable(Text(300)),
  /** Null: the technician places it. */
  position: nullable(PositionSchema),
  looks_at: Text(300),
  maker: nullable(Text(100)),
  mode: oneOf(['automatic', 'ask_first']),
  purposes: Type.Array(oneOf(AGREEMENT_PURPOSES), {
    minItems: 1,
    maxItems: AGREEMENT_PURPOSES.length,
    uniqueItems: true,
  }),
  hours: nullable(Hours),
});

export const readRegistrationForm = route({
  ...PUBLIC,
  method: 'GET',
  path: '/api/registrations/form',
  summary: 'What the public registration form needs: a ticket, the wards, the purposes',
  response: {
    200: Type.Object({
      ticket: Ticket,
      wards: Type.Array(Type.Object({ id: Id, code: Code, name: Name })),
      purposes: Type.Array(Type.Object({ purpose: oneOf(AGREEMENT_PURPOSES), name: BilingualSchema })),
    }),
  },
});

export const submitRegistration = route({
  ...PUBLIC,
  method: 'POST',
  path: '/api/registrations',
  summary: 'Register a camera as its owner; a technician confirms it',
  description:
    'Counts as no camera until it is confirmed. The same form sent twice is taken once. The answer never tells ' +
    'whether somebody is registered.',
  body: SubmissionSchema,
  response: { 202: Type.Object({ received: Type.Boolean() }) },
});

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
  hours: nullable(Hours),
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
  }),
  response: { 201: Type.Object({ camera_id: Id }) },
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

export const readOwnerLink = route({
  ...PUBLIC,
  method: 'POST',
  path: '/api/owner/link',
  summary: 'What a link is for; uses nothing up',
  body: closed({ token: Token }),
  response: {
    200: Type.Object({
      kind: oneOf(['confirm_agreement', 'owner_page']),
      expires_at_ms: InstantMs,
      /** For a confirmation. */
      camera: nullable(Type.Object({ code: Code, name: Name })),
    }),
  },
});

export const confirmAgreement = route({
  ...PUBLIC,
  method: 'POST',
  path: '/api/owner/confirmation',
  summary: 'The owner’s yearly word, by link: the camera works, does not, or the owner withdraws',
  body: closed({ token: Token, answer: oneOf(['works', 'broken', 'withdraw']) }),
  response: { 204: null },
});

export const openOwnerSession = route({
  ...PUBLIC,
  method: 'POST',
  path: '/api/owner/session',
  summary: 'Open the owner’s page with a link, once; sets a cookie',
  body: closed({ token: Token }),
  response: { 200: Type.Object({ expires_at_ms: InstantMs }) },
});

export const closeOwnerSession = route({
  ...PUBLIC,
  method: 'DELETE',
  path: '/api/owner/session',
  summary: 'Leave the owner’s page',
  response: { 204: null },
});

/** The state of a camera, and why. */
const StateSchema = Type.Object({
  state: oneOf(CAMERA_STATES),
  reason: Type.String(),
  from_ms: InstantMs,
});

export const OwnersPageSchema = Type.Object({
  owner: Type.Object({ name: Name }),
  cameras: Type.Array(
    Type.Object({
      id: Id,
      code: Code,
      name: Name,
      observation: nullable(StateSchema),
      agreement: nullable(
        Type.Object({
          mode: oneOf(['automatic', 'ask_first']),
          purposes: Type.Array(Type.String()),
          hours: nullable(Hours),
          valid_from_ms: InstantMs,
          valid_to_ms: nullable(InstantMs),
          confirmed_at_ms: InstantMs,
          withdrawn_at_ms: nullable(InstantMs),
        }),
      ),
    }),
  ),
  /** Decided requests that touched a camera of this owner; no case and no person is named. */
  items: Type.Array(
    Type.Object({
      id: Id,
      camera_code: Code,
      unit_name: Type.String(),
      wanted: SpanSchema,
      purpose: Type.String(),
      legal_basis: oneOf(LEGAL_BASES),
      submitted_at_ms: InstantMs,
      state: Type.String(),
      reason: nullable(Type.Object({ code: Type.String(), text: BilingualSchema })),
      waits_for_owner: Type.Boolean(),
    }),
  ),
});

export const readOwnersPage = route({
  ...PUBLIC,
  method: 'GET',
  path: '/api/owner/page',
  summary: 'The owner’s own page: cameras, agreements, requests that touched them',
  response: { 200: OwnersPageSchema },
});

export const answerItem = route({
  ...PUBLIC,
  method: 'POST',
  path: '/api/owner/items/:item_id/answer',
  summary: 'Accept or refuse one request, where the agreement says to ask first',
  params: closed({ item_id: Id }),
  body: closed({ verdict: oneOf(['accepted', 'refused']), reason: Type.Optional(Note) }),
  response: { 204: null },
});

export const withdrawByOwner = route({
  ...PUBLIC,
  method: 'POST',
  path: '/api/owner/cameras/:camera_id/withdraw',
  summary: 'The owner withdraws: ends the agreement and destroys the device’s credentials',
  params: CameraParams,
  body: closed({ reason: Type.Optional(Note) }),
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
  body: closed({ email: nullable(Email) }),
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
