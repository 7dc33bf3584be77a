import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOwnersWorld, NOW_MS, type OwnersWorld, PAGE } from './world.ts';

let world: OwnersWorld;
beforeEach(async () => {
  world = await createOwnersWorld({ MINHCHUNG_OWNERS__REGISTRATIONS_PER_ADDRESS_MAX: '3' });
});
afterEach(() => world.close());

const said = () => ({
  ...{ unit_id: world.ward.id, name: 'Trần Văn Bình', phone: '0987 654 321', email: 'binh@example.vn' },
  ...{ address: null, position: { latitude_deg: 19.81, longitude_deg: 105.78 }, looks_at: 'Cổng và ngõ' },
  ...{
    maker: null,
    mode: 'ask_first',
    purposes: ['incident'],
    hours: { from_minute: 1_320, to_minute: 360 },
  },
});
const ticket = async () => {
  const { ticket: given } = (await world.get('/api/registrations/form')).json();
  world.time.advance(10_000);
  return given as string;
};
const submit = async (change: object = {}, address = '203.0.113.7') =>
  world.send({
    ...{ method: 'POST', url: '/api/registrations', remoteAddress: address },
    payload: { ticket: await ticket(), website: '', ...said(), ...change },
  });
const waiting = async (session = world.technician) =>
  (await world.get('/api/registrations?state=waiting', session)).json().items;
const completion = { camera_code: 'HG-77', network_code: 'LAN' };

