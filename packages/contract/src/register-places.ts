import { LIMITS } from '@minhchung/domain';
import { Type } from 'typebox';
import { route } from './core/route.ts';
import { Code, closed, Id, InstantMs, nullable, oneOf } from './core/schemas.ts';
import { PHONE_CHARS_MAX } from './limits.ts';
import { Version } from './register-editing.ts';

/** Changing schemes, sites and owners. */

const Name = Type.String({ minLength: 1, maxLength: LIMITS.name_max_chars });
const shared = { tag: 'registry', access: 'signed_in' } as const;

export const SchemeRecordSchema = Type.Object({
  version: Version,
  id: Id,
  unit_id: Id,
  code: Code,
  name: Name,
  launched_at_ms: InstantMs,
  status: oneOf(['active', 'ended']),
  ended_at_ms: nullable(InstantMs),
});

export const readScheme = route({
  ...shared,
  method: 'GET',
  path: '/api/schemes/:scheme_id',
  summary: 'One scheme as it can be changed',
  params: closed({ scheme_id: Id }),
  response: { 200: SchemeRecordSchema },
});

export const changeScheme = route({
  ...shared,
  method: 'PATCH',
  path: '/api/schemes/:scheme_id',
  summary: 'Change a scheme, end it, or take it up again',
  description: 'Status `ended` without `ended_at_ms` ends it now. Counts of the time before keep it.',
  params: closed({ scheme_id: Id }),
  body: closed({
    version: Version,
    name: Type.Optional(Name),
    launched_at_ms: Type.Optional(InstantMs),
    status: Type.Optional(oneOf(['active', 'ended'])),
    ended_at_ms: Type.Optional(InstantMs),
  }),
  response: { 200: SchemeRecordSchema },
});

export const SiteRecordSchema = Type.Object({
  version: Version,
  id: Id,
  scheme_id: Id,
  code: Code,
  name: Name,
});

export const readSite = route({
  ...shared,
  method: 'GET',
  path: '/api/sites/:site_id',
  summary: 'One site as it can be changed',
  params: closed({ site_id: Id }),
  response: { 200: SiteRecordSchema },
});

export const changeSite = route({
  ...shared,
  method: 'PATCH',
  path: '/api/sites/:site_id',
  summary: 'Change a site, or move it to another scheme of the same unit',
  params: closed({ site_id: Id }),
  body: closed({ version: Version, name: Type.Optional(Name), scheme_id: Type.Optional(Id) }),
  response: { 200: SiteRecordSchema },
});

const Phone = Type.String({ minLength: 1, maxLength: PHONE_CHARS_MAX });
const Address = Type.String({ minLength: 1, maxLength: LIMITS.line_max_chars });

export const OwnerRecordSchema = Type.Object({
  version: Version,
  id: Id,
  name: Name,
  phone: nullable(Type.String()),
  address: nullable(Type.String()),
  /** Where the owner is written to; set with PUT …/owner-email of a camera. Null: nowhere. */
  email: nullable(Type.String()),
  cameras: Type.Array(Type.Object({ id: Id, code: Code, name: Name, retired_at_ms: nullable(InstantMs) })),
});

export const createOwner = route({
  ...shared,
  method: 'POST',
  path: '/api/camera-owners',
  summary: 'Register an owner: a household or an organisation',
  body: closed({
    name: Name,
    phone: Type.Optional(nullable(Phone)),
    address: Type.Optional(nullable(Address)),
  }),
  response: { 201: OwnerRecordSchema },
});

export const readOwner = route({
  ...shared,
  method: 'GET',
  path: '/api/camera-owners/:owner_id',
  summary: 'One owner as it can be changed, with the cameras',
  params: closed({ owner_id: Id }),
  response: { 200: OwnerRecordSchema },
});

export const changeOwner = route({
  ...shared,
  method: 'PATCH',
  path: '/api/camera-owners/:owner_id',
  summary: 'Change how an owner is reached, or correct the name',
  description:
    'Another person is another owner, with an agreement of their own: where there is one, the name changes only as a ' +
    'correction (`is_correction`).',
  params: closed({ owner_id: Id }),
  body: closed({
    version: Version,
    name: Type.Optional(Name),
    phone: Type.Optional(nullable(Phone)),
    address: Type.Optional(nullable(Address)),
    is_correction: Type.Optional(Type.Boolean()),
  }),
  response: { 200: OwnerRecordSchema },
});
