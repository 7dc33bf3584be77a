import type { Work } from '@minhchung/domain';
import { expect, it } from 'vitest';
import { refreshHorizons } from '../../src/overwrite-horizon.ts';
import type { Contract } from './suite.ts';
import { box, clockAt, NOW, PAGE, queueItems } from './world.ts';

const REASON = { code: 'SOURCE_BROKEN', text: { vi: 'Dữ liệu sai.', en: 'Wrong data.' } };
const LEASE = 10_000;

const claim = (work: Work) => work.claim({ worker_id: 'worker-1', networks: null, lease_ms: LEASE });

/** What a worker is told while it works, and what becomes of items that were called off. */
export const workConductContract: Contract = (subject) => {
  it('runs no more items at once through one network than it carries', async () => {
    const { store } = subject();
    await queueItems(store, 3);
    const work = store.work({
      time: clockAt(NOW),
      secrets: box,
      items_per_recorder: 9,
      items_per_network: 2,
    });
    expect([await claim(work), await claim(work), await claim(work)].map((one) => one !== null)).toEqual([
      ...[true, true, false],
    ]);
  });

  it('hands out the part that was approved, and the attempts that are forgiven', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    const { wanted } = (await store.requests.byId('request-1'))!;
    const part = { start_ms: wanted.start_ms + 1_000, end_ms: wanted.end_ms - 1_000 };
    await store.decisions.add({
      ...{ id: 'decision-1', request_id: 'request-1', unit_id: 'ward-1', person_id: 'person-2' },
      ...{ account_id: 'account-2', verdict: 'approved', reason: 'đúng', decided_at_ms: NOW },
      approved: part,
    });
    const work = store.work({ time: clockAt(NOW), secrets: box });
    const first = (await claim(work))!;
    expect(first).toMatchObject({ approved: part, attempts_forgiven: 0 });
    await work.finish(first.lease, { outcome: 'failed', reason: REASON });
    expect(await store.items.tryAgain('item-1', NOW)).toBe(true);
    expect(await store.items.tryAgain('item-1', NOW)).toBe(false);
    expect(await claim(work)).toMatchObject({ attempts_forgiven: 1, lease: { token: 2 } });
  });

  it('does not count a wait for the source against the item', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    const work = store.work({ time: clockAt(NOW), secrets: box });
    const first = (await claim(work))!;
    await work.finish(first.lease, { outcome: 'waiting', reason: REASON, not_before_ms: NOW });
    expect(await claim(work)).toMatchObject({ attempts_forgiven: 1 });
  });

  it('tells a worker at a look that its item was called off, and that all is well', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    const work = store.work({ time: clockAt(NOW), secrets: box });
    const { lease } = (await claim(work))!;
    await work.check(lease);
    await store.items.setState('item-1', ['running'], 'cancelled', { reason: null, at_ms: NOW });
    await expect(work.check(lease)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('gives a called-off item to be cleared up once its worker is gone, until it is settled', async () => {
    const { store } = subject();
    await queueItems(store, 2);
    const work = store.work({ time: clockAt(NOW), secrets: box });
    const later = store.work({ time: clockAt(NOW + 2 * LEASE), secrets: box });
    const { lease } = (await claim(work))!;
    await claim(work);
    const mine = { worker_id: 'worker-2', lease_ms: LEASE };
    await store.items.setState(lease.item_id, ['running'], 'cancelled', { reason: null, at_ms: NOW });
    expect(await work.claimCalledOff(mine)).toBeNull();
    const taken = (await later.claimCalledOff(mine))!;
    expect(taken).toMatchObject({ item_id: lease.item_id, token: lease.token, worker_id: 'worker-2' });
    expect(await later.claimCalledOff(mine)).toBeNull();
    const discarded = { files: 3, manifest_sha256: 'c0'.repeat(32) };
    await work.settle(lease, discarded);
    await later.settle(taken, discarded);
    await later.settle(taken, discarded);
    const much_later = store.work({ time: clockAt(NOW + 9 * LEASE), secrets: box });
    expect(await much_later.claimCalledOff(mine)).toBeNull();
    const { rows } = await store.audit.list({ act: 'item.discard' }, PAGE);
    expect(rows).toMatchObject([{ subject_id: lease.item_id, details: { files: 3, attempt: lease.token } }]);
  });

  it('settles nothing of an item that goes on', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    const work = store.work({ time: clockAt(NOW), secrets: box });
    const { lease } = (await claim(work))!;
    await work.settle(lease, { files: 1, manifest_sha256: null });
    await work.check(lease);
    expect((await store.audit.list({ act: 'item.discard' }, PAGE)).rows).toEqual([]);
  });

  it('moves an open item in the queue when the recorder is seen to overwrite sooner', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    const { wanted } = (await store.requests.byId('request-1'))!;
    const HOUR = 3_600_000;
    const offset = { min_ms: -50, max_ms: 50 };
    const look = (hours_ago: number, depth_hours: number) =>
      store.coverage.record({
        ...{ camera_id: 'camera-1', observed_at_ms: NOW - hours_ago * HOUR },
        retained_from_device_ms: NOW - (hours_ago + depth_hours) * HOUR,
        retained_to_device_ms: NOW - hours_ago * HOUR,
      });
    for (const hours_ago of [14, 7, 0]) await look(hours_ago, 48);
    expect(await refreshHorizons(store, 'camera-1', offset)).toBe(1);
    expect((await store.items.byId('item-1'))?.overwrite_at_ms).toBe(wanted.end_ms + 48 * HOUR);
    expect(await refreshHorizons(store, 'camera-1', offset)).toBe(0);
    await store.items.setState('item-1', ['queued'], 'cancelled', { reason: null, at_ms: NOW });
    expect(await store.items.toFetchOf('camera-1')).toEqual([]);
  });
};
