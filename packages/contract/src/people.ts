import { LIMITS } from '@minhchung/domain';
import { Type } from 'typebox';
import { route } from './core/route.ts';
import { closed, Id, InstantMs, oneOf, PageQuery, page } from './core/schemas.ts';
import { AppointmentSchema, PasswordText } from './session.ts';

/** Administration: persons and their accounts. */

const Name = Type.String({ minLength: 1, maxLength: LIMITS.name_max_chars });

/** Number of a badge or of an identity card, as printed. */
const BadgeNumber = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9./-]{1,38}[A-Za-z0-9]$' });

export const PersonSchema = Type.Object({
  id: Id,
  badge_number: BadgeNumber,
  full_name: Name,
  created_at_ms: InstantMs,
});

export const AccountSchema = Type.Object({
  id: Id,
  person: PersonSchema,
  login: Type.String(),
  status: oneOf(['active', 'closed']),
  appointments: Type.Array(AppointmentSchema),
  created_at_ms: InstantMs,
});

export const createPerson = route({
  method: 'POST',
  path: '/api/persons',
  tag: 'administration',
  access: 'signed_in',
  summary: 'Add a person: one human, known by a badge or identity number',
  body: closed({ badge_number: BadgeNumber, full_name: Name }),
  response: { 201: PersonSchema },
});

export const listAccounts = route({
  method: 'GET',
  path: '/api/accounts',
  tag: 'administration',
  access: 'signed_in',
  summary: 'Accounts with their persons and appointments',
  query: closed(PageQuery),
  response: { 200: page(AccountSchema) },
});

export const createAccount = route({
  method: 'POST',
  path: '/api/accounts',
  tag: 'administration',
  access: 'signed_in',
  summary: 'Open an account for a person',
  body: closed({
    person_id: Id,
    login: Type.String({
      minLength: 2,
      maxLength: LIMITS.login_max_chars,
      pattern: '^[a-z0-9][a-z0-9._-]*$',
    }),
    password: PasswordText,
    appointments: Type.Array(AppointmentSchema, { minItems: 1, maxItems: 50 }),
  }),
  response: { 201: AccountSchema },
});

export const closeAccount = route({
  method: 'POST',
  path: '/api/accounts/:account_id/close',
  tag: 'administration',
  access: 'signed_in',
  summary: 'Close an account and end its sessions',
  params: closed({ account_id: Id }),
  response: { 200: AccountSchema },
});

export const resetPassword = route({
  method: 'PUT',
  path: '/api/accounts/:account_id/password',
  tag: 'administration',
  access: 'signed_in',
  summary: 'Give an account a new password; its sessions end',
  params: closed({ account_id: Id }),
  body: closed({ password: PasswordText }),
  response: { 204: null },
});
