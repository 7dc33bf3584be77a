import { randomBytes } from 'node:crypto';
import { secretBox } from '@minhchung/store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWorld, type World } from '../../gateway/test/world.ts';
import { registryRoutes } from '../src/index.ts';
import { GOOD_ROW, type Row, register } from './register.ts';

const secrets = secretBox(randomBytes(32));

let world: World;
let technician: string;
let officer: string;
beforeEach(async () => {
  world = await createWorld({ areas: (deps) => [registryRoutes({ ...deps, secrets })] });
  await world.addAccount('tech', [{ role: 'technician', unit_id: world.ward.id }]);
  await world.addAccount('officer', [{ role: 'officer', unit_id: world.other_ward.id }]);
  technician = await world.sessionOf('tech');
  officer = await world.sessionOf('officer');
  await post('/api/networks', { code: 'LAN', name: 'Mạng camera phường' });
});
afterEach(() => world.close());

const post = async (url: string, payload: object, session = technician) =>
  world.send({ method: 'POST', url, payload, session });

const get = async (url: string, session = technician) =>
  (await world.send({ method: 'GET', url, session })).json();

const importRows = async (rows: readonly Row[], session = technician, mode = 'apply') =>
  world.send({
    method: 'POST',
    url: `/api/cameras/import?mode=${mode}`,
    payload: register(rows),
    headers: { 'content-type': 'text/csv; charset=utf-8' },
    session,
  });

describe('the import route', () => {
  test('takes a CSV as it comes and answers with the report', async () => {
    const response = await importRows([GOOD_ROW, { ...GOOD_ROW, camera_code: 'B', unit_code: 'DS' }]);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({
      created: 1,
      rejected: 1,
      rows: [
        { line: 2, outcome: 'created' },
        { line: 3, problems: [{ column: 'unit_code', value: 'DS', code: 'FORBIDDEN_UNIT' }] },
      ],
    });
  });

  test('is for technicians', async () => {
    expect((await importRows([GOOD_ROW], officer)).json().code).toBe('FORBIDDEN');
  });

  test('answers a file that is no register with its code, and one that is too large', async () => {
    const send = (payload: string) =>
      world.send({
        method: 'POST',
        url: '/api/cameras/import?mode=preview',
        payload,
        headers: { 'content-type': 'text/csv' },
        session: technician,
      });
    expect((await send('\n\n')).json().code).toBe('CSV_EMPTY');
    const large = await send('x'.repeat(20_000_001));
    expect([large.statusCode, large.json().code]).toEqual([413, 'BODY_TOO_LARGE']);
  });
});

