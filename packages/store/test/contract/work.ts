import type { ClockOffsetEstimate, ExtractionResult, Work } from '@minhchung/domain';
import { expect, it } from 'vitest';
import { secretBox } from '../../src/secret-box.ts';
import type { Contract } from './suite.ts';
import {
  agreement,
  box,
  camera,
  clockAt,
  item,
  MINUTE,
  NOW,
  queueItems,
  RECORDER,
  request,
} from './world.ts';

const REASON = { code: 'SOURCE_UNREACHABLE', text: { vi: 'Không kết nối được.', en: 'Cannot be reached.' } };
const LEASE = 10_000;

function archived(item_id: string, attempt = 1): ExtractionResult {
  const span = { start_ms: NOW - 10 * MINUTE, end_ms: NOW - 9 * MINUTE };
  return {
    ...{ outcome: 'archived', attempt_prefix: `${item_id}/${attempt}`, manifest_sha256: 'c0'.repeat(32) },
    ...{ size_bytes: 5_000_000_000, found: [span], gaps: [], reason: null },
  };
}

const claim = (work: Work, worker_id = 'worker-1', networks: string[] | null = null) =>
  work.claim({ worker_id, networks, lease_ms: LEASE });

export const workContract: Contract = (subject) => {
  it('hands out everything a worker needs, with the secret of that one device', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    await store.credentials.set('recorder-1', { username: 'admin', password: 'bí mật' }, box, NOW);
    await store.agreements.create(agreement());
    await store.orders.add({
      id: 'order-1',
      request_id: 'request-1',
      reference: 'Lệnh 7',
      recorded_at_ms: NOW,
    });
    await store.clockSights.addToCamera('camera-1', { id: 'shown-1', name: 'Trên hình', kind: 'camera' });
    const sight: ClockOffsetEstimate = {
      epoch_from_ms: NOW,
      began_as: 'first',
      first_reading_ms: NOW,
      last_reading_ms: NOW,
      readings: 1,
      min_ms: 5_000,
      max_ms: 8_000,
      method: 'photo',
    };
    await store.clockOffsets.save('shown-1', sight);
    const approval = await store.transaction(async (tx) => {
      await tx.decisions.add({
        ...{ id: 'decision-1', request_id: 'request-1', unit_id: 'ward-1', person_id: 'person-2' },
        ...{ account_id: 'account-2', verdict: 'approved', reason: 'đúng', decided_at_ms: NOW },
        approved: null,
      });
      return await tx.audit.append({
        ...{
          at_ms: NOW,
          act: 'request.decide',
          account_id: 'account-2',
          person_id: 'person-2',
          unit_id: 'ward-1',
        },
        ...{ subject_kind: 'request', subject_id: 'request-1', outcome: 'ok', details: {} },
      });
    });
    const assignment = await claim(store.work({ time: clockAt(NOW), secrets: box }));
    expect(assignment).toMatchObject({
      lease: { item_id: 'item-1', worker_id: 'worker-1', token: 1, expires_at_ms: NOW + LEASE },
      camera: camera(1),
      camera_unit: { code: 'P01' },
      recorder: RECORDER,
      clock: { id: 'clock-1' },
      display_clock: { clock: { id: 'shown-1', name: 'Trên hình' }, offsets: [sight] },
      address: { device_url: RECORDER.device_url, username: 'admin', password: 'bí mật' },
      request: { number: 'TX-2026-P01-000001' },
      requester: { badge_number: '001' },
      decisions: [{ verdict: 'approved', person: { badge_number: '002' }, unit: { code: 'P01' } }],
      case: { number: '12/HS' },
      approved: request(1).wanted,
      agreements: [agreement()],
      order: { reference: 'Lệnh 7' },
      approval: { audit_event_id: approval.id, leaf_sha256: approval.leaf_sha256 },
    });
  });

  it('fails an item whose device password cannot be opened, and goes on with the next', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    await store.recorders.create({ ...RECORDER, id: 'recorder-2', code: 'R2' });
    await store.cameras.create(camera(2, { recorder_id: 'recorder-2' }));
    await store.requests.insert(request(2), [item('item-2', 'request-2', 'camera-2')]);
    const other_key = secretBox(new Uint8Array(32).fill(9));
    await store.credentials.set('recorder-1', { username: 'admin', password: 'x' }, other_key, NOW);
    const assignment = await claim(store.work({ time: clockAt(NOW), secrets: box }));
    expect(assignment?.lease.item_id).toBe('item-2');
    expect(await store.items.byId('item-1')).toMatchObject({
      state: 'failed',
      reason: { code: 'SECRET_UNREADABLE' },
    });
  });

  it('hands every item to one worker only, however many ask', async () => {
    const { store } = subject();
    await queueItems(store, 40);
    const work = store.work({
      time: clockAt(NOW),
      secrets: box,
      items_per_recorder: 100,
      items_per_network: 100,
    });
    const worker = async (name: string) => {
      const taken: string[] = [];
      for (let next = await claim(work, name); next !== null; next = await claim(work, name)) {
        taken.push(next.lease.item_id);
      }
      return taken;
    };
    const taken = (await Promise.all(['a', 'b', 'c', 'd'].map(worker))).flat();
    expect(taken).toHaveLength(40);
    expect(new Set(taken).size).toBe(40);
  });

  it('never runs more items at once on one recorder than allowed', async () => {
    const { store } = subject();
    await queueItems(store, 6);
    const work = store.work({ time: clockAt(NOW), secrets: box });
    const claims = await Promise.all(Array.from({ length: 6 }, (_, n) => claim(work, `worker-${n}`)));
    const held = claims.filter((assignment) => assignment !== null);
    expect(held).toHaveLength(2);
    await work.finish(held[0]!.lease, archived(held[0]!.lease.item_id));
    expect(await claim(work)).not.toBeNull();
    expect(await claim(work)).toBeNull();
  });

  it('serves only the networks asked for', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    const work = store.work({ time: clockAt(NOW), secrets: box });
    expect(await claim(work, 'worker-1', ['BOX'])).toBeNull();
    expect(await claim(work, 'worker-1', [])).toBeNull();
    expect(await claim(work, 'worker-1', ['BOX', 'LAN'])).not.toBeNull();
  });

  it('serves first what is overwritten first, urgent items soon, unknown recorders by age', async () => {
    const { store } = subject();
    const wanted = (minutes: number) => ({
      start_ms: NOW - minutes * MINUTE - 1,
      end_ms: NOW - minutes * MINUTE,
    });
    const queue = [
      { overwrite_at_ms: null, change: { wanted: wanted(5) } },
      { overwrite_at_ms: null, change: { wanted: wanted(60) } },
      { overwrite_at_ms: NOW + 60 * MINUTE, change: {} },
      { overwrite_at_ms: null, change: { is_urgent: true } },
      { overwrite_at_ms: NOW + 5 * MINUTE, change: {} },
    ];
    for (const [i, { overwrite_at_ms, change }] of queue.entries()) {
      const n = i + 1;
      await store.cameras.create(camera(n));
      const asked = item(`item-${n}`, `request-${n}`, `camera-${n}`, { overwrite_at_ms });
      await store.requests.insert(request(n, change), [asked]);
    }
    const work = store.work({ time: clockAt(NOW), secrets: box, items_per_recorder: 9 });
    const order: (string | undefined)[] = [];
    for (let i = 0; i < 5; i += 1) order.push((await claim(work))?.lease.item_id);
    expect(order).toEqual(['item-5', 'item-4', 'item-3', 'item-2', 'item-1']);
  });

  it('gives an item whose lease ran out to another worker, with a greater token', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    const time = clockAt(NOW);
    const work = store.work({ time, secrets: box });
    const first = await claim(work, 'worker-1');
    time.now = NOW + LEASE - 1;
    expect(await claim(work, 'worker-2')).toBeNull();
    time.now = NOW + LEASE;
    const second = await claim(work, 'worker-2');
    expect(second?.lease).toMatchObject({ item_id: 'item-1', worker_id: 'worker-2', token: 2 });
    await expect(work.renew(first!.lease, LEASE)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    const progress = { phase: 'cutting', bytes: 1, media_ms: 1 } as const;
    await expect(work.report(first!.lease, progress)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    const late = work.finish(first!.lease, archived('item-1'));
    await expect(late).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(await store.clips.ofItem('item-1')).toBeNull();
    await work.finish(second!.lease, archived('item-1', 2));
    expect(await store.clips.ofItem('item-1')).toMatchObject({
      attempt_prefix: 'item-1/2',
      size_bytes: 5_000_000_000,
    });
  });

  it('keeps a renewed lease', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    const time = clockAt(NOW);
    const work = store.work({ time, secrets: box });
    const first = await claim(work);
    time.now = NOW + LEASE - 1;
    const renewed = await work.renew(first!.lease, LEASE);
    expect(renewed.expires_at_ms).toBe(NOW + 2 * LEASE - 1);
    time.now = NOW + LEASE;
    expect(await claim(work, 'worker-2')).toBeNull();
  });

  it('tells a worker that its item was cancelled or refused', async () => {
    const { store } = subject();
    await queueItems(store, 2);
    const work = store.work({ time: clockAt(NOW), secrets: box });
    for (const state of ['cancelled', 'refused']) {
      const { lease } = (await claim(work))!;
      await store.items.setState(lease.item_id, ['running'], state, { reason: null, at_ms: NOW });
      await expect(work.renew(lease, LEASE)).rejects.toMatchObject({ code: 'CANCELLED' });
      await expect(work.finish(lease, archived(lease.item_id))).rejects.toMatchObject({ code: 'CANCELLED' });
      expect((await store.items.byId(lease.item_id))?.state).toBe(state);
    }
  });

  it('ends a claim once: state, clip, audit event and the closing of the request together', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    const work = store.work({ time: clockAt(NOW), secrets: box });
    const { lease } = (await claim(work))!;
    await work.report(lease, { phase: 'archiving', bytes: 10.4, media_ms: 60_000 });
    for (let i = 0; i < 3; i += 1) await work.finish(lease, archived('item-1'));
    expect(await store.items.byId('item-1')).toMatchObject({
      ...{ state: 'archived', delivered_at_ms: NOW, attempts: 1 },
      progress: { phase: 'archiving', bytes: 10, media_ms: 60_000 },
    });
    expect((await store.requests.byId('request-1'))?.state).toBe('closed');
    const { rows } = await store.audit.list({}, { limit: 10, after: null });
    expect(rows.map(({ act, subject_id, unit_id }) => [act, subject_id, unit_id])).toEqual([
      ['request.close', 'request-1', 'ward-1'],
      ['item.finish', 'item-1', 'ward-1'],
    ]);
    expect(rows[1]!.details).toMatchObject({
      outcome: 'archived',
      attempt: 1,
      manifest_sha256: 'c0'.repeat(32),
    });
  });

  it('closes the request when its last two items end at the same moment', async () => {
    const { store } = subject();
    for (const n of [1, 2]) await store.cameras.create(camera(n));
    const items = [1, 2].map((n) => item(`item-${n}`, 'request-1', `camera-${n}`));
    await store.requests.insert(request(1), items);
    const work = store.work({ time: clockAt(NOW), secrets: box });
    const leases = [(await claim(work, 'a'))!.lease, (await claim(work, 'b'))!.lease];
    await Promise.all(leases.map((lease) => work.finish(lease, archived(lease.item_id))));
    expect((await store.requests.byId('request-1'))?.state).toBe('closed');
    const closings = await store.audit.list({ act: 'request.close' }, { limit: 10, after: null });
    expect(closings.rows).toHaveLength(1);
  });

  it('leaves nothing behind when ending fails half-way', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    const work = store.work({ time: clockAt(NOW), secrets: box });
    const { lease } = (await claim(work))!;
    const broken = { ...archived('item-1'), manifest_sha256: 'short' };
    await expect(work.finish(lease, broken as ExtractionResult)).rejects.toThrow();
    expect((await store.items.byId('item-1'))?.state).toBe('running');
    await work.finish(lease, archived('item-1'));
  });

  it('takes a waiting or retried item up again when its time has come, not before', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    const time = clockAt(NOW);
    const work = store.work({ time, secrets: box });
    for (const [outcome, state] of [
      ['waiting', 'waiting'],
      ['retry', 'queued'],
    ] as const) {
      const { lease } = (await claim(work))!;
      const not_before_ms = time.now + MINUTE;
      await work.finish(lease, { outcome, reason: REASON, not_before_ms });
      await work.finish(lease, { outcome, reason: REASON, not_before_ms });
      expect(await store.items.byId('item-1')).toMatchObject({ state, reason: REASON, not_before_ms });
      time.now = not_before_ms - 1;
      expect(await claim(work)).toBeNull();
      time.now = not_before_ms;
    }
    expect((await claim(work))?.lease.token).toBe(3);
    expect((await store.requests.byId('request-1'))?.state).toBe('approved');
  });
};
