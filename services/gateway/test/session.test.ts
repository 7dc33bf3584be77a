import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '@minhchung/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorld, PASSWORD, trailOf, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await world.addAccount('an', [{ role: 'officer', unit_id: world.ward.id }]);
});
afterEach(() => world.close());

test('signing in opens a session that answers who is there', async () => {
  const session = await world.sessionOf('an');
  const response = await world.send({ method: 'GET', url: '/api/session', session });
  expect(response.json()).toMatchObject({
    login: 'an',
    appointments: [{ role: 'officer', unit_id: world.ward.id }],
    expires_at_ms: world.time.now_ms() + 12 * 3_600_000,
  });
});

test('the cookie is out of reach of scripts and of other sites', async () => {
  const [cookie] = (await world.signIn('an')).cookies;
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 12 * 3_600 });
  expect(Buffer.from(cookie!.value, 'base64url')).toHaveLength(32);
});

test('behind https the cookie is bound to the host and to https', async () => {
  const secure = await createWorld({ env: { MINHCHUNG_API__PUBLIC_ORIGIN: 'https://mc.example.vn' } });
  await secure.addAccount('an', [{ role: 'officer', unit_id: secure.ward.id }]);
  const response = await secure.send({
    method: 'POST',
    url: '/api/session',
    payload: { login: 'an', password: PASSWORD },
    headers: { origin: 'https://mc.example.vn' },
  });
  expect(response.cookies[0]).toMatchObject({ name: '__Host-minhchung_session', secure: true, path: '/' });
  expect(response.headers['strict-transport-security']).toBeDefined();
  await secure.close();
});

test('the database knows the hash of the cookie, not the cookie', async () => {
  const session = await world.sessionOf('an');
  const token = session.split('=')[1]!;
  const token_sha256 = createHash('sha256').update(token).digest('hex');
  expect(await world.store.sessions.find(token_sha256, world.time.now_ms())).not.toBeNull();
  expect(await world.store.sessions.find(token, world.time.now_ms())).toBeNull();
});

test('after signing out the cookie opens nothing', async () => {
  const session = await world.sessionOf('an');
  const out = await world.send({ method: 'DELETE', url: '/api/session', session });
  expect(out.statusCode).toBe(204);
  const response = await world.send({ method: 'GET', url: '/api/session', session });
  expect([response.statusCode, response.json().code]).toEqual([401, 'NOT_SIGNED_IN']);
});

test('a session ends by itself', async () => {
  const session = await world.sessionOf('an');
  world.time.advance(12 * 3_600_000);
  expect((await world.send({ method: 'GET', url: '/api/session', session })).statusCode).toBe(401);
});

test('signing in again ends the session it came with', async () => {
  const first = await world.sessionOf('an');
  await world.send({
    method: 'POST',
    url: '/api/session',
    session: first,
    payload: { login: 'an', password: PASSWORD },
  });
  expect((await world.send({ method: 'GET', url: '/api/session', session: first })).statusCode).toBe(401);
});

test('closing an account ends its sessions at once', async () => {
  const session = await world.sessionOf('an');
  const account = await world.store.people.accountByLogin('an');
  await world.store.people.closeAccount(account!.account.id, world.time.now_ms());
  expect((await world.send({ method: 'GET', url: '/api/session', session })).statusCode).toBe(401);
  expect((await world.signIn('an')).json().code).toBe('SIGN_IN_FAILED');
});

test('the same password typed with combining accents is the same password', async () => {
  expect((await world.signIn('an', PASSWORD.normalize('NFD'))).statusCode).toBe(200);
});

test('a wrong password and an unknown login get the same answer', async () => {
  const wrong = (await world.signIn('an', 'another password')).json();
  const unknown = (await world.signIn('nobody')).json();
  expect({ ...wrong, request_id: '' }).toEqual({ ...unknown, request_id: '' });
  expect(wrong.code).toBe('SIGN_IN_FAILED');
});

test('every sign-in and sign-out is in the trail, without what was typed', async () => {
  await world.signIn('an', 'typed by mistake');
  await world.signIn('my-password-as-login', 'x');
  const session = await world.sessionOf('an');
  await world.send({ method: 'DELETE', url: '/api/session', session });
  const trail = (await trailOf(world.store)).filter((event) => event.act.startsWith('session.'));
  expect(trail.map((event) => [event.act, event.outcome])).toEqual([
    ['session.close', 'ok'],
    ['session.open', 'ok'],
    ['session.open', 'failed'],
    ['session.open', 'failed'],
  ]);
  expect(JSON.stringify(trail)).not.toMatch(/my-password-as-login|typed by mistake/);
  expect(world.log()).not.toMatch(/typed by mistake|my-password-as-login/);
});

const changed = (session: string, current_password: string, new_password: string) =>
  world.send({
    method: 'PUT',
    url: '/api/session/password',
    session,
    payload: { current_password, new_password },
  });

test('a changed password ends every session and is the only one that opens another', async () => {
  const sessions = [await world.sessionOf('an'), await world.sessionOf('an')];
  expect((await changed(sessions[0]!, PASSWORD, 'một câu hoàn toàn mới')).statusCode).toBe(204);
  for (const session of sessions) {
    expect((await world.send({ method: 'GET', url: '/api/session', session })).statusCode).toBe(401);
  }
  expect((await world.signIn('an')).statusCode).toBe(401);
  expect((await world.signIn('an', 'một câu hoàn toàn mới')).statusCode).toBe(200);
});

test('a password that is replaced while it is being compared opens no session', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const store = await openStore({ engine: 'sqlite', path: join(folder, 'test.sqlite') });
  let before = async () => {};
  const transaction: Store['transaction'] = async (run) => {
    await before();
    return store.transaction(run);
  };
  const own = await createWorld({ store: { ...store, transaction } });
  await own.addAccount('an', [{ role: 'officer', unit_id: own.ward.id }]);
  const account_id = (await store.people.accountByLogin('an'))!.account.id;
  before = () => store.people.setPasswordHash(account_id, 'of another password');
  const response = await own.signIn('an');
  expect([response.statusCode, response.cookies]).toEqual([401, []]);
  await own.close();
  await rm(folder, { recursive: true });
});

test('who sits down at an open session cannot change the password without knowing it', async () => {
  const session = await world.sessionOf('an');
  expect((await changed(session, 'guessed at', 'một câu hoàn toàn mới')).json().code).toBe('SIGN_IN_FAILED');
  expect((await world.signIn('an')).statusCode).toBe(200);
});
