import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '@minhchung/domain';
import { openSecretBox } from '@minhchung/store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seedItem } from '../../extraction/test/seed.ts';
import { runForTest } from './run-command.ts';
import { createWorld, NOW_MS, trailOf, type World } from './world.ts';

let folder: string;
let world: World;
let item_id: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'items-command-'));
  world = await createWorld({ env: { MINHCHUNG_DATA_DIR: folder } });
  world.time.advance(Date.now() - NOW_MS);
  const now_ms = Date.now();
  const secrets = await openSecretBox(join(folder, 'secrets.key'));
  item_id = await seedItem(world.store, secrets, {
    recorder: { kind: 'onvif', device_url: 'http://127.0.0.1/onvif/device_service', folder: null },
    ...{ source_token: null, credentials: null, offset: null },
    wanted: { start_ms: now_ms - 60_000, end_ms: now_ms - 30_000 },
  });
  const work = world.store.work({ time: { now_ms: () => now_ms }, secrets });
  const { lease } = (await work.claim({ worker_id: 'w', networks: null, lease_ms: 60_000 }))!;
  const refused = new CodedError('SOURCE_REFUSED', { address: '192.168.1.20' });
  await work.finish(lease, { outcome: 'failed', reason: { code: refused.code, text: refused.texts } });
  const { unit_id } = (await world.store.requests.byId((await item())!.request_id))!;
  await world.addAccount('an', [{ role: 'officer', unit_id }]);
  await world.addAccount('xa', [{ role: 'officer', unit_id: world.other_ward.id }]);
  await world.addAccount('quan-sat', [{ role: 'auditor', unit_id }]);
});
afterEach(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const item = () => world.store.items.byId(item_id);
const items = (...args: string[]) => runForTest(['items', ...args], { MINHCHUNG_DATA_DIR: folder });

describe('minhchung items', () => {
  test('tells a person what stopped, why, and what to do next, in both languages', async () => {
    const { code, out } = await items();
    expect(code).toBe(0);
    expect(out).toContain(item_id);
    expect(out).toContain('192.168.1.20');
    expect(out).toContain('→ Nhập lại tài khoản của đầu ghi, rồi thử lại.');
    expect(out).toContain('→ Enter the account of the recorder anew, then try again.');
  });

  test('tells a program the same, of one unit where it is asked for one', async () => {
    const shown = { items: [{ id: item_id, reason: { code: 'SOURCE_REFUSED' }, attempts: 1 }] };
    expect((await items('--json')).json()).toMatchObject(shown);
    expect((await items('--unit', 'HT', '--json')).json()).toEqual({ items: [] });
    expect((await items('--unit', 'HT')).out).toContain('No item waits for a person.');
  });

  test('tries one again, once, under the name of who asks', async () => {
    const retried = await items('retry', item_id, '--account', 'an');
    expect([retried.code, retried.out]).toEqual([
      0,
      expect.stringContaining(`It is tried again: ${item_id}`),
    ]);
    expect(await item()).toMatchObject({ state: 'queued', attempts_forgiven: 1 });
    const details = { performed_by: 'command', reason: 'SOURCE_REFUSED' };
    expect((await trailOf(world.store))[0]).toMatchObject({ act: 'item.retry', details });
    expect((await items('retry', item_id, '--account', 'an')).err).toContain('STATE_CONFLICT');
  });

  test('gives one up with a reason', async () => {
    expect((await items('give-up', item_id, '--account', 'an', '--reason', ' ')).err).toContain(
      'TEXT_MISSING',
    );
    const given_up = await items('give-up', item_id, '--account', 'an', '--reason', 'Đầu ghi hỏng', '--json');
    expect(given_up.json()).toEqual({ id: item_id });
    expect(await item()).toMatchObject({ state: 'not_obtained', reason: { code: 'ITEM_GIVEN_UP' } });
  });

  test.each([
    ['an account that is none', ['--account', 'ai'], 'NOT_FOUND'],
    ['an officer of another ward', ['--account', 'xa'], 'FORBIDDEN_UNIT'],
    ['somebody who only looks', ['--account', 'quan-sat'], 'FORBIDDEN'],
  ])('refuses %s, and nothing changes', async (_, args, says) => {
    const before = await item();
    for (const act of [['retry'], ['give-up', '--reason', 'x']]) {
      const { code, err } = await items(act[0]!, item_id, ...act.slice(1), ...args);
      expect(code).not.toBe(0);
      expect(err).toContain(says);
    }
    expect(await item()).toEqual(before);
  });

  test('refuses a line without a name, and an item that is none', async () => {
    expect((await items('retry', item_id)).code).toBe(2);
    expect((await items('give-up', item_id, '--account', 'an')).code).toBe(2);
    expect((await items('retry', 'none', '--account', 'an')).err).toContain('NOT_FOUND');
  });
});
