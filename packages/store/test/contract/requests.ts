import type { Decision } from '@minhchung/domain';
import { expect, it } from 'vitest';
import type { Contract } from './suite.ts';
import { camera, item, MINUTE, NOW, PAGE, request } from './world.ts';

const REASON = { code: 'DISK_FULL', text: { vi: 'Hết chỗ.', en: 'No space.' } };

export const requestsContract: Contract = (subject) => {
  it('keeps a request and its items as they were submitted', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    const urgent = request(1, { is_urgent: true, legal_reference: 'Lệnh 5' });
    await store.requests.insert(urgent, [
      item('item-1', 'request-1', 'camera-1', { overwrite_at_ms: NOW + 5 }),
    ]);
    expect(await store.requests.byId('request-1')).toEqual(urgent);
    expect(await store.requests.byNumber('TX-2026-P01-000001')).toEqual(urgent);
    expect(await store.items.ofRequest('request-1')).toEqual([
      {
        ...item('item-1', 'request-1', 'camera-1', { overwrite_at_ms: NOW + 5 }),
        ...{
          attempts_forgiven: 0,
          not_before_ms: null,
          approved_at_ms: null,
          progress: null,
          unit_id: 'ward-1',
        },
      },
    ]);
  });

  it('refuses the same camera twice in one request, and nothing of it remains', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    const items = ['item-1', 'item-2'].map((id) => item(id, 'request-1', 'camera-1'));
    await expect(store.requests.insert(request(1), items)).rejects.toThrow();
    expect(await store.requests.byId('request-1')).toBeNull();
  });

  it('changes a state only from the states named', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    await store.requests.insert(request(1, { state: 'submitted' }), [
      item('item-1', 'request-1', 'camera-1', { state: 'awaiting_decision' }),
    ]);
    expect(await store.requests.setState('request-1', ['draft'], 'approved')).toBe(false);
    expect(await store.requests.setState('request-1', ['submitted', 'draft'], 'approved')).toBe(true);
    const change = { reason: REASON, at_ms: NOW + 1 };
    expect(await store.items.setState('item-1', ['approved'], 'queued', change)).toBe(false);
    expect(await store.items.setState('item-1', ['awaiting_decision'], 'approved', change)).toBe(true);
    expect(await store.items.byId('item-1')).toMatchObject({
      ...{ state: 'approved', reason: REASON, approved_at_ms: NOW + 1, updated_at_ms: NOW + 1 },
    });
  });

  it('lets one of many win a change of state', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    await store.requests.insert(request(1, { state: 'submitted' }), []);
    const tries = Array.from({ length: 8 }, () =>
      store.requests.setState('request-1', ['submitted'], 'refused'),
    );
    expect((await Promise.all(tries)).filter((won) => won)).toHaveLength(1);
  });

  it('lets whoever locks a request decide by what they read', async () => {
    const { store } = subject();
    await store.requests.insert(request(1, { state: 'submitted' }), []);
    const decide = (n: number) =>
      store.transaction(async (tx) => {
        await tx.requests.lock('request-1');
        if ((await tx.decisions.ofRequest('request-1')).length > 0) return false;
        await tx.decisions.add({
          ...{ id: `decision-${n}`, request_id: 'request-1', unit_id: 'ward-1', person_id: 'person-2' },
          ...{ account_id: 'account-2', verdict: 'approved', reason: 'đúng', decided_at_ms: NOW },
          approved: null,
        });
        return true;
      });
    const decided = await Promise.all([1, 2, 3, 4].map(decide));
    expect(decided.filter((won) => won)).toHaveLength(1);
  });

  it('changes the items of a request together and names those it changed', async () => {
    const { store } = subject();
    for (const n of [1, 2, 3]) await store.cameras.create(camera(n));
    const states = ['awaiting_decision', 'awaiting_decision', 'cancelled'];
    const items = states.map((state, i) => item(`item-${i + 1}`, 'request-1', `camera-${i + 1}`, { state }));
    await store.requests.insert(request(1), items);
    const change = { reason: null, at_ms: NOW };
    const changed = await store.items.setStateOfRequest(
      'request-1',
      ['awaiting_decision'],
      'refused',
      change,
    );
    expect(changed).toEqual(['item-1', 'item-2']);
    expect((await store.items.list({ states: ['refused'] }, PAGE)).rows.map(({ id }) => id)).toEqual([
      'item-2',
      'item-1',
    ]);
  });

  it('finds earlier items of the same camera whose span overlaps', async () => {
    const { store } = subject();
    for (const n of [1, 2]) await store.cameras.create(camera(n));
    await store.requests.insert(request(1), [item('item-1', 'request-1', 'camera-1')]);
    await store.requests.insert(request(2), [item('item-2', 'request-2', 'camera-1', { state: 'refused' })]);
    const { start_ms, end_ms } = request(1).wanted;
    const overlapping = async (span: { start_ms: number; end_ms: number }) =>
      (await store.items.sameCameraOverlapping(['camera-1', 'camera-2'], span)).map((found) => [
        found.item.id,
        found.request.number,
      ]);
    expect(await overlapping({ start_ms: end_ms - 1, end_ms: end_ms + 1 })).toEqual([
      ['item-1', 'TX-2026-P01-000001'],
    ]);
    expect(await overlapping({ start_ms: end_ms, end_ms: end_ms + 1 })).toEqual([]);
    expect(await overlapping({ start_ms: start_ms - 1, end_ms: start_ms })).toEqual([]);
  });

  it('closes an approved request when all its items have their outcome', async () => {
    const { store } = subject();
    for (const n of [1, 2]) await store.cameras.create(camera(n));
    const items = [1, 2].map((n) => item(`item-${n}`, 'request-1', `camera-${n}`, { state: 'running' }));
    await store.requests.insert(request(1), items);
    const change = { reason: null, at_ms: NOW };
    await store.items.setState('item-1', ['running'], 'no_footage', change);
    expect(await store.requests.closeIfDone('request-1')).toBe(false);
    await store.items.setState('item-2', ['running'], 'cancelled', change);
    expect(await store.requests.closeIfDone('request-1')).toBe(true);
    expect(await store.requests.closeIfDone('request-1')).toBe(false);
    expect((await store.requests.byId('request-1'))?.state).toBe('closed');
  });

  it('pages requests newest first, filtered by unit, case, state, requester and time', async () => {
    const { store } = subject();
    for (let n = 1; n <= 7; n += 1) {
      const change = {
        submitted_at_ms: NOW + Math.floor(n / 2) * MINUTE,
        state: n % 2 === 0 ? 'submitted' : 'approved',
      };
      await store.requests.insert(request(n, change), []);
    }
    const first = await store.requests.list({ unit_ids: ['ward-1'] }, { limit: 4, after: null });
    const second = await store.requests.list({ unit_ids: ['ward-1'] }, { limit: 4, after: first.next });
    expect([...first.rows, ...second.rows].map(({ id }) => Number(id.slice(8)))).toEqual([
      7, 6, 5, 4, 3, 2, 1,
    ]);
    expect(second.next).toBeNull();
    const some = async (filter: Parameters<typeof store.requests.list>[0]) =>
      (await store.requests.list(filter, PAGE)).rows.length;
    expect(await some({ states: ['submitted'] })).toBe(3);
    expect(await some({ unit_ids: ['ward-2'] })).toBe(0);
    expect(await some({ requester_person_id: 'person-2' })).toBe(0);
    expect(await some({ case_id: 'case-1', span: { start_ms: NOW, end_ms: NOW + MINUTE } })).toBe(1);
  });

  it('keeps whether sound was asked for', async () => {
    const { store } = subject();
    await store.requests.insert(request(1, { wants_audio: true }), []);
    await store.requests.insert(request(2), []);
    expect(await store.requests.byId('request-1')).toMatchObject({ wants_audio: true });
    expect(await store.requests.byId('request-2')).toMatchObject({ wants_audio: false });
  });

  it('keeps decisions, orders, accesses and handovers in order', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    await store.requests.insert(request(1), [item('item-1', 'request-1', 'camera-1')]);
    const decision: Decision = {
      ...{ id: 'decision-1', request_id: 'request-1', unit_id: 'ward-1', person_id: 'person-2' },
      ...{ account_id: 'account-2', verdict: 'approved', reason: 'đúng', decided_at_ms: NOW },
      approved: null,
    };
    await store.decisions.add(decision);
    const of_part: Decision = {
      ...{ ...decision, id: 'decision-2', decided_at_ms: NOW + 1 },
      approved: { start_ms: NOW - MINUTE, end_ms: NOW - MINUTE / 2 },
    };
    await store.decisions.add(of_part);
    expect(await store.decisions.ofRequest('request-1')).toEqual([decision, of_part]);
    const order = { id: 'order-1', request_id: 'request-1', reference: 'Lệnh 7', recorded_at_ms: NOW };
    await store.orders.add(order);
    expect(await store.orders.ofRequest('request-1')).toEqual([order]);
    const looks = [1, 2].map((n) => ({
      ...{
        id: `access-${n}`,
        item_id: 'item-1',
        account_id: 'account-1',
        file_name: 'a.mp4',
        at_ms: NOW + n,
      },
    }));
    for (const look of looks) await store.accesses.add(look);
    expect((await store.accesses.ofItem('item-1', PAGE)).rows).toEqual(looks.toReversed());
    const handover = { id: 'h-1', item_id: 'item-1', account_id: 'account-1', recipient: 'VKS', at_ms: NOW };
    await store.handovers.add(handover);
    expect(await store.handovers.ofItem('item-1')).toEqual([handover]);
  });
};
