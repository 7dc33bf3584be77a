import { closed, Id, route } from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import { CodedError } from '@minhchung/domain';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from './world.ts';

const common = { tag: 'test', access: 'public', summary: 'For tests' } as const;
const echo = route({
  ...common,
  method: 'POST',
  path: '/api/echo/:echo_id',
  params: closed({ echo_id: Id }),
  query: closed({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 9, default: 5 })) }),
  body: closed({ name: Type.String({ minLength: 2 }), count: Type.Integer() }),
  response: { 200: Type.Object({ name: Type.String(), limit: Type.Integer() }) },
});
const fault = route({
  ...common,
  method: 'GET',
  path: '/api/fault',
  response: { 200: Type.Object({}) },
});
const missing_tool = route({
  ...common,
  method: 'GET',
  path: '/api/missing-tool',
  response: { 200: Type.Object({}) },
});
const outside = route({
  ...common,
  method: 'GET',
  path: '/api/outside',
  response: { 200: Type.Object({}) },
});

let world: World;
beforeAll(async () => {
  world = await createWorld({
    areas: () => [
      async (app) => {
        registerRoute(app, echo, async ({ body, query }) => ({
          name: body.name,
          limit: query.limit ?? 0,
          secret: 1,
        }));
        registerRoute(app, fault, async () => {
          throw new Error('the hidden reason');
        });
        registerRoute(app, missing_tool, async () => {
          throw new CodedError('TOOL_MISSING', { tool: '/hidden/path', hint: 'x' });
        });
        registerRoute(app, outside, async () => {
          throw new CodedError('DEVICE_TIMEOUT', { address: '10.0.0.9', deadline_ms: 10 });
        });
      },
    ],
  });
});
afterAll(() => world.close());

const post = (payload: unknown, url = '/api/echo/a', headers = {}) =>
  world.send({ method: 'POST', url, payload: payload as object, headers });

test('what the contract does not declare does not leave', async () => {
  expect((await post({ name: 'an', count: 1 })).json()).toEqual({ name: 'an', limit: 5 });
});

test('every mistake of a call is reported with its path, in both languages', async () => {
  const response = await post({ name: 'a', count: '1', extra: true });
  expect(response.statusCode).toBe(400);
  expect(response.json()).toMatchObject({ code: 'INVALID_INPUT', details: { count: 3 } });
  expect(response.json().problems).toEqual(
    expect.arrayContaining([
      { path: 'name', message: { vi: 'cần ít nhất 2 ký tự', en: 'needs at least 2 characters' } },
      { path: 'count', message: { vi: 'phải là số nguyên', en: 'must be a whole number' } },
      { path: 'extra', message: { vi: 'không có mục này', en: 'is not known here' } },
    ]),
  );
});

test('mistakes in query and path are told from those in the body', async () => {
  const query = await post({ name: 'an', count: 1 }, '/api/echo/a?limit=99');
  expect(query.json().problems[0].path).toBe('query.limit');
  const path = await post({ name: 'an', count: 1 }, '/api/echo/a%20b');
  expect(path.json().problems[0].path).toBe('params.echo_id');
});

test('a NUL character, which no database takes, is refused', async () => {
  const response = await post({ name: 'a\0b', count: 1 });
  expect(response.json()).toMatchObject({ code: 'INVALID_INPUT', problems: [{ path: 'name' }] });
});

test.each([
  ['broken JSON', '{"name":', 'application/json', 'BODY_UNREADABLE', 400],
  ['another type', 'name=an', 'application/x-www-form-urlencoded', 'MEDIA_TYPE_UNSUPPORTED', 415],
  ['too many bytes', `{"name":"${'x'.repeat(70_000)}"}`, 'application/json', 'BODY_TOO_LARGE', 413],
])('a body of %s is refused with its own code', async (_what, payload, type, code, status) => {
  const response = await world.send({
    method: 'POST',
    url: '/api/echo/a',
    payload,
    headers: { 'content-type': type },
  });
  expect([response.statusCode, response.json().code]).toEqual([status, code]);
});

