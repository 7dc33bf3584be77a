import type { Mailer, MailMessage } from '@minhchung/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { announceItems } from '../../src/owners/announce-items.ts';
import { deliverLetters } from '../../src/owners/deliver-letters.ts';
import { createOwnersWorld, DAY_MS, NOW_MS, type OwnersWorld } from './world.ts';

let world: OwnersWorld;
let sent: MailMessage[];
beforeEach(async () => {
  world = await createOwnersWorld();
  sent = [];
  await world.agree();
  await world.store.ownerLinks.setEmail('OWNER', 'hoa@example.vn', NOW_MS);
});
afterEach(() => world.close());

const mailer: Mailer = {
  async send(message) {
    sent.push(message);
    return { kind: 'sent' };
  },
  async close() {},
};
const announce = () => announceItems(world.deps)(world.time.now_ms());
const deliver = () => deliverLetters({ ...world.deps, mailer })();

/** Opens the owner's page and returns its cookie. */
async function session(): Promise<string> {
  await world.post(
    '/api/cameras/CAMERA/owner-links',
    { kind: 'owner_page', by_hand: true },
    world.technician,
  );
  const answer = await world.form(`/chu-camera/${await world.newestToken()}`, { answer: 'open' });
  return String(answer.headers['set-cookie']).split(';')[0]!;
}

async function delay(item_id: string, until_ms: number): Promise<void> {
  const { request_id } = (await world.store.items.byId(item_id))!;
  const { requester_person_id: person_id, requester_account_id: account_id } =
    (await world.store.requests.byId(request_id))!;
  const who = { decision_id: null, person_id, account_id };
  await world.store.noticeDelays.add({
    ...{ id: world.deps.newId(), request_id, until_ms, reason: 'LÝ-DO-MẬT', ...who },
    recorded_at_ms: world.time.now_ms(),
  });
}

describe('a request of which telling the owner is delayed', () => {
  const order = { legal_basis: 'lawful_order', legal_reference: 'Lệnh số 12/2026' } as const;

  test('is on no page until the delay is over, and the reason never is', async () => {
    const id = await world.ask('queued', order, null);
    await delay(id, NOW_MS + 60_000);
    const cookie = await session();
    const shown = async () => (await world.get('/api/owner/page', cookie)).body;
    const page = async () => (await world.get('/chu-camera', cookie)).body;
    expect([await shown(), await page()].join()).not.toContain(id);
    expect(await page()).not.toContain('lệnh');
    world.time.advance(60_000);
    expect(await shown()).toContain(id);
    expect([await shown(), await page()].join()).not.toContain('LÝ-DO-MẬT');
  });

  test('is in no letter until then, though it waits for an answer', async () => {
    const id = await world.ask('approved');
    await delay(id, NOW_MS + DAY_MS);
    expect(await announce()).toBe(0);
    world.time.advance(DAY_MS);
    expect(await announce()).toBe(1);
    expect(await deliver()).toBe(1);
  });

  test('stops a letter that is on its way, which is written anew afterwards', async () => {
    const id = await world.ask('approved');
    await announce();
    await delay(id, NOW_MS + DAY_MS);
    expect([await deliver(), await announce(), sent.length]).toEqual([0, 0, 0]);
    world.time.advance(DAY_MS);
    expect([await announce(), await deliver()]).toEqual([1, 1]);
  });

  test('is not answered by who guesses it: the answer is that of an item that does not exist', async () => {
    const id = await world.ask('approved');
    await delay(id, NOW_MS + 60_000);
    const cookie = await session();
    const answer = async (item_id: string) => {
      const url = `/api/owner/items/${item_id}/answer`;
      return (
        await world.send({ method: 'POST', url, payload: { verdict: 'accepted' }, session: cookie })
      ).json();
    };
    const hidden = await answer(id);
    expect(hidden.code).toBe('NOTHING_TO_ANSWER');
    expect(hidden.message).toEqual((await answer(world.deps.newId())).message);
  });
});

describe('letters about waiting requests', () => {
  test('several waiting items make one letter', async () => {
    for (let n = 0; n < 3; n += 1) await world.ask('approved');
    expect([await announce(), await announce()]).toEqual([1, 0]);
    expect(await deliver()).toBe(1);
    expect(sent).toHaveLength(1);
  });

  test('another item makes none while the earlier link still opens the page, and one when it was used', async () => {
    await world.ask('approved');
    await announce();
    await deliver();
    const token = await world.newestToken();
    await world.ask('approved');
    expect(await announce()).toBe(0);
    await world.form(`/chu-camera/${token}`, { answer: 'open' });
    await world.ask('approved');
    expect(await announce()).toBe(1);
  });

  test('a day later another item is worth another letter', async () => {
    await world.ask('approved');
    await announce();
    await deliver();
    world.time.advance(DAY_MS + 1);
    await world.ask('approved');
    expect(await announce()).toBe(1);
  });

  test('is not sent when nobody waits any more', async () => {
    const id = await world.ask('approved');
    await announce();
    await world.store.items.setState(id, ['approved'], 'cancelled', { reason: null, at_ms: NOW_MS });
    expect(await deliver()).toBe(0);
  });
});
