import { secretBox } from '@minhchung/store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { announceItems } from '../../src/owners/announce-items.ts';
import { sweepConfirmations } from '../../src/owners/sweep-confirmations.ts';
import { createOwnersWorld, DAY_MS, NOW_MS, type OwnersWorld, PAGE } from './world.ts';

let world: OwnersWorld;
beforeEach(async () => {
  world = await createOwnersWorld();
});
afterEach(() => world.close());

const box = secretBox(new Uint8Array(32).fill(7));
const item = async (id: string) => (await world.store.items.byId(id))!;
const newestAgreement = async () => (await world.store.agreements.ofCamera('CAMERA'))[0]!;

async function confirmationLink(): Promise<string> {
  await world.agree({ confirmed_at_ms: NOW_MS - 351 * DAY_MS });
  await sweepConfirmations(world.deps)(NOW_MS);
  return world.newestToken();
}

async function pageLink(): Promise<string> {
  await world.post('/api/cameras/CAMERA/owner-links', { kind: 'owner_page' }, world.technician);
  return world.newestToken();
}

/** Opens the owner's page and returns its cookie. */
async function session(): Promise<string> {
  const answer = await world.form(`/chu-camera/${await pageLink()}`, { answer: 'open' });
  return String(answer.headers['set-cookie']).split(';')[0]!;
}