test('a fault of ours shows its request id and nothing else, and the log has the rest', async () => {
  const response = await world.send({ method: 'GET', url: '/api/fault' });
  expect([response.statusCode, response.json().code]).toEqual([500, 'INTERNAL_ERROR']);
  expect(response.body).not.toContain('hidden');
  expect(response.headers['x-request-id']).toBe(response.json().request_id);
  expect(world.log()).toMatch(new RegExp(`${response.json().request_id}.*the hidden reason`));
});

test('a coded fault of this machine is masked as well', async () => {
  const response = await world.send({ method: 'GET', url: '/api/missing-tool' });
  expect(response.json().code).toBe('INTERNAL_ERROR');
  expect(response.body).not.toContain('/hidden/path');
});

test('a failure of a device outside is told as it is', async () => {
  const response = await world.send({ method: 'GET', url: '/api/outside' });
  expect([response.statusCode, response.json().code]).toEqual([504, 'DEVICE_TIMEOUT']);
});

test('an unknown address is answered in the same form', async () => {
  const response = await world.send({ method: 'GET', url: '/api/nothing?secret=1' });
  expect([response.statusCode, response.json().code]).toEqual([404, 'ROUTE_NOT_FOUND']);
  expect(response.json().details.path).toBe('/api/nothing');
});

test.each([
  ['another site', { origin: 'https://evil.example' }],
  ['the same host by another name', { origin: 'http://127.0.0.1:8080' }],
  ['a sandboxed frame', { origin: 'null' }],
  ['nowhere', {}],
])('a change asked for by a page of %s is refused', async (_whence, headers) => {
  const response = await world.app.inject({
    method: 'POST',
    url: '/api/echo/a',
    payload: { name: 'an', count: 1 },
    headers: { host: 'localhost:8080', ...headers },
  });
  expect([response.statusCode, response.json().code]).toEqual([403, 'ORIGIN_REFUSED']);
});

test('too many calls in a minute are refused with the time to wait', async () => {
  const small = await createWorld({ env: { MINHCHUNG_API__CALLS_PER_MINUTE_MAX: '10' } });
  const call = () => small.send({ method: 'GET', url: '/api/health' });
  for (let i = 0; i < 10; i += 1) expect((await call()).statusCode).toBe(200);
  const response = await call();
  expect([response.statusCode, response.json().code]).toEqual([429, 'TOO_MANY_REQUESTS']);
  expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
  await small.close();
});

test('answers cannot be framed, sniffed or scripted', async () => {
  const { headers } = await world.send({ method: 'GET', url: '/api/health' });
  expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test("the API's page loads nothing from elsewhere", async () => {
  const page = await world.send({ method: 'GET', url: '/docs/' });
  expect(page.statusCode).toBe(200);
  expect(page.body).not.toMatch(/(src|href)="https?:/);
  expect(page.headers['content-security-policy']).toContain("script-src 'self'");
});

test('a route that does not say who may call it stops the start', async () => {
  const start = createWorld({
    areas: () => [
      async (app) => {
        app.get('/api/forgotten', async () => ({}));
      },
    ],
  });
  await expect(start).rejects.toThrow(/does not say who may call it/);
});

test('half of a Unicode character is refused: it could not be kept as it was sent', async () => {
  const payload = '{"name":"a\\ud800b","count":1}';
  const headers = { 'content-type': 'application/json' };
  const response = await world.send({ method: 'POST', url: '/api/echo/x', payload, headers });
  expect([response.statusCode, response.json().problems[0].path]).toEqual([400, 'name']);
});

test.each([
  ['is no address', '/api/echo/%u002e'],
  ['is too long', `/api/echo/${'a'.repeat(5000)}`],
])('what %s is answered in both languages', async (_, url) => {
  const response = await world.send({ method: 'POST', url, payload: { name: 'Đông Vệ', count: 1 } });
  const { code, message } = response.json();
  expect([response.statusCode, code]).toEqual([400, 'BODY_UNREADABLE']);
  expect([typeof message.vi, typeof message.en]).toEqual(['string', 'string']);
  expect(response.body.length).toBeLessThan(1_000);
});
