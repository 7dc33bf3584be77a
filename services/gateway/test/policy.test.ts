import { route } from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import type { Appointment } from '@minhchung/domain';
import { Type } from 'typebox';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorld, trailOf, type World } from './world.ts';

const scope = route({
  method: 'GET',
  path: '/api/scope',
  tag: 'test',
  access: 'signed_in',
  summary: 'Units in which the caller may read cases',
  response: { 200: Type.Array(Type.String()) },
});
const manage = route({
  method: 'GET',
  path: '/api/manage',
  tag: 'test',
  access: 'signed_in',
  summary: 'Something of one unit',
  query: Type.Object({ unit_id: Type.String() }),
  response: { 200: Type.Object({}) },
});

let world: World;
beforeEach(async () => {
  world = await createWorld({
    areas: (deps) => [
      async (app) => {
        registerRoute(app, scope, ({ request }) => deps.unitScope(request, 'case.read'));
        registerRoute(app, manage, async ({ request, query }) => {
          await deps.authorize(request, 'camera.manage', {
            unit_id: query.unit_id,
            subject_kind: 'camera',
            subject_id: 'C1',
          });
          return {};
        });
      },
    ],
  });
});
afterEach(() => world.close());

async function as(appointments: readonly Appointment[], url: string) {
  await world.addAccount('someone', appointments);
  return world.send({ method: 'GET', url, session: await world.sessionOf('someone') });
}

test('without a session nothing but public routes answers', async () => {
  const response = await world.send({ method: 'GET', url: '/api/scope' });
  expect([response.statusCode, response.json().code]).toEqual([401, 'NOT_SIGNED_IN']);
});

test('a role at a province covers its wards', async () => {
  const response = await as(
    [{ role: 'technician', unit_id: world.province.id }],
    `/api/manage?unit_id=${world.ward.id}`,
  );
  expect(response.statusCode).toBe(200);
});

test('a role at one ward is refused at another, with the reason in both languages', async () => {
  const response = await as(
    [{ role: 'technician', unit_id: world.ward.id }],
    `/api/manage?unit_id=${world.other_ward.id}`,
  );
  expect([response.statusCode, response.json().code]).toEqual([403, 'FORBIDDEN_UNIT']);
  expect(response.json().message.vi).toContain('không phải ở đơn vị');
});

test('a refusal is in the trail: who wanted what, to what, and why not', async () => {
  await as([{ role: 'auditor', unit_id: world.ward.id }], `/api/manage?unit_id=${world.ward.id}`);
  const account = await world.store.people.accountByLogin('someone');
  expect((await trailOf(world.store))[0]).toMatchObject({
    act: 'camera.manage',
    outcome: 'denied',
    account_id: account!.account.id,
    unit_id: world.ward.id,
    subject_kind: 'camera',
    subject_id: 'C1',
    details: { code: 'FORBIDDEN' },
  });
});

test('a list shows the units of the role and all below, each once', async () => {
  const response = await as(
    [
      { role: 'officer', unit_id: world.province.id },
      { role: 'auditor', unit_id: world.ward.id },
      { role: 'technician', unit_id: world.other_ward.id },
    ],
    '/api/scope',
  );
  expect(response.json().sort()).toEqual([world.province.id, world.ward.id, world.other_ward.id].sort());
});
