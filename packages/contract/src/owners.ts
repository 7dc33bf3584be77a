import { AGREEMENT_PURPOSES, CAMERA_STATES, LEGAL_BASES, LIMITS } from '@minhchung/domain';
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
  PositionSchema,
  SpanSchema,
} from './core/schemas.ts';

/** Owners: the public form, links, and the owner's own page. */

const Name = Type.String({ minLength: 1, maxLength: LIMITS.name_max_chars });
const Phone = Type.String({ pattern: '^[+0-9][0-9 ().-]{5,28}$', maxLength: 30 });
/** As the form takes it. */
export const EmailSchema = Type.String({
  pattern: '^[^\\s@<>(),;:"\\[\\]\\\\]+@[^\\s@<>(),;:"\\[\\]\\\\]+$',
  maxLength: 254,
});
const Text = (chars_max: number) => Type.String({ minLength: 1, maxLength: chars_max });
const Minute = Type.Integer({ minimum: 0, maximum: 1_440 });
/** Minutes after midnight in Vietnam, half-open. */
export const HoursSchema = closed({ from_minute: Minute, to_minute: Minute });
const Ticket = Type.String({ minLength: 1, maxLength: 100 });
const Token = Type.String({ minLength: 1, maxLength: 100 });
const Note = Text(500);
const CameraParams = closed({ camera_id: Id });
const PUBLIC = { tag: 'owners', access: 'public' } as const;
/** What an owner says in the public form. */
export const SubmissionSchema = closed({
  /** Of `readRegistrationForm`: shows that the form was opened, and when. */
  ticket: Ticket,
  /** Leave empty: programs that fill in everything give themselves away. */
  website: Type.String({ maxLength: 200 }),
  unit_id: Id,
  name: Name,
  phone: Phone,
  email: nullable(EmailSchema),
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
  /** Sound may be taken where a request names it; left out: it may not. */
  allows_audio: Type.Optional(Type.Boolean()),
  hours: nullable(HoursSchema),
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
      /** For a confirmation: what it says of sound. */
      allows_audio: nullable(Type.Boolean()),
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
          allows_audio: Type.Boolean(),
          hours: nullable(HoursSchema),
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
      /** Sound was asked for too. */
      wants_audio: Type.Boolean(),
      purpose: Type.String(),
      legal_basis: oneOf(LEGAL_BASES),
      submitted_at_ms: InstantMs,
      state: Type.String(),
      reason: nullable(Type.Object({ code: Type.String(), text: BilingualSchema })),
      waits_for_owner: Type.Boolean(),
    }),
  ),
  /** Looks at still pictures while a camera was tried, newest first: when, and by whose word. */
  looks: Type.Array(
    Type.Object({
      camera_code: Code,
      at_ms: InstantMs,
      allowed_by: oneOf(['community', 'agreement', 'owner_code']),
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

export const allowLook = route({
  ...PUBLIC,
  method: 'POST',
  path: '/api/owner/cameras/:camera_id/look',
  summary: 'The owner allows one look: a code for the technician, shown once',
  description: 'Good for one picture within half an hour; a new code ends the one before.',
  params: CameraParams,
  response: { 201: Type.Object({ code: Type.String(), expires_at_ms: InstantMs }) },
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
