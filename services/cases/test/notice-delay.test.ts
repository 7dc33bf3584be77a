import { LIMITS } from '@minhchung/domain';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Answer, createWard, type Login, NOW_MS, type Ward } from './ward.ts';

const DAY_MS = 24 * 3_600_000;
const ORDER = { legal_basis: 'lawful_order', legal_reference: 'Lệnh số 12/2026', camera_ids: ['H-1'] };
const DELAY = { until_ms: NOW_MS + 30 * DAY_MS, reason: ' Chủ camera là nghi can. ' };

let ward: Ward;
let url: string;
beforeEach(async () => {
  ward = await createWard();
  await ward.store.owners.create({ id: 'O-1', name: 'Lê Văn Tám', phone: null, address: null });
  await ward.addCamera('H-1', { kind: 'household', owner_id: 'O-1' });
  url = await submit(ORDER);
});
afterEach(() => ward.close());

async function submit(change: Record<string, unknown>): Promise<string> {
  const payload = ward.draft(change);
  const { body } = await ward.as('officer', { method: 'POST', url: '/api/requests', payload });
  return `/api/requests/${body.request.id}`;
}
const post = (login: Login, path: string, payload: object) =>
  ward.as(login, { method: 'POST', url: path, payload });
const decide = (change: object = {}): Promise<Answer> =>
  post('approver', `${url}/decisions`, { verdict: 'approved', reason: 'Đã xem lệnh.', ...change });
const prolong = (login: Login, until_ms: number): Promise<Answer> =>
  post(login, `${url}/notice-delays`, { until_ms, reason: 'Còn đang xác minh.' });
const trail = async (act: string) => (await ward.store.audit.list({ act }, { limit: 9, after: null })).rows;

test('an order without a delay is shown to the owner, and the answer to the approval says so', async () => {
  const before = await ward.as('officer', { method: 'GET', url });
  expect(before.body.owner_notice).toMatchObject({ state: 'undecided', until_ms: null });
  const { status, body } = await decide();
  expect(status).toBe(201);
  expect(body.owner_notice).toMatchObject({ state: 'shown', until_ms: null, delays: [] });
  expect(body.owner_notice.text.vi).toContain('thấy yêu cầu này');
});

test('a delay is kept with the decision, told to officers and auditors, and in the trail', async () => {
  const { body } = await decide({ notice_delay: DELAY });
  expect(body.owner_notice).toMatchObject({ state: 'delayed', until_ms: DELAY.until_ms });
  expect(body.owner_notice.delays).toEqual([
    {
      until_ms: DELAY.until_ms,
      reason: 'Chủ camera là nghi can.',
      person_name: expect.any(String),
      recorded_at_ms: NOW_MS,
      is_prolongation: false,
    },
  ]);
  const [kept] = await ward.store.noticeDelays.ofRequest(body.request.id);
  expect(kept!.decision_id).toBe(body.decisions[0].id);
  expect((await ward.as('auditor', { method: 'GET', url })).body.owner_notice.delays).toHaveLength(1);
  expect((await trail('request.decide'))[0]!.details).toMatchObject({
    notice_delayed_until_ms: DELAY.until_ms,
  });
});

test.each([
  ['in the past', { until_ms: NOW_MS, reason: 'x' }, 'NOTICE_DELAY_PAST'],
  ['too long', { until_ms: NOW_MS + LIMITS.notice_delay_max_ms + 1, reason: 'x' }, 'NOTICE_DELAY_TOO_LONG'],
  ['without a reason', { until_ms: NOW_MS + DAY_MS, reason: ' ' }, 'TEXT_MISSING'],
])('a delay %s is refused, and nothing is decided', async (_name, notice_delay, code) => {
  expect((await decide({ notice_delay })).body.code).toBe(code);
  expect((await ward.as('officer', { method: 'GET', url })).body.decisions).toEqual([]);
});

test('a refusal delays nothing', async () => {
  const { body } = await decide({ verdict: 'refused', notice_delay: DELAY });
  expect(body.code).toBe('NOTICE_DELAY_REFUSED');
});

test('an owner who has to be asked cannot be kept from knowing', async () => {
  await ward.store.agreements.create({
    ...{ id: 'G', camera_id: 'H-1', mode: 'ask_first', purposes: ['incident'], hours: null },
    ...{ valid_from_ms: NOW_MS - DAY_MS, valid_to_ms: null, confirmed_at_ms: NOW_MS - DAY_MS },
    ...{ notice: null, allows_audio: false, power_host: null, network_host: null, withdrawn_at_ms: null },
  });
  url = await submit({ camera_ids: ['H-1'] });
  const { body } = await decide({ notice_delay: DELAY });
  expect([body.code, body.message.vi]).toEqual(['NOTICE_DELAY_ASKS_OWNER', expect.stringContaining('H-1')]);
});

test('what runs is prolonged by an approver, as a further recorded act', async () => {
  await decide({ notice_delay: DELAY });
  const longer_ms = NOW_MS + 60 * DAY_MS;
  expect((await prolong('officer', longer_ms)).body.code).toBe('SAME_PERSON');
  expect((await prolong('officer.as.approver', longer_ms)).body.code).toBe('SAME_PERSON');
  expect((await prolong('other.approver', longer_ms)).status).toBe(403);
  expect((await prolong('approver', DELAY.until_ms)).body.code).toBe('NOTICE_DELAY_NOT_LONGER');
  ward.time.advance(60_000);
  const { body } = await prolong('approver', longer_ms);
  expect(body.owner_notice).toMatchObject({ state: 'delayed', until_ms: longer_ms });
  expect(body.owner_notice.delays.map((one: Answer) => one.is_prolongation)).toEqual([false, true]);
  expect(await trail('request.prolong_notice_delay')).toHaveLength(1);
});

test('a delay ends by itself, and what has ended is not prolonged', async () => {
  await decide({ notice_delay: { ...DELAY, until_ms: NOW_MS + 3_600_000 } });
  ward.time.advance(3_600_000);
  const { body } = await ward.as('officer', { method: 'GET', url });
  expect(body.owner_notice).toMatchObject({ state: 'shown', until_ms: null });
  expect((await prolong('approver', NOW_MS + DAY_MS)).body.code).toBe('NOTICE_DELAY_OVER');
});

test("a request for the community's own cameras has nobody to tell", async () => {
  await ward.addCamera('C-1');
  url = await submit({});
  expect((await decide()).body.owner_notice.state).toBe('no_owner');
});