describe('a link', () => {
  test('opened changes nothing, however often: mail scanners open links too', async () => {
    const token = await confirmationLink();
    const before = [await newestAgreement(), await world.trail()];
    for (let n = 0; n < 3; n += 1) {
      const page = await world.get(`/chu-camera/${token}`);
      expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('Cổng nhà bà Hoa')]);
    }
    expect([await newestAgreement(), await world.trail()]).toEqual(before);
  });

  test('to the yearly question says what the agreement allows of sound', async () => {
    const page = await world.get(`/chu-camera/${await confirmationLink()}`);
    expect(page.body).toContain('Không được lấy, chỉ lấy hình');
    await world.agree({ id: 'LOUD', allows_audio: true, confirmed_at_ms: NOW_MS - 351 * DAY_MS });
    await sweepConfirmations(world.deps)(NOW_MS);
    const loud = await world.get(`/chu-camera/${await world.newestToken()}`);
    expect(loud.body).toContain('Được lấy khi yêu cầu nêu rõ cần âm thanh');
  });

  test('works once, also when it is used twice at the same time', async () => {
    const token = await confirmationLink();
    const use = () => world.post('/api/owner/confirmation', { token, answer: 'works' });
    const answers = await Promise.all([use(), use(), use()]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 404, 404]);
    expect((await world.get(`/chu-camera/${token}`)).statusCode).toBe(404);
  });

  test('wrong, used, expired or of another kind is answered the same', async () => {
    const token = await confirmationLink();
    const page = await pageLink();
    const wrong = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    const open = async (one: string) => (await world.post('/api/owner/session', { token: one })).json();
    const refusals = [await open(wrong), await open('x'), await open(token)];
    world.time.advance(31 * DAY_MS);
    refusals.push(await open(page));
    expect(new Set(refusals.map(({ code, message }) => `${code}${message.vi}`)).size).toBe(1);
    expect(refusals[0].code).toBe('OWNER_LINK_INVALID');
  });

  test('shows nothing of what it was about once it has expired', async () => {
    const token = await confirmationLink();
    const read = async () => await world.post('/api/owner/link', { token });
    expect((await read()).statusCode).toBe(200);
    world.time.advance(31 * DAY_MS);
    expect((await read()).json().code).toBe('OWNER_LINK_INVALID');
  });

  test('is in no log, no trail, and in the database only as a hash', async () => {
    const token = await confirmationLink();
    await world.get(`/chu-camera/${token}`);
    await world.post('/api/owner/link', { token });
    await world.post('/api/owner/confirmation', { token, answer: 'works' });
    const secret = token.slice(27);
    expect(world.log()).not.toContain(secret);
    expect(JSON.stringify(await world.store.audit.list({}, PAGE))).not.toContain(secret);
    const link = await world.store.ownerLinks.byId(token.slice(0, 26));
    expect(JSON.stringify(link)).not.toContain(secret);
    expect(link!.token_sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('of an owner who is the owner no more opens nothing', async () => {
    const token = await confirmationLink();
    await world.store.owners.create({ id: 'NEW', name: 'Người mua nhà', phone: null, address: null });
    await world.store.cameras.update({ ...world.camera, owner_id: 'NEW' });
    expect((await world.get(`/chu-camera/${token}`)).statusCode).toBe(404);
  });
});

describe('the yearly confirmation', () => {
  test.each([
    ['works', 'online'],
    ['broken', 'offline'],
  ] as const)('"%s" renews the agreement, and the camera is %s from now on', async (answer, state) => {
    const token = await confirmationLink();
    world.time.advance(DAY_MS);
    const page = await world.form(`/chu-camera/${token}`, { answer });
    expect(page.body).toContain('Đã ghi nhận');
    expect(await newestAgreement()).toMatchObject({ confirmed_at_ms: NOW_MS + DAY_MS });
    expect(await world.store.observations.current(['CAMERA'])).toMatchObject([
      { state, reason: 'attested_owner' },
    ]);
    expect(await world.trail()).toEqual(expect.arrayContaining(['agreement.confirm', 'camera.attest']));
    const { rows } = await world.store.changes.history('agreement', (await newestAgreement()).id, PAGE);
    expect(rows).toMatchObject([{ act: 'agreement.confirm', after: { confirmed_at_ms: NOW_MS + DAY_MS } }]);
  });

  test('"withdraw" ends the agreement, destroys the credentials and cancels what was asked', async () => {
    const token = await confirmationLink();
    await world.store.credentials.set('RECORDER', { username: 'a', password: 'b' }, box, NOW_MS);
    const id = await world.ask('queued', {}, null);
    await world.form(`/chu-camera/${token}`, { answer: 'withdraw' });
    expect((await newestAgreement()).withdrawn_at_ms).toBe(NOW_MS);
    const { rows } = await world.store.changes.history('agreement', (await newestAgreement()).id, PAGE);
    expect(rows).toMatchObject([{ act: 'agreement.withdraw', after: { withdrawn_at_ms: NOW_MS } }]);
    expect(await world.store.credentials.has('RECORDER')).toBe(false);
    expect((await item(id)).state).toBe('cancelled');
    expect(await world.trail()).toContain('agreement.withdraw');
  });

  test('is asked for once, reminded of once, and missed it is a finding until it comes', async () => {
    await world.agree({ confirmed_at_ms: NOW_MS });
    const sweep = (days: number) => sweepConfirmations(world.deps)(NOW_MS + days * DAY_MS);
    expect(await sweep(349)).toEqual({ links: 0, overdue: 0 });
    expect([(await sweep(350)).links, (await sweep(351)).links]).toEqual([1, 0]);
    expect([(await sweep(375)).links, (await sweep(376)).links]).toEqual([1, 0]);
    expect(await sweep(397)).toEqual({ links: 0, overdue: 1 });
    const findings = async () =>
      (await world.store.findings.list({ kind: 'agreement_unconfirmed' }, PAGE)).rows.length;
    expect(await findings()).toBe(1);
    world.time.advance(397 * DAY_MS);
    await world.post('/api/cameras/CAMERA/owner-links', { kind: 'confirm_agreement' }, world.technician);
    await world.post('/api/owner/confirmation', { token: await world.newestToken(), answer: 'works' });
    expect(await findings()).toBe(0);
    expect(await sweep(398)).toEqual({ links: 0, overdue: 0 });
  });

  test('answered once ends every other link for the same agreement', async () => {
    const first = await confirmationLink();
    await sweepConfirmations(world.deps)(NOW_MS + 25 * DAY_MS);
    await world.post('/api/owner/confirmation', { token: await world.newestToken(), answer: 'works' });
    expect(
      (await world.post('/api/owner/confirmation', { token: first, answer: 'withdraw' })).statusCode,
    ).toBe(404);
    expect((await newestAgreement()).withdrawn_at_ms).toBeNull();
  });
});

describe("the owner's page", () => {
  test('shows cameras, agreement and decided requests, and names no case and no person', async () => {
    await world.agree();
    await world.ask('approved');
    const cookie = await session();
    const { body } = await world.get('/chu-camera', cookie);
    expect(body).toContain('Cổng nhà bà Hoa');
    expect(body).toContain('Đang chờ ông/bà trả lời');
    for (const secret of ['HS-MẬT', 'CASE', 'tech', 'mất xe máy']) expect(body).not.toContain(secret);
    const json = (await world.get('/api/owner/page', cookie)).json();
    expect(json).toMatchObject({ cameras: [{ code: 'HG-01' }], items: [{ waits_for_owner: true }] });
    expect(JSON.stringify(json)).not.toMatch(/HS-MẬT|CASE|requester|mất xe/);
  });

  test('shows an urgent request only once somebody has decided', async () => {
    await world.agree({ mode: 'automatic' });
    const id = await world.ask('queued', { is_urgent: true, state: 'urgent_unconfirmed' }, null);
    const cookie = await session();
    const shown = async () => (await world.get('/api/owner/page', cookie)).json().items.length;
    expect(await shown()).toBe(1);
    const request = (await world.store.requests.byId((await item(id)).request_id))!;
    const undecided = { ...request, id: 'R2', number: 'TX-2026-HT-000099', is_urgent: true };
    const rest = {
      attempts: 0,
      delivered_at_ms: null,
      updated_at_ms: NOW_MS,
      overwrite_at_ms: null,
      reason: null,
    };
    await world.store.requests.insert(undecided, [
      { id: 'I2', request_id: 'R2', camera_id: 'CAMERA', state: 'queued', ...rest },
    ]);
    expect(await shown()).toBe(1);
  });

  test('accepts an item that waits, which then is queued', async () => {
    await world.agree();
    const id = await world.ask('approved');
    const answer = await world.form(`/chu-camera/items/${id}`, { verdict: 'accepted' }, await session());
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/chu-camera']);
    expect(await item(id)).toMatchObject({ state: 'queued', reason: null });
    const work = world.store.work({ time: world.time, secrets: box });
    const claim = await work.claim({ worker_id: 'W', networks: null, lease_ms: 10_000 });
    expect(claim).toMatchObject({ lease: { item_id: id }, owner_accepted: true });
  });

  test('refuses an item with the reason, which closes a request with nothing left', async () => {
    await world.agree();
    const id = await world.ask('approved');
    const cookie = await session();
    const refuse = (reason: string) => ({ verdict: 'refused', reason });
    await world.send({
      method: 'POST',
      url: `/api/owner/items/${id}/answer`,
      payload: refuse('Nhà có tang'),
      session: cookie,
    });
    const refused = await item(id);
    expect(refused).toMatchObject({ state: 'refused', reason: { code: 'OWNER_REFUSED' } });
    expect(refused.reason!.text.vi).toContain('Nhà có tang');
    expect((await world.store.requests.byId(refused.request_id))!.state).toBe('closed');
    const again = await world.post(`/api/owner/items/${id}/answer`, refuse('x'), cookie);
    expect([again.statusCode, again.json().code]).toEqual([409, 'NOTHING_TO_ANSWER']);
  });

  test.each([
    [
      'a lawful order stands behind it',
      { legal_basis: 'lawful_order' } as const,
      'approved',
      'OWNER_ASKS_FIRST',
    ],
    ['the request has ended', { state: 'cancelled' }, 'approved', 'OWNER_ASKS_FIRST'],
    ['it does not wait for the owner', {}, 'queued', null],
  ] as const)('answers nothing where %s', async (_, change, state, code) => {
    await world.agree();
    const id = await world.ask(state, change, code);
    const answer = await world.post(`/api/owner/items/${id}/answer`, { verdict: 'refused' }, await session());
    expect(answer.json().code).toBe('NOTHING_TO_ANSWER');
    expect((await item(id)).state).toBe(state);
  });

  test("answers nothing about another owner's camera", async () => {
    await world.agree();
    const id = await world.ask('approved');
    const cookie = await session();
    await world.store.owners.create({ id: 'NEW', name: 'Khác', phone: null, address: null });
    await world.store.cameras.update({ ...world.camera, owner_id: 'NEW' });
    const answer = await world.post(`/api/owner/items/${id}/answer`, { verdict: 'accepted' }, cookie);
    expect(answer.json().code).toBe('NOTHING_TO_ANSWER');
    const withdraw = await world.post('/api/owner/cameras/CAMERA/withdraw', {}, cookie);
    expect(withdraw.json().code).toBe('UNKNOWN_CAMERA');
  });

  test('withdraws after it was said twice, and destroys the credentials', async () => {
    await world.agree();
    await world.store.credentials.set('RECORDER', { username: 'a', password: 'b' }, box, NOW_MS);
    const cookie = await session();
    const url = '/chu-camera/cameras/CAMERA/withdraw';
    await world.form(url, { reason: 'bán nhà' }, cookie);
    expect((await newestAgreement()).withdrawn_at_ms).toBeNull();
    await world.form(url, { reason: 'bán nhà', sure: 'yes' }, cookie);
    expect((await newestAgreement()).withdrawn_at_ms).toBe(NOW_MS);
    expect(await world.store.credentials.has('RECORDER')).toBe(false);
  });

  test('is closed without its cookie, after its time, and after leaving', async () => {
    const cookie = await session();
    expect((await world.get('/chu-camera')).statusCode).toBe(401);
    expect((await world.get('/chu-camera', cookie)).statusCode).toBe(200);
    world.time.advance(60 * 60_000);
    expect((await world.get('/chu-camera', cookie)).statusCode).toBe(401);
    const second = await session();
    await world.form('/chu-camera/leave', {}, second);
    expect((await world.get('/chu-camera', second)).statusCode).toBe(401);
  });
});

describe('links without mail', () => {
  test('wait for a technician of the ward, who sees each once', async () => {
    await world.agree();
    await world.ask('approved');
    expect(await announceItems(world.deps)(NOW_MS)).toBe(1);
    expect(await announceItems(world.deps)(NOW_MS)).toBe(0);
    const list = (cookie: string) => world.get('/api/owner-links', cookie);
    expect((await list(await world.sessionOf('other'))).json().items).toEqual([]);
    const [entry] = (await list(world.technician)).json().items;
    expect(entry).toMatchObject({ kind: 'item_to_answer', owner_phone: '0912 345 678' });
    expect(JSON.stringify(entry)).not.toContain(await world.newestToken());
    const show = () => world.post(`/api/owner-links/${entry.id}/hand-over`, {}, world.technician);
    expect((await show()).json().url).toBe(`http://localhost:8080/chu-camera/${await world.newestToken()}`);
    expect((await show()).json().code).toBe('UNKNOWN_HANDOVER');
    expect(await world.trail()).toContain('owner_link.hand_over');
  });
});
