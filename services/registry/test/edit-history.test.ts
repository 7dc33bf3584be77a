import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, type EditingWorld, editingWorld } from './editing-world.ts';

let world: EditingWorld;
beforeEach(async () => {
  world = await editingWorld();
});
afterEach(() => world.close());

const history = (kind: string, id: string, session?: string) =>
  world.call('GET', `/api/register/${kind}/${id}/history`, undefined, session);

describe('the history of the register', () => {
  test('says who changed what and when, with what it was before, in both languages', async () => {
    const nvr = await world.recorder('NVR-1', 'http://192.168.1.20/onvif');
    const made = await world.camera('CD-01', nvr.id);
    world.time.advance(60_000);
    const aim_point = { latitude_deg: 19.9, longitude_deg: 105.8 };
    const fields = { version: made.version, name: 'Ngã tư Đông Vệ', aim_point };
    await world.call('PATCH', `/api/cameras/${made.id}`, fields);
    const { items } = await history('camera', made.id);
    expect(items[0]).toMatchObject({
      at_ms: world.time.now_ms(),
      act: 'camera.update',
      person: { full_name: expect.any(String) },
      fields: [
        { field: 'aim_point', name: { vi: 'Điểm ngắm', en: 'Aim point' }, before: null, after: aim_point },
        { field: 'name', before: 'Camera CD-01', after: 'Ngã tư Đông Vệ' },
      ],
    });
    expect(items[1].act).toBe('camera.create');
    const events = await world.store.audit.list({ subject_id: made.id }, { limit: 5, after: null });
    expect(events.rows.map(({ act }) => act)).toEqual(['camera.update', 'camera.create']);
    expect(events.rows[0]!.details).toEqual({ code: 'CD-01', changes: ['name', 'aim_point'] });
  });

  test('tells that an account was set and never what it is', async () => {
    const nvr = await world.recorder('NVR-1', 'http://192.168.1.20/onvif');
    await world.camera('CD-01', nvr.id);
    const credentials = { username: 'quantri', password: 'mật khẩu bí mật' };
    const address = { version: nvr.version, device_url: 'http://192.168.1.21/onvif', credentials };
    await world.call('PATCH', `/api/recorders/${nvr.id}`, address);
    const answer = await history('recorder', nvr.id);
    const set = answer.items.find(({ act }: Answer) => act === 'recorder.set_credentials');
    expect(set).toMatchObject({ person: { full_name: expect.any(String) }, fields: [] });
    const trail = await world.store.audit.list({}, { limit: 100, after: null });
    expect(JSON.stringify([answer, trail, world.log()])).not.toMatch(/bí mật|quantri/);
  });

  test('is paged, and read by technicians and auditors of the unit', async () => {
    const nvr = await world.recorder('NVR-1', null);
    let record = nvr;
    for (const name of ['a', 'b', 'c']) {
      record = await world.call('PATCH', `/api/recorders/${nvr.id}`, { version: record.version, name });
      world.time.advance(1);
    }
    const first = await world.call('GET', `/api/register/recorder/${nvr.id}/history?limit=3`);
    expect(first.items).toHaveLength(3);
    const rest = await world.call(
      'GET',
      `/api/register/recorder/${nvr.id}/history?limit=3&cursor=${encodeURIComponent(first.next_cursor)}`,
    );
    expect([rest.items.length, rest.next_cursor]).toEqual([1, null]);
    await world.addAccount('auditor', [{ role: 'auditor', unit_id: world.province.id }]);
    await world.addAccount('officer', [{ role: 'officer', unit_id: world.ward.id }]);
    await world.addAccount('other', [{ role: 'technician', unit_id: world.other_ward.id }]);
    expect((await history('recorder', nvr.id, await world.sessionOf('auditor'))).items).toHaveLength(4);
    expect((await history('recorder', nvr.id, await world.sessionOf('officer'))).code).toBe('FORBIDDEN');
    expect((await history('recorder', nvr.id, await world.sessionOf('other'))).code).toBe('FORBIDDEN_UNIT');
    expect((await history('recorder', 'NONE')).code).toBe('NOT_FOUND');
    expect((await history('password', nvr.id)).code).toBe('INVALID_INPUT');
  });
});

describe('schemes and sites', () => {
  test('end, are taken up again, and move within their unit', async () => {
    const { store } = world;
    const unit_id = world.ward.id;
    const base = { name: 'x', launched_at_ms: 1, status: 'active', ended_at_ms: null } as const;
    await store.schemes.create({ ...base, id: 'S1', unit_id, code: 'S1' });
    await store.schemes.create({ ...base, id: 'S2', unit_id, code: 'S2' });
    await store.schemes.create({ ...base, id: 'S3', unit_id: world.other_ward.id, code: 'S3' });
    await store.sites.create({ id: 'D1', scheme_id: 'S1', code: 'D1', name: 'Ngã tư' });
    const patch = async (what: 'schemes' | 'sites', id: string, fields: object) => {
      const { version } = await world.call('GET', `/api/${what}/${id}`);
      return world.call('PATCH', `/api/${what}/${id}`, { version, ...fields });
    };
    const now_ms = world.time.now_ms();
    const future = { status: 'ended', ended_at_ms: now_ms + 1 };
    expect((await patch('schemes', 'S1', future)).code).toBe('SCHEME_END_INVALID');
    const ended = await patch('schemes', 'S1', { status: 'ended' });
    expect(ended).toMatchObject({ status: 'ended', ended_at_ms: now_ms });
    const again = await patch('schemes', 'S1', { status: 'active' });
    expect(again).toMatchObject({ status: 'active', ended_at_ms: null });
    expect((await patch('sites', 'D1', { scheme_id: 'S3' })).code).toBe('SITE_OF_OTHER_UNIT');
    expect(await patch('sites', 'D1', { scheme_id: 'S2', name: 'Cổng chợ' })).toMatchObject({
      scheme_id: 'S2',
    });
    const { items } = await history('scheme', 'S1');
    expect(items).toHaveLength(2);
    expect((await history('site', 'D1')).items[0].fields).toMatchObject([
      { field: 'name', name: { vi: 'Tên' } },
      { field: 'scheme_id', before: 'S1', after: 'S2' },
    ]);
  });
});
