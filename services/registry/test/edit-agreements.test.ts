import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withdrawAgreement } from '../src/withdraw-agreement.ts';
import { type Answer, type EditingWorld, editingWorld } from './editing-world.ts';

const HOUR_MS = 3_600_000;

let world: EditingWorld;
let camera: Answer;
let now_ms: number;
beforeEach(async () => {
  world = await editingWorld();
  now_ms = world.time.now_ms();
  const nvr = await world.recorder('NVR-1', 'http://192.168.1.20/onvif');
  const { id: owner_id } = await world.owner('Lê Thị Hoa');
  camera = await world.camera('HG-01', nvr.id, { kind: 'household', owner_id });
});
afterEach(() => world.close());

const add = (fields: object = {}) =>
  world.call('POST', `/api/cameras/${camera.id}/agreements`, {
    ...{ mode: 'automatic', purposes: ['incident'] },
    ...fields,
  });
const change = (agreement: Answer, fields: object) =>
  world.call('PATCH', `/api/agreements/${agreement.id}`, { version: agreement.version, ...fields });
const confirm = (agreement: Answer, fields: object = {}) =>
  world.call('POST', `/api/agreements/${agreement.id}/confirm`, { version: agreement.version, ...fields });
const withdraw = async () => {
  const person = (await world.store.people.accountByLogin('tech'))!.account;
  const actor = { account_id: person.id, person_id: person.person_id, appointments: [] };
  const present = (await world.store.cameras.byId(camera.id))!;
  return withdrawAgreement(world)(actor, present, 'Chủ nhà yêu cầu');
};

