import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, createWard, type Login, NOW_MS, type Ward } from './ward.ts';

let ward: Ward;
beforeEach(async () => {
  ward = await createWard();
  await ward.addCamera('C-1');
  await ward.addCamera('X-1', { unit_id: ward.other_ward.id });
});
afterEach(() => ward.close());

async function submitted(change?: Record<string, unknown>): Promise<string> {
  const call = { method: 'POST', url: '/api/requests', payload: ward.draft(change) } as const;
  return (await ward.as('officer', call)).body.request.id;
}

const decide = (login: Login, id: string, change: Record<string, unknown> = {}) =>
  ward.as(login, {
    method: 'POST',
    url: `/api/requests/${id}/decisions`,
    payload: { verdict: 'approved', reason: 'Đúng thẩm quyền.', ...change },
  });

const states = (body: Answer): Record<string, string> =>
  Object.fromEntries(body.items.map((item: Answer) => [item.camera_code, item.state]));

describe('a decision', () => {
  test('of a second person approves: items are queued, and the decision is audited', async () => {
    const id = await submitted();
    const { status, body } = await decide('approver', id);
    expect([status, body.request.state, states(body)]).toEqual([201, 'approved', { 'C-1': 'queued' }]);
    expect(body.items[0].approved_at_ms).toBe(NOW_MS);
    expect(body.decisions).toMatchObject([{ verdict: 'approved', person_name: 'approver' }]);
    const { rows } = await ward.store.audit.list({ act: 'request.decide' }, { limit: 10, after: null });
    expect(rows).toMatchObject([{ outcome: 'ok', subject_id: id, details: { verdict: 'approved' } }]);
  });

  test('that refuses ends the request, with the reason on every item', async () => {
    const { body } = await decide('approver', await submitted(), { verdict: 'refused', reason: 'Quá rộng.' });
    expect([body.request.state, states(body)]).toEqual(['refused', { 'C-1': 'refused' }]);
    expect(body.items[0].reason.text.vi).toContain('Quá rộng.');
  });

  test('may approve a part, which the request then shows beside what was asked for', async () => {
    const id = await submitted();
    const { wanted } = (await ward.store.requests.byId(id))!;
    const part = { start_ms: wanted.start_ms + 10_000, end_ms: wanted.end_ms - 10_000 };
    const { status, body } = await decide('approver', id, { approved_span: part });
    expect([status, body.request.wanted, body.decisions[0].approved]).toEqual([201, wanted, part]);
    expect(states(body)).toEqual({ 'C-1': 'queued' });
    const { rows } = await ward.store.audit.list({ act: 'request.decide' }, { limit: 1, after: null });
    expect(rows).toMatchObject([
      { details: { approved_start_ms: part.start_ms, approved_end_ms: part.end_ms } },
    ]);
  });

  test('never approves more than was asked for, and changes nothing when it tries', async () => {
    const id = await submitted();
    const { wanted } = (await ward.store.requests.byId(id))!;
    const wider = { start_ms: wanted.start_ms - 1, end_ms: wanted.end_ms };
    const answer = await decide('approver', id, { approved_span: wider });
    expect([answer.status, answer.body.code]).toEqual([422, 'APPROVED_PART_OUTSIDE']);
    expect((await ward.store.requests.byId(id))?.state).toBe('submitted');
    const apart = await decide('approver', await submitted({ is_urgent: true }), { approved_span: wanted });
    expect(apart.body.code).toBe('APPROVED_PART_OF_URGENT');
  });

  test('needs a reason', async () => {
    const answer = await decide('approver', await submitted(), { reason: ' ' });
    expect([answer.status, answer.body.code]).toEqual([422, 'TEXT_MISSING']);
  });

  test('cannot be made twice for one unit', async () => {
    const id = await submitted({ camera_ids: ['C-1', 'X-1'] });
    await decide('approver', id);
    const answer = await decide('approver', id, { unit_id: ward.ward.id });
    expect(answer.body.code).toBe('ALREADY_DECIDED');
  });

  test('by the same person through another account is refused, changes nothing, and is audited', async () => {
    const id = await submitted();
    const answer = await decide('officer.as.approver', id);
    expect([answer.status, answer.body.code]).toEqual([403, 'SAME_PERSON']);
    expect(answer.body.message.vi).toContain('người thứ hai');
    expect(answer.body.message.en).toContain('second person');
    const read = await ward.as('officer', { method: 'GET', url: `/api/requests/${id}` });
    expect([read.body.request.state, states(read.body)]).toEqual([
      'submitted',
      { 'C-1': 'awaiting_decision' },
    ]);
    expect(read.body.decisions).toEqual([]);
    const { rows } = await ward.store.audit.list({ act: 'request.decide' }, { limit: 10, after: null });
    expect(rows).toMatchObject([{ outcome: 'denied', details: { code: 'SAME_PERSON' } }]);
  });

  test('by somebody without the role is refused', async () => {
    expect((await decide('technician', await submitted())).body.code).toBe('FORBIDDEN');
  });
});

