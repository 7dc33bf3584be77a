import { AGREEMENT_PURPOSES, LIMITS } from '@minhchung/domain';
import { Type } from 'typebox';
import { route } from './core/route.ts';
import { closed, Id, InstantMs, nullable, oneOf } from './core/schemas.ts';
import { DeviceAccountSchema, Version } from './register-editing.ts';

/** Agreements with owners, added and kept up to date; the account entered for one item of a lawful order. */

const Line = Type.String({ minLength: 1, maxLength: LIMITS.line_max_chars });
const Minute = Type.Integer({ minimum: 0, maximum: 1_440 });
const Hours = closed({ from_minute: Minute, to_minute: Minute });
const Notice = closed({ given_at_ms: InstantMs, how: Line });
const Purposes = Type.Array(oneOf(AGREEMENT_PURPOSES), {
  minItems: 1,
  maxItems: AGREEMENT_PURPOSES.length,
  uniqueItems: true,
});
const shared = { tag: 'registry', access: 'signed_in' } as const;

export const AgreementRecordSchema = Type.Object({
  version: Version,
  id: Id,
  camera_id: Id,
  mode: oneOf(['automatic', 'ask_first']),
  purposes: Type.Array(Type.String()),
  /** Sound may be taken where a request names it. */
  allows_audio: Type.Boolean(),
  /** Minutes after midnight in Vietnam; null: any hour. */
  hours: nullable(Hours),
  valid_from_ms: InstantMs,
  valid_to_ms: nullable(InstantMs),
  confirmed_at_ms: InstantMs,
  /** When and how people were told of the recording. */
  notice: nullable(Notice),
  /** Who provides power and network; null: the owner. */
  power_host: nullable(Type.String()),
  network_host: nullable(Type.String()),
  withdrawn_at_ms: nullable(InstantMs),
});

const Details = {
  notice: Type.Optional(nullable(Notice)),
  power_host: Type.Optional(nullable(Line)),
  network_host: Type.Optional(nullable(Line)),
};
const Terms = {
  mode: oneOf(['automatic', 'ask_first']),
  purposes: Purposes,
  allows_audio: Type.Boolean(),
  hours: nullable(Hours),
  valid_to_ms: nullable(InstantMs),
};

export const listAgreements = route({
  ...shared,
  method: 'GET',
  path: '/api/cameras/:camera_id/agreements',
  summary: 'All agreements for a camera, newest first, in force or not',
  params: closed({ camera_id: Id }),
  response: { 200: Type.Object({ items: Type.Array(AgreementRecordSchema) }) },
});

export const addAgreement = route({
  ...shared,
  method: 'POST',
  path: '/api/cameras/:camera_id/agreements',
  summary: 'Record a new agreement of a camera’s owner',
  description:
    'After a withdrawal it must begin later than that. `owner_id` names another owner, whose word it then is. The ' +
    'camera of a withdrawn agreement stays `owner_only` until its reach is changed.',
  params: closed({ camera_id: Id }),
  body: closed({
    mode: Terms.mode,
    purposes: Purposes,
    /** Left out: no sound. */
    allows_audio: Type.Optional(Terms.allows_audio),
    hours: Type.Optional(Terms.hours),
    /** Left out: now. */
    valid_from_ms: Type.Optional(InstantMs),
    valid_to_ms: Type.Optional(Terms.valid_to_ms),
    owner_id: Type.Optional(Id),
    ...Details,
  }),
  response: { 201: AgreementRecordSchema },
});

export const changeAgreement = route({
  ...shared,
  method: 'PATCH',
  path: '/api/agreements/:agreement_id',
  summary: 'Change an agreement; fields left out stay',
  description:
    'Notice and hosts are corrected in place. Other terms are another word of the owner: they make a new agreement ' +
    'that begins now and is answered, and the one before stays as it was made.',
  params: closed({ agreement_id: Id }),
  body: closed({
    version: Version,
    mode: Type.Optional(Terms.mode),
    purposes: Type.Optional(Terms.purposes),
    allows_audio: Type.Optional(Terms.allows_audio),
    hours: Type.Optional(Terms.hours),
    valid_to_ms: Type.Optional(Terms.valid_to_ms),
    ...Details,
  }),
  response: { 200: AgreementRecordSchema },
});

export const recordConfirmation = route({
  ...shared,
  method: 'POST',
  path: '/api/agreements/:agreement_id/confirm',
  summary: 'Record that the owner confirmed an agreement that goes on',
  params: closed({ agreement_id: Id }),
  body: closed({ version: Version, /** Left out: now. */ confirmed_at_ms: Type.Optional(InstantMs) }),
  response: { 200: AgreementRecordSchema },
});

export const setOrderAccount = route({
  ...shared,
  method: 'PUT',
  path: '/api/items/:item_id/device-account',
  summary: 'Enter the device’s account for one item of a lawful order',
  description:
    'For a household’s recorder whose account a withdrawal destroyed. It is sealed, used for this item only, and ' +
    'destroyed with the item’s outcome.',
  params: closed({ item_id: Id }),
  body: DeviceAccountSchema,
  response: { 204: null },
});