describe('cameras', () => {
  beforeEach(async () => {
    await importRows([
      GOOD_ROW,
      {
        ...GOOD_ROW,
        camera_code: 'CD-01',
        device_url: 'http://192.168.1.21/onvif/device_service',
        camera_name: 'Ngã tư Đông Vệ',
        kind: 'cộng đồng',
        owner_name: '',
        owner_phone: '',
      },
    ]);
  });

  test('are found without diacritics, by kind and by state, in one’s own units', async () => {
    const codes = async (query: string, session?: string) =>
      (await get(`/api/cameras?${query}`, session)).items.map((camera: { code: string }) => camera.code);
    expect(await codes('text=dong%20ve')).toEqual(['CD-01']);
    expect(await codes('kind=household')).toEqual(['HG-01']);
    expect(await codes('state=unknown')).toEqual(['CD-01', 'HG-01']);
    expect(await codes('state=online')).toEqual([]);
    expect(await codes('', officer)).toEqual([]);
    expect(await codes(`unit_id=${world.other_ward.id}`)).toEqual([]);
  });

  test('are listed page by page', async () => {
    const first = await get('/api/cameras?limit=1');
    expect(first.items).toHaveLength(1);
    const second = await get(`/api/cameras?limit=1&cursor=${encodeURIComponent(first.next_cursor)}`);
    expect([second.items[0].code, second.next_cursor]).toEqual(['HG-01', null]);
  });

  test('are shown with state, clock, what is held and agreement, never with a password', async () => {
    const camera = (await world.store.cameras.byCode('HG-01'))!;
    await world.store.observations.record(camera.id, 'online', 'ok', world.time.now_ms());
    const details = await get(`/api/cameras/${camera.id}`);
    expect(details).toMatchObject({
      camera: { code: 'HG-01', observation: { state: 'online' } },
      recorder: { kind: 'onvif', network_code: 'LAN', has_credentials: true },
      owner: { name: 'Lê Thị Hoa' },
      clock: { offset: null },
      coverage: null,
      agreement: { mode: 'automatic', withdrawn_at_ms: null },
    });
    expect(JSON.stringify(details)).not.toMatch(/bí mật|password|admin/);
    expect((await get(`/api/cameras/${camera.id}/observations`)).items).toMatchObject([{ state: 'online' }]);
    expect((await get(`/api/cameras/${camera.id}`, officer)).code).toBe('FORBIDDEN_UNIT');
    expect((await get('/api/cameras/NONE')).code).toBe('UNKNOWN_CAMERA');
  });

  test('lose their credentials when the owner withdraws, once', async () => {
    const camera = (await world.store.cameras.byCode('HG-01'))!;
    const withdraw = () =>
      post(`/api/cameras/${camera.id}/agreement/withdraw`, { reason: 'Chủ nhà yêu cầu' });
    expect((await withdraw()).json()).toMatchObject({ credentials_destroyed: true });
    expect(await world.store.credentials.has(camera.recorder_id)).toBe(false);
    expect((await withdraw()).json().code).toBe('AGREEMENT_WITHDRAWN');
  });

  test('are free of every agreement when the owner withdraws, also of those made before the last', async () => {
    const camera = (await world.store.cameras.byCode('HG-01'))!;
    const now_ms = world.time.now_ms();
    const [first] = await world.store.agreements.ofCamera(camera.id);
    const later = { id: 'LATER', mode: 'ask_first', valid_from_ms: first!.valid_from_ms + 1 } as const;
    await world.store.agreements.create({ ...first!, ...later });
    const answer = await post(`/api/cameras/${camera.id}/agreement/withdraw`, { reason: 'Chủ nhà yêu cầu' });
    expect(answer.json()).toMatchObject({ agreement: { id: 'LATER' }, credentials_destroyed: true });
    const agreements = await world.store.agreements.ofCamera(camera.id);
    expect(agreements.map(({ withdrawn_at_ms }) => withdrawn_at_ms)).toEqual([now_ms, now_ms]);
    expect(await world.store.credentials.has(camera.recorder_id)).toBe(false);
  });

  test('of a household take no account back after the withdrawal, until the owner agrees anew', async () => {
    const camera = (await world.store.cameras.byCode('HG-01'))!;
    const set = () =>
      world.send({
        method: 'PUT',
        url: `/api/recorders/${camera.recorder_id}/credentials`,
        payload: { username: 'admin', password: 'bí mật mới' },
        session: technician,
      });
    await post(`/api/cameras/${camera.id}/agreement/withdraw`, { reason: 'Chủ nhà yêu cầu' });
    const refused = await set();
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'CREDENTIALS_WITHOUT_AGREEMENT']);
    expect(await world.store.credentials.has(camera.recorder_id)).toBe(false);
    const valid_from_ms = world.time.now_ms();
    const [before] = await world.store.agreements.ofCamera(camera.id);
    const anew = { id: 'ANEW', valid_from_ms, withdrawn_at_ms: null };
    await world.store.agreements.create({ ...before!, ...anew });
    expect((await set()).statusCode).toBe(204);
  });

  test('of the community take an account without any agreement', async () => {
    const bare = { agreement_mode: '', agreement_valid_from: '', agreement_valid_to: '' };
    await importRows([
      {
        ...GOOD_ROW,
        ...bare,
        device_url: 'http://192.168.1.22/onvif/device_service',
        camera_code: 'CD-02',
        kind: 'cộng đồng',
        username: '',
        password: '',
      },
    ]);
    const { recorder_id } = (await world.store.cameras.byCode('CD-02'))!;
    const response = await world.send({
      method: 'PUT',
      url: `/api/recorders/${recorder_id}/credentials`,
      payload: { username: 'admin', password: 'bí mật mới' },
      session: technician,
    });
    expect(response.statusCode).toBe(204);
  });

  test('take a new account of their recorder, which nobody can read back or find in the trail', async () => {
    const { recorder_id } = (await world.store.cameras.byCode('HG-01'))!;
    const response = await world.send({
      method: 'PUT',
      url: `/api/recorders/${recorder_id}/credentials`,
      payload: { username: 'admin', password: 'bí mật mới' },
      session: technician,
    });
    expect(response.statusCode).toBe(204);
    expect((await world.store.credentials.open(recorder_id, secrets))?.password).toBe('bí mật mới');
    const trail = await world.store.audit.list({ subject_id: recorder_id }, { limit: 20, after: null });
    expect(JSON.stringify(trail)).not.toContain('bí mật mới');
    expect(world.log()).not.toContain('bí mật');
  });
});

describe('networks, schemes and sites', () => {
  test('are added and listed; a code is taken once', async () => {
    const unit_id = world.ward.id;
    const scheme = { unit_id, code: 'MH-1', name: 'Camera an ninh', launched_at_ms: 0 };
    const { id } = (await post('/api/schemes', scheme)).json();
    expect((await post('/api/sites', { scheme_id: id, code: 'D-1', name: 'Ngã tư' })).statusCode).toBe(201);
    expect((await post('/api/networks', { code: 'LAN', name: 'x' })).json().code).toBe('NETWORK_EXISTS');
    expect((await post('/api/schemes', scheme)).json().code).toBe('SCHEME_EXISTS');
    const again = await post('/api/sites', { scheme_id: id, code: 'D-1', name: 'x' });
    expect([again.statusCode, again.json().code]).toEqual([409, 'SITE_EXISTS']);
    expect((await get('/api/networks')).items).toMatchObject([{ code: 'LAN' }]);
    expect((await get('/api/schemes')).items).toMatchObject([{ code: 'MH-1', status: 'active' }]);
    expect((await get(`/api/sites?scheme_id=${id}`)).items).toMatchObject([{ code: 'D-1' }]);
  });

  test('belong to a unit in which the technician may act', async () => {
    const scheme = { unit_id: world.other_ward.id, code: 'MH-1', name: 'x', launched_at_ms: 0 };
    expect((await post('/api/schemes', scheme)).json().code).toBe('FORBIDDEN_UNIT');
    expect((await post('/api/sites', { scheme_id: 'NONE', code: 'D', name: 'x' })).json().code).toBe(
      'UNKNOWN_SCHEME',
    );
    expect((await post('/api/networks', { code: 'A/B', name: 'x' })).json().code).toBe('INVALID_INPUT');
  });
});
