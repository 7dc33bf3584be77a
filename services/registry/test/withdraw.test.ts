import type { ExtractionRequest, ItemState } from '@minhchung/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withdrawAgreement } from '../src/withdraw-agreement.ts';
import { GOOD_ROW, register } from './register.ts';
import { createWorld, NOW_MS, type World } from './world.ts';

const OPEN: readonly ItemState[] = ['awaiting_decision', 'approved', 'queued', 'waiting', 'failed'];

let world: World;
beforeEach(async () => {
  world = await createWorld();
  const other = {
    camera_code: 'HG-02',
    owner_name: 'Trần Văn Bình',
    device_url: 'http://192.168.1.21/onvif',
  };
  await world.run(register([GOOD_ROW, { ...GOOD_ROW, ...other }]));
  const opened = { opened_at_ms: NOW_MS, closed_at_ms: null, incident_ids: [] };
  const about = { number: '12/HS', is_provisional: false, title: 'Trộm xe' };
  await world.store.cases.create({ id: 'CASE', unit_id: 'HT', ...about, ...opened });
});
afterEach(() => world.close());

const cameraOf = async (code: string) => (await world.store.cameras.byCode(code))!;

/** Files an approved request of number `n` with one item per state, for the cameras in turn. */
async function ask(
  n: number,
  items: readonly { readonly id: string; readonly camera: string; readonly state: ItemState }[],
  change: Partial<ExtractionRequest> = {},
): Promise<void> {
  const request: ExtractionRequest = {
    ...{ id: `R-${n}`, number: `TX-2026-HT-00000${n}`, unit_id: 'HT', case_id: 'CASE' },
    ...{ requester_person_id: 'P1', requester_account_id: 'A1', purpose: 'incident', reason: 'mất xe máy' },
    ...{ wanted: { start_ms: NOW_MS - 120_000, end_ms: NOW_MS - 60_000 }, is_urgent: false },
    wants_audio: false,
    ...{ legal_basis: 'criminal_procedure', legal_reference: null, state: 'approved' },
    submitted_at_ms: NOW_MS,
    ...change,
  };
  const none = { reason: null, attempts: 0, delivered_at_ms: null, overwrite_at_ms: null };
  const rows = [];
  for (const { id, camera, state } of items) {
    const { id: camera_id } = await cameraOf(camera);
    rows.push({ id, request_id: request.id, camera_id, state, updated_at_ms: NOW_MS, ...none });
  }
  await world.store.requests.insert(request, rows);
}

const withdraw = async (code: string) =>
  withdrawAgreement(world)(world.actor, await cameraOf(code), 'Chủ nhà yêu cầu');

const stateOf = async (id: string) => (await world.store.items.byId(id))!.state;

const trail = async () => (await world.store.audit.list({}, { limit: 100, after: null })).rows;

describe("an owner's withdrawal", () => {
  test.each(OPEN)('cancels an item that is %s, with the reason in both languages', async (state) => {
    await ask(1, [{ id: 'I-1', camera: 'HG-01', state }]);
    await withdraw('HG-01');
    const { reason, ...item } = (await world.store.items.byId('I-1'))!;
    expect(item.state).toBe('cancelled');
    expect(reason).toMatchObject({ code: 'AGREEMENT_WITHDRAWN' });
    expect(reason!.text.vi).not.toBe(reason!.text.en);
  });

  test('reaches a worker that is at it when it next renews its lease', async () => {
    await ask(1, [{ id: 'I-1', camera: 'HG-01', state: 'queued' }]);
    const work = world.store.work({ time: world.time, secrets: world.secrets });
    const claim = await work.claim({ worker_id: 'W', networks: null, lease_ms: 10_000 });
    await withdraw('HG-01');
    await expect(work.renew(claim!.lease, 10_000)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test('closes requests that have nothing left to come, and leaves the others open', async () => {
    await ask(1, [{ id: 'I-1', camera: 'HG-01', state: 'queued' }]);
    await ask(2, [
      { id: 'I-2', camera: 'HG-01', state: 'queued' },
      { id: 'I-3', camera: 'HG-02', state: 'queued' },
    ]);
    await withdraw('HG-01');
    expect((await world.store.requests.byId('R-1'))!.state).toBe('closed');
    expect((await world.store.requests.byId('R-2'))!.state).toBe('approved');
    expect(await stateOf('I-3')).toBe('queued');
  });

  test('is on the trail with every item it cancelled and every request it closed', async () => {
    await ask(1, [{ id: 'I-1', camera: 'HG-01', state: 'queued' }]);
    await withdraw('HG-01');
    const events = (await trail()).slice(0, 3).reverse();
    expect(events.map(({ act, subject_id, account_id }) => [act, subject_id, account_id])).toEqual([
      ['agreement.withdraw', expect.any(String), 'A1'],
      ['item.cancel', 'I-1', 'A1'],
      ['request.close', 'R-1', 'A1'],
    ]);
    expect(events[1]!.details).toMatchObject({ camera: 'HG-01', reason: 'AGREEMENT_WITHDRAWN' });
  });

  test('does not touch what a lawful order asks for, nor what has its outcome', async () => {
    const order = { legal_basis: 'lawful_order', legal_reference: 'Lệnh 7' } as const;
    await ask(1, [{ id: 'I-1', camera: 'HG-01', state: 'queued' }], order);
    await ask(2, [{ id: 'I-2', camera: 'HG-01', state: 'archived' }], { state: 'closed' });
    await withdraw('HG-01');
    expect([await stateOf('I-1'), await stateOf('I-2')]).toEqual(['queued', 'archived']);
  });

  test('that is refused as a second one cancels nothing', async () => {
    await withdraw('HG-01');
    await ask(1, [{ id: 'I-1', camera: 'HG-01', state: 'queued' }]);
    await expect(withdraw('HG-01')).rejects.toMatchObject({ code: 'AGREEMENT_WITHDRAWN' });
    expect(await stateOf('I-1')).toBe('queued');
  });
});
