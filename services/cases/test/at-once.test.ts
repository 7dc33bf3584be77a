import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postgresEngine, type TestEngine } from '../../../packages/store/test/engine.ts';
import { type Answer, createWard, type Login, type Ward } from './ward.ts';

/** Transactions overlap on PostgreSQL only; often enough that each round below meets what it is about. */
const ROUNDS = 6;

let engine: TestEngine;
let ward: Ward;
beforeAll(async () => {
  engine = await postgresEngine();
}, 60_000);
afterAll(() => engine.stop());
beforeEach(async () => {
  ward = await createWard((await engine.fresh()).store);
  await ward.addCamera('C-1');
  await ward.addCamera('X-1', { unit_id: ward.other_ward.id });
  await Promise.all([ward.sessionOf('approver'), ward.sessionOf('other.approver')]);
});
afterEach(() => ward.close());

async function submitted(): Promise<string> {
  const payload = ward.draft({ camera_ids: ['C-1', 'X-1'] });
  return (await ward.as('officer', { method: 'POST', url: '/api/requests', payload })).body.request.id;
}

const decide = (login: Login, id: string) =>
  ward.as(login, {
    method: 'POST',
    url: `/api/requests/${id}/decisions`,
    payload: { verdict: 'approved', reason: 'Đúng thẩm quyền.' },
  });

const cancel = (id: string) =>
  ward.as('officer', { method: 'POST', url: `/api/requests/${id}/cancel`, payload: { reason: 'Nhầm.' } });

async function read(id: string): Promise<Answer> {
  return (await ward.as('officer', { method: 'GET', url: `/api/requests/${id}` })).body;
}

describe('at once', () => {
  test('two units decide, and the request is approved with every item queued', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await submitted();
      const answers = await Promise.all([decide('approver', id), decide('other.approver', id)]);
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      const { request, items, undecided_unit_ids } = await read(id);
      expect([request.state, undecided_unit_ids]).toEqual(['approved', []]);
      expect(items.map((item: Answer) => item.state)).toEqual(['queued', 'queued']);
    }
  });

  test('one unit decides twice, and one decision is made', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await submitted();
      const answers = await Promise.all([decide('approver', id), decide('approver', id)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(await ward.store.decisions.ofRequest(id)).toHaveLength(1);
    }
  });

  test('the officer cancels and the approver decides, and nothing of the request is left to run', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await submitted();
      const [cancelled, decided] = await Promise.all([cancel(id), decide('approver', id)]);
      expect(cancelled.status).toBe(200);
      expect([201, 409]).toContain(decided.status);
      const { request, items } = await read(id);
      expect([request.state, ...items.map((item: Answer) => item.state)]).toEqual([
        'cancelled',
        'cancelled',
        'cancelled',
      ]);
    }
  });
});
