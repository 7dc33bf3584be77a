import type { ExtractionResult } from '@minhchung/domain';
import { expect, it } from 'vitest';
import { secretBox } from '../../src/secret-box.ts';
import type { Contract } from './suite.ts';
import { box, clockAt, MINUTE, NOW, queueItems } from './world.ts';

const ACCOUNT = { username: 'admin', password: 'nhập theo lệnh' };
const REASON = { code: 'SOURCE_REFUSED', text: { vi: 'x', en: 'x' } };
const claim = { worker_id: 'worker-1', networks: null, lease_ms: 10_000 };

export const orderAccountsContract: Contract = (subject) => {
  it('hands an account entered for one item to whoever claims that item, and to no other', async () => {
    const { store } = subject();
    await queueItems(store, 2);
    await store.itemCredentials.set('item-1', ACCOUNT, box, NOW);
    const work = store.work({ time: clockAt(NOW), secrets: box });
    expect((await work.claim(claim))?.address).toMatchObject(ACCOUNT);
    expect((await work.claim(claim))?.address).toMatchObject({ username: null, password: null });
    const other = secretBox(new Uint8Array(32).fill(8));
    await expect(store.itemCredentials.open('item-1', other)).rejects.toMatchObject({
      code: 'SECRET_UNREADABLE',
    });
  });

  it.each<[string, boolean, ExtractionResult]>([
    ['waits', true, { outcome: 'waiting', reason: REASON, not_before_ms: NOW + MINUTE }],
    ['is tried again', true, { outcome: 'retry', reason: REASON, not_before_ms: NOW + MINUTE }],
    ['found nothing', false, { outcome: 'no_footage', reason: REASON }],
    ['failed', false, { outcome: 'failed', reason: REASON }],
  ] as [string, boolean, ExtractionResult][])(
    'keeps it only as long as the item has a use for it: it %s',
    async (_how, is_kept, result) => {
      const { store } = subject();
      await queueItems(store, 1);
      await store.itemCredentials.set('item-1', ACCOUNT, box, NOW);
      const work = store.work({ time: clockAt(NOW), secrets: box });
      await work.finish((await work.claim(claim))!.lease, result);
      expect(await store.itemCredentials.open('item-1', box)).toEqual(is_kept ? ACCOUNT : null);
    },
  );

  it('destroys it when the item is cancelled, alone or with its request', async () => {
    const { store } = subject();
    await queueItems(store, 2);
    for (const n of [1, 2]) await store.itemCredentials.set(`item-${n}`, ACCOUNT, box, NOW);
    const change = { reason: null, at_ms: NOW };
    await store.items.setState('item-1', ['queued'], 'cancelled', change);
    await store.items.setStateOfRequest('request-2', ['queued'], 'refused', change);
    for (const n of [1, 2]) expect(await store.itemCredentials.open(`item-${n}`, box)).toBeNull();
  });
};
