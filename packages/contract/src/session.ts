import { ROLES } from '@minhchung/domain';
import { Type } from 'typebox';
import { route } from './core/route.ts';
import { closed, Id, InstantMs, oneOf } from './core/schemas.ts';

/** Signing in and out. The session itself is an HttpOnly cookie that no script sees. */

/** A role held at a unit. */
export const AppointmentSchema = closed({ role: oneOf(ROLES), unit_id: Id });

/** A password as typed; how long a new one must be is a rule of the server. */
export const PasswordText = Type.String({ minLength: 1, maxLength: 200 });

/** Who is signed in. */
export const SessionSchema = Type.Object({
  account_id: Id,
  person_id: Id,
  login: Type.String(),
  full_name: Type.String(),
  appointments: Type.Array(AppointmentSchema),
  expires_at_ms: InstantMs,
});
export type SessionInfo = Type.Static<typeof SessionSchema>;

export const signIn = route({
  method: 'POST',
  path: '/api/session',
  tag: 'session',
  access: 'public',
  summary: 'Sign in',
  description:
    'Sets the session cookie. The answer to a failure never says which part was wrong. Failures are counted ' +
    'by login and by address; after too many, TOO_MANY_ATTEMPTS says when to try again.',
  body: closed({
    login: Type.String({ minLength: 1, maxLength: 100 }),
    password: PasswordText,
  }),
  response: { 200: SessionSchema },
});

export const readSession = route({
  method: 'GET',
  path: '/api/session',
  tag: 'session',
  access: 'signed_in',
  summary: 'Who is signed in',
  response: { 200: SessionSchema },
});

export const signOut = route({
  method: 'DELETE',
  path: '/api/session',
  tag: 'session',
  access: 'signed_in',
  summary: 'Sign out: the session ends at once, on the server',
  response: { 204: null },
});

export const changePassword = route({
  method: 'PUT',
  path: '/api/session/password',
  tag: 'session',
  access: 'signed_in',
  summary: 'Choose another password: every session of the account ends, this one too',
  description: 'Wrong current passwords are counted and throttled like failed attempts to sign in.',
  body: closed({ current_password: PasswordText, new_password: PasswordText }),
  response: { 204: null },
});
