import type { ArchiveStore } from '@minhchung/domain';
import type { OwnerTokens } from '@minhchung/registry';
import type { SecretBox } from '@minhchung/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serviceRoutes } from '../src/composition/service-routes.ts';
import { createWorld, type World } from './world.ts';

interface Operation {
  readonly summary?: string;
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly responses?: Readonly<Record<string, unknown>>;
}

let world: World;
let document: { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
beforeAll(async () => {
  // Mounting routes touches neither archive nor keys.
  const areas = serviceRoutes({
    archive: {} as ArchiveStore,
    secrets: {} as SecretBox,
    tokens: {} as OwnerTokens,
    hostClock: async () => ({ synchronised: true, bound_ms: 0 }),
  });
  world = await createWorld({ areas });
  document = (await world.send({ method: 'GET', url: '/docs/json' })).json();
});
afterAll(() => world.close());

test('the API changes only when its snapshot changes with it', async () => {
  await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot('openapi.snap.json');
});

test('every operation says what it does, where it belongs, and how errors look', () => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  expect(operations.length).toBeGreaterThan(10);
  for (const operation of operations) {
    expect(operation).toMatchObject({ summary: expect.any(String), tags: [expect.any(String)] });
    expect(Object.keys(operation.responses ?? {})).toContain('default');
  }
  const ids = operations.map((operation) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
});
