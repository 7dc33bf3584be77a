import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOwnersWorld, type OwnersWorld } from './world.ts';

let world: OwnersWorld;
beforeEach(async () => {
  world = await createOwnersWorld();
  const recorder = (await world.store.recorders.byId('RECORDER'))!;
  await world.store.clocks.create({ id: 'CLOCK-2', name: 'Đầu ghi', kind: 'recorder' });
  const unit_id = world.other_ward.id;
  await world.store.recorders.create({ ...recorder, id: 'R-2', code: 'R-2', unit_id, clock_id: 'CLOCK-2' });
  const tied = { id: 'C-2', code: 'HG-DS-01', unit_id, recorder_id: 'R-2' };
  await world.store.cameras.create({ ...world.camera, ...tied });
});
afterEach(() => world.close());

/** The owner has a second camera, in another ward. */
describe('for an owner with cameras in two wards a technician of one', () => {
  test('makes no link to the page that shows both', async () => {
    const make = (kind: string) =>
      world.post('/api/cameras/CAMERA/owner-links', { kind, by_hand: true }, world.technician);
    expect((await make('owner_page')).json().code).toBe('FORBIDDEN_UNIT');
    await world.agree();
    expect((await make('confirm_agreement')).statusCode).toBe(201);
  });

  test('does not turn the owner’s letters elsewhere', async () => {
    const answer = await world.send({
      ...{ method: 'PUT', url: '/api/cameras/CAMERA/owner-email', session: world.technician },
      payload: { email: 'khac@example.vn' },
    });
    expect(answer.json().code).toBe('FORBIDDEN_UNIT');
    expect(await world.store.ownerLinks.emailOf('OWNER')).toBeNull();
  });

  test('ties nobody’s registration to the owner', async () => {
    const { ward, store, time } = world;
    const none = {
      allows_audio: false,
      email: null,
      address: null,
      maker: null,
      hours: null,
      decided_at_ms: null,
    };
    await store.registrations.add(
      {
        ...{ ...none, id: 'REG', state: 'waiting', submitted_at_ms: time.now_ms(), unit_id: ward.id },
        ...{ name: 'Ai đó', phone: '0900', position: world.camera.position, looks_at: 'Ngõ' },
        ...{ mode: 'automatic', purposes: ['incident'], decided_by_person_id: null },
        ...{ decline_reason: null, camera_id: null },
      },
      'identity',
    );
    const body = { camera_code: 'HG-90', network_code: 'LAN', owner_id: 'OWNER' };
    const answer = await world.post('/api/registrations/REG/confirm', body, world.technician);
    expect(answer.json().code).toBe('FORBIDDEN_UNIT');
    expect(await store.cameras.byCode('HG-90')).toBeNull();
  });
});
