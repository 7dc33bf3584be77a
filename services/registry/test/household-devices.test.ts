import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, type EditingWorld, editingWorld } from './editing-world.ts';

const ADDRESS = 'http://192.168.1.20/onvif/device_service';

let world: EditingWorld;
let nvr: Answer;
let household: Answer;
beforeEach(async () => {
  world = await editingWorld();
  nvr = await world.recorder('NVR-1', ADDRESS);
  household = await world.camera('HG-01', nvr.id, { kind: 'household', source_token: 'ch1' });
});
afterEach(() => world.close());

const retire = ({ id, version }: Answer) =>
  world.call('POST', `/api/cameras/${id}/retire`, { version, reason: 'Đã tháo' });
const release = (recorder: Answer, session?: string) =>
  world.call('POST', `/api/recorders/${recorder.id}/release-device`, { reason: 'Phường tiếp quản' }, session);

describe('a household’s device does not become the ward’s', () => {
  test('by retiring the camera and registering the recorder’s channel anew', async () => {
    expect((await retire(household)).status).toBe(200);
    const refused = await world.camera('CD-01', nvr.id, { source_token: 'ch1' });
    expect(refused).toMatchObject({ status: 409, code: 'DEVICE_OF_HOUSEHOLD' });
    expect(refused.message.vi).toContain('HG-01');
    expect((await world.camera('CD-02', nvr.id, { source_token: 'ch2' })).code).toBe('DEVICE_OF_HOUSEHOLD');
  });

  test('by retiring the camera and registering the address under another recorder', async () => {
    await retire(household);
    const second = await world.recorder('NVR-2', 'https://192.168.1.20/khac');
    expect((await world.camera('CD-01', second.id)).code).toBe('DEVICE_OF_HOUSEHOLD');
  });

  test('by moving the camera to a recorder on paper', async () => {
    const paper = await world.recorder('GIAY', null);
    const { id, version } = household;
    const moved = { version, recorder_id: paper.id, reach: 'owner_only' };
    expect((await world.call('PATCH', `/api/cameras/${id}`, moved)).status).toBe(200);
    expect((await world.camera('CD-01', nvr.id, { source_token: 'ch1' })).code).toBe('DEVICE_OF_HOUSEHOLD');
  });

  test('by writing another address into its recorder', async () => {
    const elsewhere = { version: nvr.version, device_url: 'http://192.168.1.99/' };
    expect((await world.call('PATCH', `/api/recorders/${nvr.id}`, elsewhere)).status).toBe(200);
    const second = await world.recorder('NVR-2', ADDRESS);
    expect((await world.camera('CD-01', second.id)).code).toBe('DEVICE_OF_HOUSEHOLD');
  });

  test('by bringing the ward’s own recorder to its address', async () => {
    await retire(household);
    const own = await world.recorder('NVR-2', 'http://192.168.1.50/');
    await world.camera('CD-01', own.id);
    const taken = { version: own.version, device_url: ADDRESS };
    expect((await world.call('PATCH', `/api/recorders/${own.id}`, taken)).code).toBe('DEVICE_OF_HOUSEHOLD');
  });

  test('where the ward shares it: its channels are the ward’s, the household’s channel is not', async () => {
    const shared = await world.recorder('NVR-3', 'http://192.168.1.30/');
    await world.camera('CD-31', shared.id, { source_token: 'ch1' });
    const theirs = await world.camera('HG-32', shared.id, { kind: 'household', source_token: 'ch2' });
    await retire(theirs);
    expect((await world.camera('CD-32', shared.id, { source_token: 'ch2' })).code).toBe(
      'DEVICE_OF_HOUSEHOLD',
    );
    expect((await world.camera('CD-33', shared.id)).code).toBe('DEVICE_OF_HOUSEHOLD');
    expect((await world.camera('CD-33', shared.id, { source_token: 'ch3' })).status).toBe(201);
  });
});

describe('letting go of a household’s device', () => {
  beforeEach(async () => {
    await world.addAccount('chief', [{ role: 'administrator', unit_id: world.ward.id }]);
    await world.addAccount('stranger', [{ role: 'administrator', unit_id: world.other_ward.id }]);
  });

  test('is an administrator’s act, of that ward, with a reason in the trail', async () => {
    await retire(household);
    expect((await release(nvr)).code).toBe('FORBIDDEN');
    expect((await release(nvr, await world.sessionOf('stranger'))).code).toBe('FORBIDDEN_UNIT');
    const done = await release(nvr, await world.sessionOf('chief'));
    expect(done).toMatchObject({ status: 200, cameras: ['HG-01'] });
    const { rows } = await world.store.audit.list(
      { act: 'recorder.release_device' },
      { limit: 5, after: null },
    );
    expect(rows.find(({ outcome }) => outcome === 'ok')?.details).toMatchObject({
      ...{ code: 'NVR-1', cameras: ['HG-01'], reason: 'Phường tiếp quản' },
    });
    expect((await world.camera('CD-01', nvr.id, { source_token: 'ch1' })).status).toBe(201);
  });

  test('takes two people: nobody who also registers cameras, under whatever account', async () => {
    await retire(household);
    const chief = await world.store.people.personByBadge('B-chief');
    const login = 'chief-as-technician';
    const account = { id: login, login, status: 'active', created_at_ms: 0, person_id: chief!.id } as const;
    await world.store.people.createAccount(account, '-', [
      { role: 'technician', unit_id: world.other_ward.id },
    ]);
    expect((await release(nvr, await world.sessionOf('chief'))).code).toBe('RELEASE_BY_TECHNICIAN');
    await world.store.people.closeAccount(login, 1);
    expect((await release(nvr, await world.sessionOf('chief'))).status).toBe(200);
  });

  test('does not touch what a camera in use holds', async () => {
    const refused = await release(nvr, await world.sessionOf('chief'));
    expect(refused).toMatchObject({ status: 409, code: 'NOTHING_TO_RELEASE' });
    await retire(household);
    expect((await world.camera('CD-01', nvr.id, { source_token: 'ch1' })).code).toBe('DEVICE_OF_HOUSEHOLD');
  });
});
