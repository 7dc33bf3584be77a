import { changePassword, readSession, type SessionInfo, signIn, signOut } from '@minhchung/contract';
import { actorFields, type RouteDeps, type RoutePlugin, registerRoute } from '@minhchung/contract/server';
import { CodedError } from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';
import type { AccountRecord, AuditEvent, Store } from '@minhchung/store';
import { setPassword } from '../people/open-account.ts';
import { clearCookie, readCookie, setCookie } from './cookie.ts';
import type { Passwords } from './passwords.ts';
import { createSignInThrottle } from './throttle.ts';
import { newToken, sha256OfToken } from './tokens.ts';

export interface SessionRouteDeps extends RouteDeps<Store, Settings> {
  readonly passwords: Passwords;
  readonly is_secure: boolean;
}

/** Signing in and out; both are audited in the transaction in which they happen. */
export function sessionRoutes(deps: SessionRouteDeps): RoutePlugin {
  const { store, time, settings, passwords, is_secure } = deps;
  const throttle = createSignInThrottle(store.sessions, settings.api.sign_in, time);
  const session_s = settings.api.session_hours * 3_600;

  return async (app) => {
    registerRoute(app, signIn, async ({ body, request, reply }) => {
      const attempt = { login: body.login.trim(), address: request.ip };
      await throttle.begin(attempt);
      const account = await store.people.accountByLogin(attempt.login);
      const active = account?.account.status === 'active' ? account : null;
      const is_right = await passwords.matches(active?.password_hash ?? null, body.password);
      const now_ms = time.now_ms();
      if (active === null || !is_right) {
        await throttle.failed(attempt);
        await store.audit.append(sessionEvent('session.open', account, now_ms, 'failed'));
        throw new CodedError('SIGN_IN_FAILED');
      }

      const token = newToken();
      const expires_at_ms = now_ms + session_s * 1_000;
      const earlier = readCookie(request, is_secure);
      await store.transaction(async (tx) => {
        // Comparing takes a while, in which the password may have been changed because somebody knows it.
        const now = await tx.people.accountByLogin(attempt.login);
        if (now?.password_hash !== active.password_hash) throw new CodedError('SIGN_IN_FAILED');
        if (earlier !== null) await tx.sessions.revoke(sha256OfToken(earlier));
        await tx.sessions.create({
          token_sha256: sha256OfToken(token),
          account_id: active.account.id,
          created_at_ms: now_ms,
          expires_at_ms,
        });
        await tx.audit.append(sessionEvent('session.open', active, now_ms, 'ok'));
      });
      await throttle.succeeded(attempt);
      await store.sessions.deleteExpired(now_ms);
      setCookie(reply, token, is_secure, session_s);
      return shown(active, expires_at_ms);
    });

    registerRoute(app, readSession, async ({ actor, request }) => {
      const token = readCookie(request, is_secure);
      const session = token === null ? null : await store.sessions.find(sha256OfToken(token), time.now_ms());
      const account = await store.people.accountById(actor.account_id);
      if (session === null || account === null) throw new CodedError('NOT_SIGNED_IN');
      return shown(account, session.expires_at_ms);
    });

    registerRoute(app, signOut, async ({ actor, request, reply }) => {
      const token = readCookie(request, is_secure);
      const account = await store.people.accountById(actor.account_id);
      await store.transaction(async (tx) => {
        if (token !== null) await tx.sessions.revoke(sha256OfToken(token));
        await tx.audit.append(sessionEvent('session.close', account, time.now_ms(), 'ok'));
      });
      clearCookie(reply, is_secure);
      return undefined;
    });

    registerRoute(app, changePassword, async ({ actor, body, request, reply }) => {
      const record = await store.people.accountById(actor.account_id);
      if (record === null) throw new CodedError('NOT_SIGNED_IN');
      const attempt = { login: record.account.login, address: request.ip };
      await throttle.begin(attempt);
      const stored = await store.people.accountByLogin(record.account.login);
      if (!(await passwords.matches(stored?.password_hash ?? null, body.current_password))) {
        await throttle.failed(attempt);
        throw new CodedError('SIGN_IN_FAILED');
      }
      await throttle.succeeded(attempt);
      const password_hash = await passwords.hash(body.new_password);
      await setPassword(store, record, password_hash, { actor, now_ms: time.now_ms() });
      clearCookie(reply, is_secure);
      return undefined;
    });
  };
}

/** What was typed as a login is not kept: people type passwords there. */
function sessionEvent(
  act: string,
  account: AccountRecord | null,
  at_ms: number,
  outcome: AuditEvent['outcome'],
): AuditEvent {
  const actor =
    account === null
      ? { account_id: null, person_id: null }
      : actorFields({
          account_id: account.account.id,
          person_id: account.person.id,
          appointments: account.appointments,
        });
  return {
    at_ms,
    act,
    ...actor,
    unit_id: account?.appointments[0]?.unit_id ?? null,
    subject_kind: 'account',
    subject_id: account?.account.id ?? '',
    outcome,
    details: {},
  };
}

function shown(record: AccountRecord, expires_at_ms: number): SessionInfo {
  return {
    account_id: record.account.id,
    person_id: record.person.id,
    login: record.account.login,
    full_name: record.person.full_name,
    appointments: record.appointments.map(({ role, unit_id }) => ({ role, unit_id })),
    expires_at_ms,
  };
}
