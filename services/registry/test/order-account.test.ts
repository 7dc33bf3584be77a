import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EditingWorld, editingWorld } from './editing-world.ts';

const ACCOUNT = { username: 'quantri', password: 'mật khẩu bí mật' };

let world: EditingWorld;
beforeEach(async () => {
  world = await editingWorld();
});
afterEach(() => world.close());

/** A household camera with one item of a request on this ground. */
async function ask(legal_basis: 'lawful_order' | 'criminal_procedure', is_approved = true) {
  const { store } = world;
  const nvr = await world.recorder('NVR-1', 'http://192.168.1.20/onvif');
  const camera = await world.camera('HG-01', nvr.id, { kind: 'household' });
  const person = (await store.people.accountByLogin('tech'))!.account;
  await store.cases.create({
    ...{ id: 'CASE', unit_id: world.ward.id, number: '1', is_provisional: false, title: 'x' },
    ...{ incident_ids: [], opened_at_ms: 1, closed_at_ms: null },
  });
  const state = is_approved ? 'queued' : 'awaiting_decision';
  await store.transaction(async (tx) => {
    await tx.requests.insert(
      {
        ...{
          id: 'R',
          number: 'R-1',
          unit_id: world.ward.id,
          case_id: 'CASE',
          purpose: 'incident',
          reason: 'x',
        },
        ...{ requester_person_id: person.person_id, requester_account_id: person.id, legal_basis },
        ...{ wanted: { start_ms: 1, end_ms: 2 }, legal_reference: 'Lệnh 7', is_urgent: false },
        wants_audio: false,
        ...{ state: is_approved ? 'approved' : 'submitted', submitted_at_ms: 1 },
      },
      [
        {
          ...{ id: 'I', request_id: 'R', camera_id: camera.id, state, reason: null, attempts: 0 },
          ...{ delivered_at_ms: null, updated_at_ms: 1, overwrite_at_ms: null },
        },
      ],
    );
    if (legal_basis === 'lawful_order') {
      await tx.orders.add({ id: 'O', request_id: 'R', reference: 'Lệnh 7', recorded_at_ms: 1 });
    }
  });
  if (is_approved) await store.items.markApproved(['I'], 2);
  return nvr;
}

const enter = (session?: string) => world.call('PUT', '/api/items/I/device-account', ACCOUNT, session);

test('the account of a household’s device is entered for the item of an approved order, and seen by nobody', async () => {
  await ask('lawful_order');
  expect((await enter()).status).toBe(204);
  expect(await world.store.itemCredentials.open('I', world.secrets)).toEqual(ACCOUNT);
  const trail = await world.store.audit.list({ subject_id: 'I' }, { limit: 5, after: null });
  expect(trail.rows).toMatchObject([
    { act: 'item.set_device_account', details: { camera: 'HG-01', request: 'R-1' } },
  ]);
  expect(JSON.stringify([trail, world.log()])).not.toMatch(/bí mật|quantri/);
});

test('no account is entered where the request rests on the owner’s word', async () => {
  await ask('criminal_procedure');
  expect(await enter()).toMatchObject({ status: 409, code: 'ORDER_ACCOUNT_UNNEEDED' });
});

test('nor before a second person decided on the order', async () => {
  await ask('lawful_order', false);
  expect((await enter()).code).toBe('ORDER_ACCOUNT_UNNEEDED');
});

test('nor after the item’s outcome, nor where the recorder has an account', async () => {
  const nvr = await ask('lawful_order');
  await world.store.credentials.set(nvr.id, ACCOUNT, world.secrets, 1);
  expect((await enter()).code).toBe('ORDER_ACCOUNT_UNNEEDED');
  await world.store.credentials.destroy(nvr.id);
  await world.store.items.setState('I', ['queued'], 'no_footage', { reason: null, at_ms: 3 });
  expect((await enter()).code).toBe('ORDER_ACCOUNT_UNNEEDED');
});

test('it is entered by technicians of the camera’s ward', async () => {
  await ask('lawful_order');
  await world.addAccount('officer', [{ role: 'officer', unit_id: world.ward.id }]);
  await world.addAccount('other', [{ role: 'technician', unit_id: world.other_ward.id }]);
  expect((await enter(await world.sessionOf('officer'))).code).toBe('FORBIDDEN');
  expect((await enter(await world.sessionOf('other'))).code).toBe('FORBIDDEN_UNIT');
});
