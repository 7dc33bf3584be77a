import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, type EditingWorld, editingWorld } from './editing-world.ts';

let world: EditingWorld;
let theirs: Answer;
let nvr: Answer;
beforeEach(async () => {
  world = await editingWorld();
  nvr = await world.recorder('NVR-1', null);
  await world.addAccount('other', [{ role: 'technician', unit_id: world.other_ward.id }]);
  theirs = await world.owner('Chủ ở phường khác');
  const created_at_ms = world.time.now_ms();
  await world.store.clocks.create({ id: 'CL-2', name: 'R2', kind: 'recorder' });
  await world.store.recorders.create({
    ...{ id: 'R-2', code: 'R-2', name: 'R2', unit_id: world.other_ward.id, network_id: 'LAN', kind: 'onvif' },
    ...{ device_url: null, folder: null, clock_id: 'CL-2', created_at_ms },
  });
  await world.store.cameras.create({
    ...{ id: 'C-2', code: 'HG-DS-01', name: 'Nhà', unit_id: world.other_ward.id, site_id: null },
    ...{ kind: 'household', owner_id: theirs.id, position: { latitude_deg: 19.8, longitude_deg: 105.7 } },
    ...{ aim_point: null, field_of_view_deg: null, range_m: null, mounting: null, reach: 'owner_only' },
    ...{ recorder_id: 'R-2', source_token: null, created_at_ms, retired_at_ms: null },
  });
});
afterEach(() => world.close());

const HOUSEHOLD = { kind: 'household', reach: 'owner_only' };

describe('an owner of another ward is not tied to a camera of this one, whose technicians would then hold the owner’s links', () => {
  test('by registering a camera', async () => {
    const refused = await world.camera('HG-01', nvr.id, { ...HOUSEHOLD, owner_id: theirs.id });
    expect(refused).toMatchObject({ status: 403, code: 'FORBIDDEN_UNIT' });
  });

  test('by changing one', async () => {
    const own = await world.camera('HG-01', nvr.id, HOUSEHOLD);
    const change = { version: own.version, owner_id: theirs.id };
    expect((await world.call('PATCH', `/api/cameras/${own.id}`, change)).code).toBe('FORBIDDEN_UNIT');
  });

  test('by an agreement', async () => {
    const own = await world.camera('HG-01', nvr.id, HOUSEHOLD);
    const input = { mode: 'automatic', purposes: ['incident'], owner_id: theirs.id };
    const refused = await world.call('POST', `/api/cameras/${own.id}/agreements`, input);
    expect(refused.code).toBe('FORBIDDEN_UNIT');
    const { id: owner_id } = await world.owner('Chủ của phường này');
    const agreed = { ...input, owner_id };
    expect((await world.call('POST', `/api/cameras/${own.id}/agreements`, agreed)).status).toBe(201);
  });

  test('but one with a camera in both is, by whoever serves both', async () => {
    const units = [world.ward.id, world.other_ward.id];
    await world.addAccount(
      'both',
      units.map((unit_id) => ({ role: 'technician', unit_id }) as const),
    );
    const own = await world.camera('HG-01', nvr.id, HOUSEHOLD);
    const change = { version: own.version, owner_id: theirs.id };
    const both = await world.sessionOf('both');
    expect((await world.call('PATCH', `/api/cameras/${own.id}`, change, both)).status).toBe(200);
  });
});

test('an owner’s history is read where the owner has a camera, not elsewhere', async () => {
  const history = `/api/register/owner/${theirs.id}/history`;
  expect((await world.call('GET', history)).code).toBe('FORBIDDEN_UNIT');
  expect((await world.call('GET', history, undefined, await world.sessionOf('other'))).status).toBe(200);
});
