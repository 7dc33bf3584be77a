import { LIMITS } from '@minhchung/domain';
import { expect, it } from 'vitest';
import type { Contract, Subject } from './suite.ts';
import { camera, item, MINUTE, NOW, PAGE, request } from './world.ts';

const ENDS = [
  'archived',
  'partial',
  'no_footage',
  'not_obtained',
  'waiting',
  'refused',
  'cancelled',
  'failed',
];
/** 2026-12-31T16:59:59.999Z is the last moment of the year in Vietnam. */
const NEW_YEAR = Date.UTC(2026, 11, 31, 17);

/** One request with an item of every end, and a second one, of another unit and case, with one archived item. */
async function fill({ store }: Subject): Promise<void> {
  for (let n = 1; n <= ENDS.length; n += 1) await store.cameras.create(camera(n));
  const items = ENDS.map((_, i) =>
    item(`item-${i}`, 'request-1', `camera-${i + 1}`, { state: 'awaiting_decision' }),
  );
  await store.requests.insert(request(1), items);
  for (const [i, end] of ENDS.entries()) {
    const change = { reason: null, at_ms: NOW + 10 };
    if (end !== 'refused') await store.items.setState(`item-${i}`, ['awaiting_decision'], 'approved', change);
    await store.items.setState(`item-${i}`, ['approved', 'awaiting_decision'], end, change);
  }
  await store.cases.create({
    ...{ id: 'case-2', unit_id: 'ward-2', number: '1/HS', is_provisional: false, title: 'Khác' },
    ...{ incident_ids: [], opened_at_ms: NOW, closed_at_ms: null },
  });
  const other = request(2, { unit_id: 'ward-2', case_id: 'case-2', submitted_at_ms: NEW_YEAR - 2 });
  await store.requests.insert(other, [item('item-x', 'request-2', 'camera-1', { state: 'running' })]);
}

const FIRST = {
  ...{ requests: 1, requested: 8, approved: 7, delivered: 2, archived: 1, partial: 1, no_footage: 1 },
  ...{ not_obtained: 1, waiting: 1, refused: 1, cancelled: 1, failed: 1 },
  ...{ unconfirmed: 0, delivered_then_refused: 0, notices_delayed: 0, notices_still_delayed: 0 },
};

