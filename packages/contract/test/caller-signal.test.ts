import { setTimeout as delay } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { registerRoute } from '../src/core/register.ts';
import { createClient, route, streamBody } from '../src/index.ts';

const take = route({
  ...{ method: 'POST', path: '/api/take', tag: 'test', access: 'public', summary: 'Takes a file' },
  body: streamBody(['text/csv'], 1_000_000),
  response: { 200: Type.Object({ size_bytes: Type.Integer(), hung_up: Type.Boolean() }) },
});

let app: FastifyInstance;
let base_url: string;
let seen: PromiseWithResolvers<AbortSignal>;
beforeEach(async () => {
  app = Fastify();
  seen = Promise.withResolvers();
  registerRoute(app, take, async ({ body, signal }) => {
    let size_bytes = 0;
    for await (const chunk of body) size_bytes += chunk.byteLength;
    seen.resolve(signal);
    // Longer than the request itself needs to be over and done with.
    await delay(150);
    return { size_bytes, hung_up: signal.aborted };
  });
  base_url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => app.close());

test('a caller who waits for the answer has not hung up, though the file was read to its end', async () => {
  const body = 'x'.repeat(200_000);
  expect(await createClient({ base_url }).call(take, { body })).toEqual({
    size_bytes: 200_000,
    hung_up: false,
  });
});

test('a caller who leaves is noticed', async () => {
  const leaving = new AbortController();
  const call = fetch(`${base_url}/api/take`, {
    ...{ method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'a;b', signal: leaving.signal },
  });
  const signal = await seen.promise;
  leaving.abort();
  await expect(call).rejects.toThrow();
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  expect(signal.aborted).toBe(true);
});
