import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Answer, createWard, NOW_MS, type Ward } from './ward.ts';

const DAY_MS = 24 * 3_600_000;
const URGENT_ORDER = {
  is_urgent: true,
  legal_basis: 'lawful_order',
  legal_reference: 'Lệnh số 12/2026',
  camera_ids: ['C-1', 'H-1'],
};

let ward: Ward;
beforeEach(async () => {
  ward = await createWard();
  await ward.addCamera('C-1');
  await ward.addCamera('H-1', { kind: 'household' });
});
afterEach(() => ward.close());

const submit = async (): Promise<Answer> =>
  (await ward.as('officer', { method: 'POST', url: '/api/requests', payload: ward.draft(URGENT_ORDER) }))
    .body;

const states = (body: Answer) => body.items.map((item: Answer) => [item.camera_code, item.state]);

test('an order that only the requester has seen overrides no owner, however urgent it is', async () => {
  const body = await submit();
  expect(states(body)).toEqual([
    ['C-1', 'queued'],
    ['H-1', 'awaiting_decision'],
  ]);
  const decided = await ward.as('approver', {
    method: 'POST',
    url: `/api/requests/${body.request.id}/decisions`,
    payload: { verdict: 'approved', reason: 'Đã xem lệnh.' },
  });
  expect(states(decided.body)).toEqual([
    ['C-1', 'queued'],
    ['H-1', 'queued'],
  ]);
});

test('where the owner agreed beforehand, the order hinders nothing', async () => {
  await ward.store.agreements.create({
    id: 'G',
    camera_id: 'H-1',
    mode: 'automatic',
    purposes: ['incident'],
    hours: null,
    valid_from_ms: NOW_MS - DAY_MS,
    valid_to_ms: null,
    confirmed_at_ms: NOW_MS - DAY_MS,
    notice: null,
    allows_audio: false,
    power_host: null,
    network_host: null,
    withdrawn_at_ms: null,
  });
  expect(states(await submit())).toEqual([
    ['C-1', 'queued'],
    ['H-1', 'queued'],
  ]);
});