describe("another ward's camera", () => {
  test("runs only after that ward's decision as well", async () => {
    const id = await submitted({ camera_ids: ['C-1', 'X-1'] });
    const first = await decide('approver', id);
    expect(first.body.request.state).toBe('partly_decided');
    expect(states(first.body)).toEqual({ 'C-1': 'queued', 'X-1': 'awaiting_decision' });
    expect(first.body.undecided_unit_ids).toEqual([ward.other_ward.id]);
    const second = await decide('other.approver', id);
    expect([second.body.request.state, states(second.body)]).toEqual([
      'approved',
      { 'C-1': 'queued', 'X-1': 'queued' },
    ]);
  });

  test("cannot be decided for by one's own approver", async () => {
    const id = await submitted({ camera_ids: ['X-1'] });
    const answer = await decide('approver', id, { unit_id: ward.other_ward.id });
    expect([answer.status, answer.body.code]).toEqual([403, 'FORBIDDEN_UNIT']);
    expect(answer.body.message.vi).not.toBe(answer.body.message.en);
    expect((await ward.store.items.ofRequest(id))[0]!.state).toBe('awaiting_decision');
  });

  test('is refused by its ward alone; the others go on', async () => {
    const id = await submitted({ camera_ids: ['C-1', 'X-1'] });
    await decide('other.approver', id, { verdict: 'refused' });
    const { body } = await decide('approver', id);
    expect([body.request.state, states(body)]).toEqual(['approved', { 'C-1': 'queued', 'X-1': 'refused' }]);
  });

  test('can be read by the approver who has to decide, and not by a stranger', async () => {
    const own = await submitted();
    const shared = await submitted({ camera_ids: ['X-1'] });
    const read = (id: string) => ward.as('other.approver', { method: 'GET', url: `/api/requests/${id}` });
    expect((await read(shared)).status).toBe(200);
    expect((await read(own)).body.code).toBe('FORBIDDEN_UNIT');
  });
});

describe('the list of what is to be decided', () => {
  test('holds requests for one’s own unit and for cameras of it, until they are decided', async () => {
    const own = await submitted();
    const shared = await submitted({ camera_ids: ['X-1'] });
    const listed = async (login: Login) => {
      const { body } = await ward.as(login, { method: 'GET', url: '/api/requests/to-decide' });
      return body.items.map((request: Answer) => request.id).sort();
    };
    expect(await listed('approver')).toEqual([own, shared].sort());
    expect(await listed('other.approver')).toEqual([shared]);
    expect(await listed('officer.as.approver')).toEqual([]);
    await decide('other.approver', shared);
    expect(await listed('other.approver')).toEqual([]);
    expect(await listed('approver')).toEqual([own, shared].sort());
  });
});

describe('what happened between submitting and deciding', () => {
  test('counts: an agreement withdrawn meanwhile refuses the item', async () => {
    await ward.addCamera('H-1', { kind: 'household' });
    await ward.store.agreements.create({
      id: 'G',
      camera_id: 'H-1',
      mode: 'automatic',
      purposes: ['incident'],
      hours: null,
      valid_from_ms: NOW_MS - 1,
      valid_to_ms: null,
      confirmed_at_ms: NOW_MS - 1,
      notice: null,
      allows_audio: false,
      power_host: null,
      network_host: null,
      withdrawn_at_ms: null,
    });
    const id = await submitted({ camera_ids: ['C-1', 'H-1'] });
    await ward.store.agreements.withdraw('G', NOW_MS);
    const { body } = await decide('approver', id);
    expect(states(body)).toEqual({ 'C-1': 'queued', 'H-1': 'refused' });
    expect(body.items[1].reason.code).toBe('AGREEMENT_WITHDRAWN');
  });
});

describe('cancelling', () => {
  const cancel = (login: Login, id: string) =>
    ward.as(login, {
      method: 'POST',
      url: `/api/requests/${id}/cancel`,
      payload: { reason: 'Nhầm camera.' },
    });

  test('ends what has no outcome yet, with the reason', async () => {
    const id = await submitted();
    await decide('approver', id);
    const { body } = await cancel('officer', id);
    expect([body.request.state, states(body)]).toEqual(['cancelled', { 'C-1': 'cancelled' }]);
    expect(body.items[0].reason.text.en).toContain('Nhầm camera.');
  });

  test('is for the requester alone; whoever else tries is in the trail', async () => {
    await ward.addAccount('colleague', [{ role: 'officer', unit_id: ward.ward.id }]);
    const answer = await cancel('colleague' as Login, await submitted());
    expect([answer.status, answer.body.code]).toEqual([403, 'NOT_THE_REQUESTER']);
    const { rows } = await ward.store.audit.list({ act: 'request.cancel' }, { limit: 10, after: null });
    expect(rows).toMatchObject([{ outcome: 'denied', details: { code: 'NOT_THE_REQUESTER' } }]);
  });

  test('is not possible a second time, nor for an urgent request', async () => {
    const id = await submitted();
    await cancel('officer', id);
    expect((await cancel('officer', id)).body.code).toBe('STATE_CONFLICT');
    const urgent = await submitted({ is_urgent: true });
    expect((await cancel('officer', urgent)).body.code).toBe('STATE_CONFLICT');
  });
});