export const countsContract: Contract = (subject) => {
  it('counts requests and items of every outcome per case', async () => {
    await fill(subject());
    const { store } = subject();
    const page = await store.counts.perCase({}, { limit: 1, after: null });
    expect(page.rows).toEqual([{ case_id: 'case-1', case_number: '12/HS', unit_id: 'ward-1', ...FIRST }]);
    const rest = await store.counts.perCase({}, { limit: 1, after: page.next });
    expect(rest.rows).toMatchObject([{ case_id: 'case-2', requests: 1, requested: 1, delivered: 0 }]);
    expect(rest.next).toBeNull();
    expect((await store.counts.perCase({ unit_ids: ['ward-2'] }, PAGE)).rows).toHaveLength(1);
  });

  it('totals the units asked for, and nothing when there is nothing', async () => {
    await fill(subject());
    const { store } = subject();
    expect(await store.counts.totals({ unit_ids: ['ward-1'] })).toEqual(FIRST);
    expect(await store.counts.totals({})).toMatchObject({ requests: 2, requested: 9, delivered: 2 });
    expect(await store.counts.totals({ unit_ids: [] })).toMatchObject({
      requests: 0,
      requested: 0,
      archived: 0,
    });
  });

  it('dates a delivery when it is delivered, in Vietnam time', async () => {
    await fill(subject());
    const { store } = subject();
    await store.items.setState('item-x', ['running'], 'archived', { reason: null, at_ms: NEW_YEAR });
    expect(await store.counts.byMonth({})).toEqual([
      { month: '2026-11', requests: 1, requested: 8, delivered: 2 },
      { month: '2026-12', requests: 1, requested: 1, delivered: 0 },
      { month: '2027-01', requests: 0, requested: 0, delivered: 1 },
    ]);
    const old_year = await store.counts.totals({ span: { start_ms: 0, end_ms: NEW_YEAR } });
    const new_year = await store.counts.totals({ span: { start_ms: NEW_YEAR, end_ms: NEW_YEAR + 1 } });
    expect([old_year.requests, old_year.delivered]).toEqual([2, 2]);
    expect([new_year.requests, new_year.delivered]).toEqual([0, 1]);
  });

  it('counts an urgent item as approved once, when it is confirmed', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    await store.requests.insert(request(1, { is_urgent: true }), [item('item-1', 'request-1', 'camera-1')]);
    expect((await store.counts.totals({})).approved).toBe(0);
    await store.items.markApproved(['item-1'], NOW + 5);
    await store.items.markApproved(['item-1'], NOW + 9);
    expect((await store.counts.totals({})).approved).toBe(1);
    expect((await store.items.byId('item-1'))?.approved_at_ms).toBe(NOW + 5);
  });

  it('counts an urgent request nobody confirmed, and what it delivered, when its time is over', async () => {
    const { store } = subject();
    for (const n of [1, 2]) await store.cameras.create(camera(n));
    const urgent = request(1, { is_urgent: true, state: 'unconfirmed' });
    await store.requests.insert(urgent, [
      item('item-1', 'request-1', 'camera-1', { state: 'archived', delivered_at_ms: NOW + 1 }),
      item('item-2', 'request-1', 'camera-2', { state: 'cancelled' }),
    ]);
    const due_ms = NOW + LIMITS.urgent_confirmation_ms;
    const until = (end_ms: number) => store.counts.totals({ span: { start_ms: NOW, end_ms } });
    const from = (start_ms: number) =>
      store.counts.totals({ span: { start_ms, end_ms: start_ms + 60 * MINUTE } });
    const counted = { unconfirmed: 1, delivered_then_refused: 1 };
    expect(await store.counts.totals({})).toMatchObject({ requests: 1, delivered: 1, ...counted });
    expect(await until(due_ms)).toMatchObject({ requests: 1, unconfirmed: 0, delivered_then_refused: 0 });
    expect(await from(due_ms)).toMatchObject({ requests: 0, delivered: 0, ...counted });
    expect((await store.counts.perCase({}, PAGE)).rows).toMatchObject([counted]);
  });

  it('counts what was delivered and then refused by a unit with a say in it, once, at the first refusal', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    await store.cameras.create(camera(2, { unit_id: 'ward-2' }));
    await store.requests.insert(request(1, { is_urgent: true, state: 'urgent_unconfirmed' }), [
      item('item-1', 'request-1', 'camera-1', { state: 'archived', delivered_at_ms: NOW + 1 }),
      item('item-2', 'request-1', 'camera-2', { state: 'partial', delivered_at_ms: NOW + 2 }),
    ]);
    const refuse = (unit_id: string, decided_at_ms: number) =>
      store.decisions.add({
        ...{ id: `of-${unit_id}`, request_id: 'request-1', unit_id, person_id: 'person-2' },
        ...{ account_id: 'account-2', verdict: 'refused', reason: 'sai vụ việc', decided_at_ms },
        approved: null,
      });
    const refused = async (start_ms?: number) => {
      const span = start_ms === undefined ? {} : { span: { start_ms, end_ms: start_ms + MINUTE } };
      return (await store.counts.totals(span)).delivered_then_refused;
    };
    expect(await refused()).toBe(0);
    await refuse('ward-2', NOW + MINUTE);
    expect([await refused(), await refused(NOW), await refused(NOW + MINUTE)]).toEqual([1, 0, 1]);
    await refuse('ward-1', NOW + 2 * MINUTE);
    expect([await refused(), await refused(NOW + MINUTE), await refused(NOW + 2 * MINUTE)]).toEqual([
      2, 1, 1,
    ]);
    await store.requests.setState('request-1', ['urgent_unconfirmed'], 'unconfirmed');
    expect(await refused()).toBe(2);
    expect(await store.counts.totals({ unit_ids: ['ward-1'] })).toMatchObject({
      ...{ requests: 1, requested: 2, delivered: 2, unconfirmed: 1 },
    });
  });
};
