import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, type EditingWorld, editingWorld } from './editing-world.ts';

const ADDRESS = 'http://192.168.1.20/onvif/device_service';

let world: EditingWorld;
let nvr: Answer;
beforeEach(async () => {
  world = await editingWorld();
  nvr = await world.recorder('NVR-1', ADDRESS);
});
afterEach(() => world.close());

const change = (camera: Answer, fields: object, session?: string) =>
  world.call('PATCH', `/api/cameras/${camera.id}`, { version: camera.version, ...fields }, session);

describe('a camera', () => {
  test('is registered and read back as it was entered, with a version', async () => {
    const made = await world.camera('CD-01', nvr.id, { mounting: 'pole', source_token: 'ch1', range_m: 40 });
    expect(made).toMatchObject({ status: 201, mounting: 'pole', reach: 'polled', retired_at_ms: null });
    const read = await world.call('GET', `/api/cameras/${made.id}/record`);
    expect({ ...read, status: 201 }).toEqual(made);
  });

  test('is changed field by field; what is left out stays', async () => {
    const made = await world.camera('CD-01', nvr.id, { range_m: 40 });
    const aim_point = { latitude_deg: 19.801, longitude_deg: 105.771 };
    const changed = await change(made, { name: 'Ngã tư', aim_point, field_of_view_deg: 82.5 });
    expect(changed).toMatchObject({ status: 200, name: 'Ngã tư', aim_point, range_m: 40 });
    expect(changed.version).not.toBe(made.version);
    const erased = await change(changed, { aim_point: null });
    expect(erased).toMatchObject({ aim_point: null, field_of_view_deg: 82.5 });
  });

  test('is not overwritten by whoever comes second: they get the present record and lose nothing', async () => {
    const made = await world.camera('CD-01', nvr.id);
    const first = await change(made, { name: 'Của người thứ nhất' });
    const second = await change(made, { range_m: 50 });
    expect(second).toMatchObject({ status: 409, code: 'EDIT_CONFLICT' });
    const { status: _, ...present } = first;
    expect(second.current).toEqual(present);
    expect(second.message.vi).toContain(first.version);
    const again = await change(second.current, { range_m: 50 });
    expect(again).toMatchObject({ status: 200, name: 'Của người thứ nhất', range_m: 50 });
  });

  test('changed by two at the same moment takes one of them', async () => {
    const made = await world.camera('CD-01', nvr.id);
    const answers = await Promise.all(['a', 'b', 'c'].map((name) => change(made, { name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  test('that is saved unchanged leaves no trace', async () => {
    const made = await world.camera('CD-01', nvr.id);
    expect((await change(made, { name: made.name })).version).toBe(made.version);
    const { items } = await world.call('GET', `/api/register/camera/${made.id}/history`);
    expect(items.map(({ act }: Answer) => act)).toEqual(['camera.create']);
  });

  test('of a household never becomes one of the community', async () => {
    const made = await world.camera('HG-01', nvr.id, { kind: 'household' });
    expect((await change(made, { kind: 'community' })).code).toBe('CAMERA_KIND_FIXED');
  });

  test('has a channel of its own', async () => {
    await world.camera('CD-01', nvr.id, { source_token: 'ch1' });
    expect((await world.camera('CD-02', nvr.id, { source_token: 'ch1' })).code).toBe('SOURCE_TAKEN');
    const other = await world.camera('CD-02', nvr.id, { source_token: 'ch2' });
    expect((await change(other, { source_token: 'ch1' })).code).toBe('SOURCE_TAKEN');
  });

  test('of the community does not hang on a household’s recorder', async () => {
    await world.camera('HG-01', nvr.id, { kind: 'household', source_token: 'ch1' });
    expect((await world.camera('CD-01', nvr.id, { source_token: 'ch2' })).code).toBe('RECORDER_OF_HOUSEHOLD');
  });

  test('cannot take a household’s device under another recorder, however its address is written', async () => {
    const { id: owner_id } = await world.owner('Lê Thị Hoa');
    await world.camera('HG-01', nvr.id, { kind: 'household', owner_id });
    const written = ['http://192.168.1.20:80/x', 'https://192.168.1.20/', 'HTTP://192.168.1.20/khac?x=1'];
    for (const [n, address] of written.entries()) {
      const second = await world.recorder(`NVR-${n}-B`, address);
      const refused = await world.camera(`CD-${n}`, second.id);
      expect(refused).toMatchObject({ status: 409, code: 'DEVICE_REGISTERED' });
      expect(refused.message.vi).toContain('NVR-1');
      const { id: other_id } = await world.owner('Người khác');
      const other = { kind: 'household', owner_id: other_id };
      expect((await world.camera(`HG-${n}`, second.id, other)).code).toBe('DEVICE_REGISTERED');
    }
    const elsewhere = await world.recorder('NVR-C', 'http://192.168.1.20:8080/onvif');
    expect((await world.camera('CD-9', elsewhere.id)).status).toBe(201);
  });

  test('may move to the recorder of its own ward only, and only where it can be reached', async () => {
    const made = await world.camera('CD-01', nvr.id);
    const bare = await world.recorder('NVR-2', null);
    expect((await change(made, { recorder_id: bare.id })).code).toBe('CAMERA_WITHOUT_ADDRESS');
    const moved = await change(made, { recorder_id: bare.id, reach: 'owner_only' });
    expect(moved).toMatchObject({ status: 200, recorder_id: bare.id });
    expect((await change(moved, { recorder_id: 'NONE' })).code).toBe('NOT_FOUND');
    expect((await change(moved, { unit_id: world.other_ward.id })).code).toBe('FORBIDDEN_UNIT');
    expect((await change(moved, { site_id: 'NONE' })).code).toBe('UNKNOWN_SITE');
  });

  test('is changed by technicians of its ward only', async () => {
    const made = await world.camera('CD-01', nvr.id);
    await world.addAccount('officer', [{ role: 'officer', unit_id: world.ward.id }]);
    await world.addAccount('other', [{ role: 'technician', unit_id: world.other_ward.id }]);
    expect((await change(made, { name: 'x' }, await world.sessionOf('officer'))).code).toBe('FORBIDDEN');
    expect((await change(made, { name: 'x' }, await world.sessionOf('other'))).code).toBe('FORBIDDEN_UNIT');
  });
});

describe('retiring a camera', () => {
  const retire = (camera: Answer) =>
    world.call('POST', `/api/cameras/${camera.id}/retire`, { version: camera.version, reason: 'Đã tháo' });

  test('is final, frees its channel, and takes the account of a recorder that has no other', async () => {
    const made = await world.camera('CD-01', nvr.id);
    await world.store.credentials.set(nvr.id, { username: 'a', password: 'b' }, world.secrets, 1);
    const retired = await retire(made);
    expect(retired).toMatchObject({ status: 200, credentials_destroyed: true });
    expect(retired.camera.retired_at_ms).toBe(world.time.now_ms());
    expect((await retire(retired.camera)).code).toBe('CAMERA_RETIRED');
    expect((await change(retired.camera, { name: 'x' })).code).toBe('CAMERA_RETIRED');
    expect((await world.camera('CD-02', nvr.id)).status).toBe(201);
  });

  test('leaves the account where another camera is a ground for it', async () => {
    const made = await world.camera('CD-01', nvr.id, { source_token: 'ch1' });
    await world.camera('CD-02', nvr.id, { source_token: 'ch2' });
    await world.store.credentials.set(nvr.id, { username: 'a', password: 'b' }, world.secrets, 1);
    expect(await retire(made)).toMatchObject({ credentials_destroyed: false });
    expect(await world.store.credentials.has(nvr.id)).toBe(true);
  });

  test('waits for what was asked for', async () => {
    const made = await world.camera('CD-01', nvr.id);
    const { store } = world;
    const person = (await store.people.accountByLogin('tech'))!.account;
    await store.cases.create({
      ...{ id: 'CASE', unit_id: world.ward.id, number: '1', is_provisional: false, title: 'x' },
      ...{ incident_ids: [], opened_at_ms: 1, closed_at_ms: null },
    });
    await store.transaction((tx) =>
      tx.requests.insert(
        {
          ...{
            id: 'R',
            number: 'R-1',
            unit_id: world.ward.id,
            case_id: 'CASE',
            purpose: 'incident',
            reason: 'x',
          },
          ...{ requester_person_id: person.person_id, requester_account_id: person.id },
          ...{ wanted: { start_ms: 1, end_ms: 2 }, legal_basis: 'criminal_procedure', legal_reference: null },
          ...{ is_urgent: false, wants_audio: false, state: 'approved', submitted_at_ms: 1 },
        },
        [
          {
            ...{ id: 'I', request_id: 'R', camera_id: made.id, state: 'queued', reason: null, attempts: 0 },
            ...{ delivered_at_ms: null, updated_at_ms: 1, overwrite_at_ms: null },
          },
        ],
      ),
    );
    expect(await retire(made)).toMatchObject({ status: 409, code: 'CAMERA_HAS_OPEN_ITEMS' });
    await store.items.setState('I', ['queued'], 'no_footage', { reason: null, at_ms: 2 });
    expect((await retire(made)).status).toBe(200);
  });
});
