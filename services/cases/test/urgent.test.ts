import { afterEach, beforeEach, expect, test } from 'vitest';
import { sweepUrgent } from '../src/index.ts';
import { decideRequest } from '../src/requests/decide-request.ts';
import { createWard, NOW_MS, type Ward } from './ward.ts';

const HOUR_MS = 3_600_000;

let ward: Ward;
let request_id: string;
beforeEach(async () => {
  ward = await createWard();
  await ward.addCamera('C-1');
  const call = { method: 'POST', url: '/api/requests', payload: ward.draft({ is_urgent: true }) } as const;
  request_id = (await ward.as('officer', call)).body.request.id;
});
afterEach(() => ward.close());

const read = async () =>
  (await ward.as('officer', { method: 'GET', url: `/api/requests/${request_id}` })).body;

const confirm = () =>
  ward.as('approver', {
    method: 'POST',
    url: `/api/requests/${request_id}/decisions`,
    payload: { verdict: 'approved', reason: 'Cấp bách.' },
  });

test('an urgent request runs at once and says until when it must be confirmed', async () => {
  const { request, items } = await read();
  expect([request.state, items[0].state]).toEqual(['urgent_unconfirmed', 'queued']);
  expect(request.confirmation_due_ms).toBe(NOW_MS + 24 * HOUR_MS);
});

test('a confirmed one stays: the sweep leaves it alone, and its items count as approved', async () => {
  ward.time.advance(HOUR_MS);
  const { body } = await confirm();
  expect([body.request.state, body.items[0].approved_at_ms]).toEqual(['approved', NOW_MS + HOUR_MS]);
  expect(await sweepUrgent(ward)(NOW_MS + 48 * HOUR_MS)).toBe(0);
  expect((await read()).request.state).toBe('approved');
});

test('one confirmed after its only item ended is closed', async () => {
  await ward.store.items.setState((await read()).items[0].id, ['queued'], 'no_footage', {
    reason: null,
    at_ms: NOW_MS,
  });
  expect((await confirm()).body.request.state).toBe('closed');
});

test('one that nobody confirmed within 24 hours is ended once, with what still ran', async () => {
  const sweep = sweepUrgent(ward);
  expect(await sweep(NOW_MS + 24 * HOUR_MS - 1)).toBe(0);
  expect(await sweep(NOW_MS + 24 * HOUR_MS)).toBe(1);
  expect(await sweep(NOW_MS + 24 * HOUR_MS)).toBe(0);
  const { request, items } = await read();
  expect([request.state, items[0].state, items[0].reason.code]).toEqual([
    'unconfirmed',
    'cancelled',
    'URGENT_NOT_CONFIRMED',
  ]);
  const { rows } = await ward.store.audit.list({ act: 'request.expire' }, { limit: 10, after: null });
  expect(rows).toMatchObject([{ account_id: null, subject_id: request_id }]);
});

test('once unconfirmed it can no longer be confirmed', async () => {
  await sweepUrgent(ward)(NOW_MS + 24 * HOUR_MS);
  expect((await confirm()).body.code).toBe('STATE_CONFLICT');
});

test('after 24 hours it can no longer be confirmed, even before the sweep has come by', async () => {
  ward.time.advance(24 * HOUR_MS);
  // Sessions end sooner than urgent requests: the rule is asked below the route.
  const known = (await ward.store.people.accountByLogin('approver'))!;
  const { id: account_id, person_id } = known.account;
  const decide = decideRequest({ ...ward, newId: () => 'DECISION' })(
    { account_id, person_id, appointments: known.appointments },
    request_id,
    { unit_id: ward.ward.id, verdict: 'approved', reason: 'Muộn.', ancestors: () => [ward.province.id] },
  );
  await expect(decide).rejects.toMatchObject({ code: 'URGENT_NOT_CONFIRMED' });
  expect(await ward.store.decisions.ofRequest(request_id)).toEqual([]);
});

test('a refusal stops what the urgent request has started', async () => {
  const { body } = await ward.as('approver', {
    method: 'POST',
    url: `/api/requests/${request_id}/decisions`,
    payload: { verdict: 'refused', reason: 'Không cấp bách.' },
  });
  expect([body.request.state, body.items[0].state]).toEqual(['refused', 'refused']);
});