describe('the public registration', () => {
  test('waits for a technician of its ward and is no camera', async () => {
    const answer = await submit();
    expect([answer.statusCode, answer.json()]).toEqual([202, { received: true }]);
    expect(await waiting()).toMatchObject([
      { name: 'Trần Văn Bình', state: 'waiting', hours: { from_minute: 1_320 } },
    ]);
    expect(await waiting(await world.sessionOf('other'))).toEqual([]);
    expect((await world.store.cameras.list({ kind: 'household' }, PAGE)).rows).toHaveLength(1);
    expect(await world.trail()).toContain('registration.submit');
  });

  test('is taken once when it is sent twice, even at the same time', async () => {
    const payload = { ticket: await ticket(), website: '', ...said() };
    const send = () => world.post('/api/registrations', payload);
    const answers = await Promise.all([send(), send()]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 202]);
    expect(await waiting()).toHaveLength(1);
  });

  test('answers the same to a registered owner, a stranger and a program, which leaves nothing', async () => {
    await submit();
    const known = await submit({ name: 'Lê Thị Hoa', phone: '0912 345 678' });
    const robot = await submit({ website: 'http://spam.example' });
    const hasty = world.deps.tokens.formTicket(world.time.now_ms());
    const fast = await world.post('/api/registrations', { ticket: hasty, website: '', ...said() });
    for (const answer of [known, robot, fast]) expect(answer.json()).toEqual({ received: true });
    expect(await waiting()).toHaveLength(2);
  });

  test.each([
    ['made up', () => 'AAAAAAAAAAAAAAAA.1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['a day old', () => world.deps.tokens.formTicket(world.time.now_ms() - 86_400_000)],
    ['from the future', () => world.deps.tokens.formTicket(world.time.now_ms() + 60_000)],
  ])('is refused with a ticket that is %s', async (_, make) => {
    expect((await submit({ ticket: make() })).json().code).toBe('FORM_TOO_OLD');
  });

  test('is limited by address, an IPv6 household being one, and in all', async () => {
    for (const n of [1, 2, 3]) await submit({ looks_at: `${n}` }, `2001:db8:1:2::${n}`);
    const fourth = await submit({ looks_at: '4' }, '2001:db8:1:2:ffff::9');
    expect([fourth.statusCode, fourth.json().code]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
    expect((await submit({ looks_at: '5' }, '2001:db8:1:3::1')).statusCode).toBe(202);
    world.time.advance(86_400_001);
    expect((await submit({ looks_at: '6' }, '2001:db8:1:2::1')).statusCode).toBe(202);
  });

  test('stops for the day when the day is full', async () => {
    await world.close();
    world = await createOwnersWorld({ MINHCHUNG_OWNERS__REGISTRATIONS_PER_DAY_MAX: '1' });
    await submit();
    expect((await submit({}, '198.51.100.1')).json().code).toBe('REGISTRATIONS_FULL');
  });

  test('takes no address, letter or ward that is none, and nothing too large', async () => {
    expect((await submit({ email: 'a@b.vn, c@d.vn' })).json().code).toBe('INVALID_INPUT');
    expect((await submit({ unit_id: world.province.id })).json().code).toBe('UNKNOWN_UNIT');
    expect((await submit({ looks_at: 'x'.repeat(70_000) })).statusCode).toBe(413);
  });
});

describe('a technician', () => {
  const confirm = async (change: object = {}, session = world.technician) => {
    const [{ id }] = await waiting();
    return world.post(`/api/registrations/${id}/confirm`, { ...completion, ...change }, session);
  };

  test('makes it a camera with owner, agreement and recorder, reached by its owner only', async () => {
    await submit();
    const { camera_id } = (await confirm()).json();
    const camera = (await world.store.cameras.byId(camera_id))!;
    expect(camera).toMatchObject({ code: 'HG-77', kind: 'household', reach: 'owner_only' });
    expect(await world.store.owners.byId(camera.owner_id!)).toMatchObject({ phone: '0987 654 321' });
    expect(await world.store.ownerLinks.emailOf(camera.owner_id!)).toBe('binh@example.vn');
    const [agreement] = await world.store.agreements.ofCamera(camera_id);
    expect(agreement).toMatchObject({
      allows_audio: false,
      mode: 'ask_first',
      hours: { from_minute: 1_320, to_minute: 360 },
    });
    const history = (await world.store.changes.history('camera', camera_id, PAGE)).rows;
    expect(history).toMatchObject([{ act: 'camera.create', after: { code: 'HG-77' } }]);
    expect(await world.trail()).toEqual(expect.arrayContaining(['registration.confirm', 'agreement.create']));
  });

  test('hears of an address that differs from the registered owner’s, and takes it only by saying so', async () => {
    await submit();
    await world.store.ownerLinks.setEmail('OWNER', 'hoa@example.vn', NOW_MS);
    const kept = (await confirm({ owner_id: 'OWNER' })).json();
    expect(kept.email_offered).toBe('binh@example.vn');
    expect(await world.store.ownerLinks.emailOf('OWNER')).toBe('hoa@example.vn');
    await submit({ looks_at: 'Sân sau' });
    const more = { owner_id: 'OWNER', take_email: true, camera_code: 'HG-78' };
    expect((await confirm(more)).json().email_offered).toBeNull();
    expect(await world.store.ownerLinks.emailOf('OWNER')).toBe('binh@example.vn');
    const { rows } = await world.store.changes.history('owner', 'OWNER', PAGE);
    expect(rows).toMatchObject([
      {
        act: 'owner.set_email',
        before: { email: 'hoa@example.vn' },
        after: { email: 'binh@example.vn' },
        person_id: expect.any(String),
      },
    ]);
  });

  test('sees the history of an address that was set and removed', async () => {
    const url = '/api/cameras/CAMERA/owner-email';
    const put = (email: string | null) =>
      world.send({ method: 'PUT', url, payload: { email }, session: world.technician });
    await put('Hoa@Example.vn');
    await put('hoa@example.vn');
    await put(null);
    const { rows } = await world.store.changes.history('owner', 'OWNER', PAGE);
    expect(rows.map(({ before, after }) => [before?.email, after.email])).toEqual([
      ['hoa@example.vn', null],
      [null, 'hoa@example.vn'],
    ]);
  });

  test('decides once: the second hears that it is done, and nothing is made twice', async () => {
    await submit();
    const [{ id }] = await waiting();
    const url = `/api/registrations/${id}/confirm`;
    const session = world.technician;
    const answers = await Promise.all([
      world.post(url, { ...completion, camera_code: 'A' }, session),
      world.post(url, { ...completion, camera_code: 'B' }, session),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
    expect((await world.store.cameras.list({}, PAGE)).rows).toHaveLength(2);
  });

  test('declines with a reason, and only in the own ward', async () => {
    await submit();
    const [{ id }] = await waiting();
    const decline = (session: string) =>
      world.post(`/api/registrations/${id}/decline`, { reason: 'Không phải chủ' }, session);
    expect((await decline(await world.sessionOf('other'))).json().code).toBe('FORBIDDEN_UNIT');
    expect((await decline(world.technician)).statusCode).toBe(204);
    expect(await world.store.registrations.byId(id)).toMatchObject({ decline_reason: 'Không phải chủ' });
  });

  test('has to place what the owner did not, and to name what exists', async () => {
    await submit({ position: null });
    expect((await confirm()).json().code).toBe('REGISTRATION_NOT_PLACED');
    const position = { latitude_deg: 19.8, longitude_deg: 105.7 };
    expect((await confirm({ position, network_code: 'NO' })).json().code).toBe('UNKNOWN_NETWORK');
    expect((await confirm({ position, owner_id: 'NO' })).json().code).toBe('UNKNOWN_OWNER');
    expect((await confirm({ position, camera_code: 'HG-01' })).json().code).toBe('ALREADY_EXISTS');
    expect((await confirm({ position })).statusCode).toBe(201);
  });
});

describe('the form as a page', () => {
  const fields = () => ({
    ...{ unit_id: world.ward.id, name: 'Trần <b>Bình</b>', phone: '0987654321', email: '', address: '' },
    ...{ looks_at: 'Cổng', position: '19,8067; 105,7768', maker: '', mode: 'ask_first', website: '' },
    ...{ purposes: ['incident', 'traffic_accident'], from: '22:00', to: '06:00', sure: 'yes' },
  });

  test('is there in Vietnamese, English one click away, without any script', async () => {
    const page = await world.get('/dang-ky-camera');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.body).toContain('<html lang="vi">');
    expect(page.body).toContain('href="/dang-ky-camera?lang=en"');
    expect(page.body).not.toMatch(/<script|style=|onclick/);
    expect((await world.get('/dang-ky-camera?lang=en')).body).toContain('Register your camera');
  });

  test('asks about sound in plain words, and only a tick allows it', async () => {
    const page = await world.get('/dang-ky-camera');
    expect(page.body).toContain('Được lấy cả âm thanh khi yêu cầu nêu rõ cần âm thanh');
    const given = await ticket();
    await world.form('/dang-ky-camera', { ...fields(), ticket: given });
    await world.form('/dang-ky-camera', { ...fields(), ticket: given, allows_audio: 'yes', looks_at: 'Sân' });
    const said_of = (await waiting()).map((one: { looks_at: string; allows_audio: boolean }) => [
      one.looks_at,
      one.allows_audio,
    ]);
    // Sent in the same moment, they may stand in either order.
    expect(said_of).toHaveLength(2);
    expect(said_of).toContainEqual(['Cổng', false]);
    expect(said_of).toContainEqual(['Sân', true]);
  });

  test('sends what was typed, read as people write it', async () => {
    const answer = await world.form('/dang-ky-camera', { ...fields(), ticket: await ticket() });
    expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining('Đã nhận đăng ký')]);
    expect(await waiting()).toMatchObject([
      {
        position: { latitude_deg: 19.8067, longitude_deg: 105.7768 },
        hours: { from_minute: 1_320, to_minute: 360 },
      },
    ]);
  });

  test('comes back with what is wrong beside each field, what was typed kept and harmless', async () => {
    const wrong = { ...fields(), ticket: await ticket(), phone: 'abc', position: 'xa', to: '', sure: '' };
    const answer = await world.form('/dang-ky-camera', wrong);
    expect(answer.statusCode).toBe(422);
    expect(answer.body.match(/<li><a href="#(\w+)"/g)).toHaveLength(4);
    expect(answer.body).toContain('value="Trần &lt;b&gt;Bình&lt;/b&gt;"');
    expect(await waiting()).toEqual([]);
  });

  test('is refused from another site and when it is too large', async () => {
    const foreign = await world.send({
      ...{ method: 'POST', url: '/dang-ky-camera', payload: 'a=b' },
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' },
    });
    expect(foreign.statusCode).toBe(403);
    expect((await world.form('/dang-ky-camera', { name: 'x'.repeat(40_000) })).statusCode).toBe(413);
  });
});
