import { once } from 'node:events';
import { CodedError } from '@minhchung/domain';
import Fastify, { type FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerRoute } from '../src/core/register.ts';
import { closed, createClient, fileAnswer, Id, PageQuery, page, route, streamBody } from '../src/index.ts';
import { pageAnswer, pageRequest } from '../src/server.ts';

const Thing = Type.Object({ id: Id, name: Type.String(), tags: Type.Array(Type.String()) });
const readThing = route({
  method: 'GET',
  path: '/api/things/:thing_id',
  tag: 'things',
  access: 'public',
  summary: 'One thing',
  params: closed({ thing_id: Id }),
  response: { 200: Thing },
});
const listThings = route({
  method: 'GET',
  path: '/api/things',
  tag: 'things',
  access: 'public',
  summary: 'Things',
  query: closed({ ...PageQuery, tag: Type.Optional(Type.Array(Type.String())) }),
  response: { 200: page(Thing) },
});
const importThings = route({
  method: 'POST',
  path: '/api/things/import',
  tag: 'things',
  access: 'public',
  summary: 'Import',
  body: streamBody(['text/csv'], 20),
  response: { 201: Type.Object({ size_bytes: Type.Integer() }) },
});
const exportThings = route({
  method: 'GET',
  path: '/api/things.csv',
  tag: 'things',
  access: 'public',
  summary: 'Export',
  response: { 200: fileAnswer(['text/csv']) },
});
const dropThing = route({
  method: 'DELETE',
  path: '/api/things/:thing_id',
  tag: 'things',
  access: 'public',
  summary: 'Drop',
  params: closed({ thing_id: Id }),
  response: { 204: null },
});

let app: FastifyInstance;
let base_url: string;

beforeAll(async () => {
  app = Fastify();
  const rows = [{ id: 'a', name: 'Đông Vệ', tags: ['x'], secret: 'never shown' }];
  registerRoute(app, readThing, async ({ params }) => {
    if (params.thing_id === 'none') throw new CodedError('NOT_FOUND', { what: 'thing', id: 'none' });
    return { ...rows[0]!, id: params.thing_id };
  });
  registerRoute(app, listThings, async ({ query }) => {
    const { limit } = pageRequest(query);
    return pageAnswer({ rows, next: `${limit}/${(query.tag ?? []).join()}` }, (row) => row);
  });
  registerRoute(app, importThings, async ({ body }) => {
    let size_bytes = 0;
    for await (const chunk of body) size_bytes += chunk.byteLength;
    return { size_bytes };
  });
  registerRoute(app, exportThings, async () => ({
    content_type: 'text/csv; charset=utf-8',
    file_name: 'lượt trích xuất.csv',
    size_bytes: null,
    body: (async function* () {
      yield Buffer.from('a,b\n');
    })(),
  }));
  registerRoute(app, dropThing, async () => undefined);
  app.setErrorHandler((error, _request, reply) => {
    const coded = error as CodedError;
    reply.code(coded.status).send({
      code: coded.code,
      message: coded.texts,
      details: coded.details,
      request_id: 'r1',
    });
  });
  base_url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

const client = () => createClient({ base_url });

test('an answer carries only what the route declares', async () => {
  const thing = await client().call(readThing, { params: { thing_id: 'a' } });
  expect(thing).toEqual({ id: 'a', name: 'Đông Vệ', tags: ['x'] });
  expect(thing.tags.length).toBe(1);
});

test('a list is asked for with its query and answers one page', async () => {
  const found = await client().call(listThings, { query: { limit: 7, tag: ['x', 'y'] } });
  expect(found.items.map((item) => item.name)).toEqual(['Đông Vệ']);
  expect(found.next_cursor).toBe('7/x,y');
});

test('an upload streams to the handler', async () => {
  const chunks = async function* () {
    yield Buffer.from('a,b\n');
    yield Buffer.from('1,2\n');
  };
  expect(await client().call(importThings, { body: chunks() })).toEqual({ size_bytes: 8 });
  expect(await client().call(importThings, { body: 'a,b\n' })).toEqual({ size_bytes: 4 });
});

test('an upload over its limit is refused with the limit', async () => {
  await expect(client().call(importThings, { body: 'x'.repeat(21) })).rejects.toMatchObject({
    code: 'BODY_TOO_LARGE',
    details: { size_bytes_max: 20 },
  });
});

test('a file arrives with its Vietnamese name', async () => {
  const file = await client().call(exportThings);
  expect(file.file_name).toBe('lượt trích xuất.csv');
  expect(await file.text()).toBe('a,b\n');
});

test('nothing is answered with 204', async () => {
  expect(await client().call(dropThing, { params: { thing_id: 'a' } })).toBeUndefined();
});

test('an error arrives with code and both texts', async () => {
  await expect(client().call(readThing, { params: { thing_id: 'none' } })).rejects.toMatchObject({
    status: 404,
    code: 'NOT_FOUND',
    texts: { vi: expect.stringContaining('Không tìm thấy'), en: expect.stringContaining('There is no') },
    request_id: 'r1',
  });
});

test('a server that is gone is an ApiError too', async () => {
  const gone = Fastify();
  const address = await gone.listen({ host: '127.0.0.1', port: 0 });
  const closed = once(gone.server, 'close');
  await gone.close();
  await closed;
  await expect(
    createClient({ base_url: address }).call(readThing, { params: { thing_id: 'a' } }),
  ).rejects.toMatchObject({ code: 'NO_ANSWER', status: 0 });
});

test('a call is typed by its route', async () => {
  // @ts-expect-error the parameter is missing
  const missing = () => client().call(readThing, { params: {} });
  // @ts-expect-error the answer has no such field
  const undeclared = async () => (await client().call(readThing, { params: { thing_id: 'a' } })).secret;
  // @ts-expect-error the input is required
  const nothing = () => client().call(readThing);
  expect([missing, undeclared, nothing]).toHaveLength(3);
});