describe('an agreement', () => {
  test('is recorded with purposes, hours, notice and hosts', async () => {
    const fields = {
      ...{ mode: 'ask_first', purposes: ['incident', 'missing_person'] },
      hours: { from_minute: 1_080, to_minute: 360 },
      notice: { given_at_ms: now_ms - HOUR_MS, how: 'Bảng ở cổng' },
      ...{ power_host: 'Nhà văn hoá', network_host: null, valid_to_ms: now_ms + 365 * HOUR_MS },
    };
    const made = await add(fields);
    expect(made).toMatchObject({ status: 201, ...fields, valid_from_ms: now_ms, confirmed_at_ms: now_ms });
    const { items } = await world.call('GET', `/api/cameras/${camera.id}/agreements`);
    expect(items).toHaveLength(1);
  });

  test('of senseless times is refused', async () => {
    expect((await add({ valid_to_ms: now_ms })).code).toBe('AGREEMENT_TERM_INVALID');
    const notice = { given_at_ms: now_ms + 1, how: 'x' };
    expect((await add({ notice })).code).toBe('AGREEMENT_TERM_INVALID');
    expect((await add({ purposes: [] })).code).toBe('INVALID_INPUT');
  });

  test('gets its notice and hosts corrected in place', async () => {
    const made = await add();
    const changed = await change(made, { network_host: 'Tổ dân phố 3' });
    expect(changed).toMatchObject({ status: 200, id: made.id, network_host: 'Tổ dân phố 3' });
    expect((await change(made, { power_host: 'x' })).code).toBe('EDIT_CONFLICT');
  });

  test('on other terms is another agreement; the one before stays as it was made', async () => {
    const made = await add();
    world.time.advance(HOUR_MS);
    const changed = await change(made, { mode: 'ask_first', power_host: 'Nhà văn hoá' });
    expect(changed).toMatchObject({ status: 200, mode: 'ask_first', valid_from_ms: now_ms + HOUR_MS });
    expect(changed.id).not.toBe(made.id);
    const before = await world.store.agreements.byId(made.id);
    expect(before).toMatchObject({ mode: 'automatic', power_host: null, valid_from_ms: now_ms });
    const { items } = await world.call('GET', `/api/register/agreement/${changed.id}/history`);
    const mode = items[0].fields.find(({ field }: Answer) => field === 'mode');
    expect(mode).toMatchObject({ before: 'automatic', after: 'ask_first' });
  });

  test('says nothing of sound unless the owner did; allowing it later is another word of the owner', async () => {
    const made = await add();
    expect(made.allows_audio).toBe(false);
    world.time.advance(HOUR_MS);
    const changed = await change(made, { allows_audio: true });
    expect(changed).toMatchObject({ allows_audio: true, valid_from_ms: now_ms + HOUR_MS });
    expect(await world.store.agreements.byId(made.id)).toMatchObject({ allows_audio: false });
    const { items } = await world.call('GET', `/api/register/agreement/${changed.id}/history`);
    const sound = items[0].fields.find(({ field }: Answer) => field === 'allows_audio');
    expect(sound).toMatchObject({ name: { vi: 'Được lấy âm thanh' }, before: false, after: true });
  });

  test('is confirmed once a year, not in the future, and not after its end', async () => {
    const made = await add({ valid_to_ms: now_ms + 2 * HOUR_MS });
    world.time.advance(HOUR_MS);
    const confirmed = await confirm(made);
    expect(confirmed).toMatchObject({ status: 200, confirmed_at_ms: now_ms + HOUR_MS });
    const early = await confirm(confirmed, { confirmed_at_ms: now_ms + 9 * HOUR_MS });
    expect(early.code).toBe('AGREEMENT_TERM_INVALID');
    world.time.advance(HOUR_MS);
    expect((await confirm(confirmed)).code).toBe('AGREEMENT_EXPIRED');
  });

  test('after a withdrawal begins later than that, and the camera is reached again only when that is said', async () => {
    await add();
    await withdraw();
    expect((await add({ valid_from_ms: now_ms })).code).toBe('AGREEMENT_WITHDRAWN');
    const reach = async (version: string) =>
      world.call('PATCH', `/api/cameras/${camera.id}`, { version, reach: 'polled' });
    const withdrawn = await world.call('GET', `/api/cameras/${camera.id}/record`);
    expect(withdrawn.reach).toBe('owner_only');
    expect((await reach(withdrawn.version)).code).toBe('CAMERA_WITHOUT_AGREEMENT');
    world.time.advance(1);
    expect((await add()).status).toBe(201);
    expect((await reach(withdrawn.version)).reach).toBe('polled');
  });

  test('withdrawn is neither changed nor confirmed', async () => {
    const made = await add();
    await withdraw();
    const { items } = await world.call('GET', `/api/cameras/${camera.id}/agreements`);
    expect((await change(items[0], { mode: 'ask_first' })).code).toBe('AGREEMENT_WITHDRAWN');
    expect((await change(items[0], { power_host: 'x' })).code).toBe('AGREEMENT_WITHDRAWN');
    expect((await confirm(items[0])).code).toBe('AGREEMENT_WITHDRAWN');
    expect((await confirm(made)).code).toBe('EDIT_CONFLICT');
  });
});

describe('the owner of a camera', () => {
  test('changes with an agreement of the new owner only', async () => {
    await add();
    const { id: owner_id } = await world.owner('Trần Văn Nam');
    const { version } = await world.call('GET', `/api/cameras/${camera.id}/record`);
    const moved = await world.call('PATCH', `/api/cameras/${camera.id}`, { version, owner_id });
    expect(moved.code).toBe('CAMERA_OWNER_FIXED');
    expect((await add({ owner_id })).status).toBe(201);
    expect((await world.store.cameras.byId(camera.id))?.owner_id).toBe(owner_id);
  });

  test('keeps the name an agreement was made under, unless it was misspelt', async () => {
    await add();
    const owner = await world.call('GET', `/api/camera-owners/${camera.owner_id}`);
    expect(owner.cameras).toMatchObject([{ code: 'HG-01' }]);
    const patch = (fields: object) =>
      world.call('PATCH', `/api/camera-owners/${owner.id}`, { version: owner.version, ...fields });
    expect((await patch({ name: 'Trần Văn Nam' })).code).toBe('OWNER_NAME_FIXED');
    const corrected = await patch({ name: 'Lê Thị Hoà', is_correction: true, address: 'Ngõ 5' });
    expect(corrected).toMatchObject({ status: 200, name: 'Lê Thị Hoà', address: 'Ngõ 5' });
    expect((await patch({ phone: null })).code).toBe('EDIT_CONFLICT');
  });
});
