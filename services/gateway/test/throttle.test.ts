import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({
    env: {
      MINHCHUNG_API__SIGN_IN__FAILURES_PER_LOGIN_MAX: '3',
      MINHCHUNG_API__SIGN_IN__FAILURES_PER_ADDRESS_MAX: '5',
    },
  });
  await world.addAccount('an', [{ role: 'officer', unit_id: world.ward.id }]);
});
afterEach(() => world.close());

async function fail(login: string, times: number, address = '10.0.0.1'): Promise<void> {
  for (let i = 0; i < times; i += 1) await world.signIn(login, 'wrong password', address);
}

test('after too many failures of a login even the right password must wait, and is told how long', async () => {
  await fail('an', 3);
  const response = await world.signIn('an');
  expect([response.statusCode, response.json().code]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
  expect(response.headers['retry-after']).toBe('900');
});

test('failures from many addresses count together against one login', async () => {
  for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) await fail('an', 1, address);
  expect((await world.signIn('an', undefined, '10.0.0.4')).statusCode).toBe(429);
});

test('failures of many logins count together against one address', async () => {
  for (const login of ['a', 'b', 'c', 'd', 'e']) await fail(login, 1);
  expect((await world.signIn('an')).statusCode).toBe(429);
  expect((await world.signIn('an', undefined, '10.0.0.2')).statusCode).toBe(200);
});

test('an unknown login is throttled like a known one, so that throttling tells nothing', async () => {
  await fail('nobody', 3);
  expect((await world.signIn('nobody')).json().code).toBe('TOO_MANY_ATTEMPTS');
});

test('the wait is over when the window has passed', async () => {
  await fail('an', 3);
  world.time.advance(15 * 60_000 + 1);
  expect((await world.signIn('an')).statusCode).toBe(200);
});

test('a success forgives what failed before', async () => {
  await fail('an', 2);
  expect((await world.signIn('an')).statusCode).toBe(200);
  await fail('an', 2);
  expect((await world.signIn('an')).statusCode).toBe(200);
});

test('many attempts at once do not slip through', async () => {
  const responses = await Promise.all(Array.from({ length: 12 }, () => world.signIn('an', 'wrong password')));
  const looked_at = responses.filter((response) => response.json().code === 'SIGN_IN_FAILED');
  expect(looked_at.length).toBeLessThanOrEqual(3);
});
