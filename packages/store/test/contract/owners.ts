import type { Attestation, Registration } from '@minhchung/domain';
import { expect, it } from 'vitest';
import type { OutboxEntry, Store } from '../../src/index.ts';
import type { Contract } from './suite.ts';
import { agreement, camera, item, MINUTE, NOW, PAGE, request } from './world.ts';

const DAY = 86_400_000;
const hash = (n: number) => String(n).repeat(64).slice(0, 64);

function registration(n: number, change: Partial<Registration> = {}): Registration {
  return {
    ...{ id: `registration-${n}`, unit_id: 'ward-1', state: 'waiting', submitted_at_ms: NOW },
    ...{ name: 'Lê Thị Hoa', phone: '0912 345 678', email: 'hoa@example.vn', address: 'Ngõ 5' },
    position: { latitude_deg: 19.8067, longitude_deg: 105.7768 },
    ...{ looks_at: 'Cổng và ngõ', maker: null, mode: 'ask_first', purposes: ['incident'] },
    allows_audio: true,
    hours: { from_minute: 1320, to_minute: 360 },
    ...{ decided_at_ms: null, decided_by_person_id: null, decline_reason: null, camera_id: null },
    ...change,
  };
}

async function owner(store: Store): Promise<void> {
  await store.owners.create({ id: 'owner-1', name: 'Lê Thị Hoa', phone: null, address: null });
  await store.cameras.create(camera(1, { kind: 'household', owner_id: 'owner-1' }));
}

async function link(store: Store, id = 'link-1', change: object = {}): Promise<void> {
  const times = { created_at_ms: NOW, expires_at_ms: NOW + DAY, ended_at_ms: null };
  const about = { kind: 'owner_page', owner_id: 'owner-1', agreement_id: null } as const;
  await store.ownerLinks.create({ id, ...about, token_sha256: hash(id.length), ...times, ...change });
}

function entry(n: number, change: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    ...{ id: `entry-${n}`, dedupe_key: `key-${n}`, kind: 'owner_page', link_id: 'link-1' },
    ...{ owner_id: 'owner-1', unit_id: 'ward-1', state: 'due', attempts: 0, not_before_ms: NOW },
    ...{ lease_until_ms: 0, created_at_ms: NOW, ended_at_ms: null, last_reason: null },
    ...change,
  };
}

function word(id: string, at_ms: number, change: Partial<Attestation> = {}): Attestation {
  const who = { person_id: 'person-1', note: null };
  return { id, camera_id: 'camera-1', kind: 'visit', at_ms, works: true, ...who, ...change };
}

export const ownersContract: Contract = (subject) => {
  it('gives back a registration as it was put in, and takes the same submission once', async () => {
    const { store } = subject();
    const added = [
      await store.registrations.add(registration(1), hash(1)),
      await store.registrations.add(registration(2), hash(1)),
      await store.registrations.add(registration(3, { position: null, hours: null }), hash(3)),
    ];
    expect(added).toEqual([true, false, true]);
    expect(await store.registrations.byId('registration-1')).toEqual(registration(1));
    const waiting = await store.registrations.list({ unit_ids: ['ward-1'], state: 'waiting' }, PAGE);
    expect(waiting.rows.map(({ id }) => id)).toEqual(['registration-1', 'registration-3']);
    expect((await store.registrations.list({ unit_ids: ['ward-2'] }, PAGE)).rows).toEqual([]);
  });

  it('decides a registration once, of many who try at the same time', async () => {
    const { store } = subject();
    await store.registrations.add(registration(1), hash(1));
    const decision = { state: 'declined', at_ms: NOW, person_id: 'person-1', reason: 'trùng' } as const;
    const tries = Array.from({ length: 5 }, () => store.registrations.decide('registration-1', decision));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    expect(await store.registrations.byId('registration-1')).toMatchObject({
      ...{ state: 'declined', decline_reason: 'trùng', decided_by_person_id: 'person-1', camera_id: null },
    });
  });

  it('counts submissions by origin and in all, and forgets old ones', async () => {
    const { store } = subject();
    const count = (origin: string, at_ms: number) =>
      store.registrations.countSubmission(origin, at_ms, at_ms - DAY);
    await count('a', NOW - 2 * DAY);
    await count('a', NOW - MINUTE);
    await count('b', NOW);
    expect(await store.registrations.submissionsSince(NOW - DAY)).toBe(2);
    expect(await store.registrations.submissionsSince(NOW - DAY, 'a')).toBe(1);
    expect(await store.registrations.submissionsSince(0)).toBe(2);
  });

  it('lets a link end once, and never after its time', async () => {
    const { store } = subject();
    await owner(store);
    await link(store);
    const tries = Array.from({ length: 5 }, () => store.ownerLinks.end('link-1', NOW));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    await link(store, 'link-22', { expires_at_ms: NOW });
    expect(await store.ownerLinks.end('link-22', NOW)).toBe(false);
  });

  it('keeps the session of an owner until its time, and the address until it is removed', async () => {
    const { store } = subject();
    await owner(store);
    const session = { token_sha256: hash(9), owner_id: 'owner-1', created_at_ms: NOW };
    await store.ownerLinks.openSession({ ...session, expires_at_ms: NOW + 1 });
    expect((await store.ownerLinks.findSession(hash(9), NOW))?.owner_id).toBe('owner-1');
    expect(await store.ownerLinks.findSession(hash(9), NOW + 1)).toBeNull();
    for (const email of ['a@b.vn', 'c@d.vn']) await store.ownerLinks.setEmail('owner-1', email, NOW);
    expect(await store.ownerLinks.emailOf('owner-1')).toBe('c@d.vn');
    expect(await store.ownerLinks.ownersByEmail('c@d.vn', 5)).toEqual(['owner-1']);
    await store.ownerLinks.setEmail('owner-1', null, NOW);
    expect(await store.ownerLinks.emailOf('owner-1')).toBeNull();
  });

  it('gives an entry of the outbox to one of many, and to another when its lease is over', async () => {
    const { store } = subject();
    await owner(store);
    await link(store);
    expect(await store.outbox.add(entry(1))).toBe(true);
    expect(await store.outbox.add(entry(2, { dedupe_key: 'key-1' }))).toBe(false);
    const claims = await Promise.all(Array.from({ length: 5 }, () => store.outbox.claim(NOW, NOW + MINUTE)));
    expect(claims.filter((one) => one !== null)).toMatchObject([{ id: 'entry-1', attempts: 1 }]);
    expect(await store.outbox.claim(NOW + MINUTE - 1, NOW + 2 * MINUTE)).toBeNull();
    expect(await store.outbox.claim(NOW + MINUTE, NOW + 2 * MINUTE)).toMatchObject({ attempts: 2 });
    expect(await store.outbox.finish('entry-1', 1, { state: 'sent', at_ms: NOW })).toBe(false);
    expect(await store.outbox.finish('entry-1', 2, { state: 'sent', at_ms: NOW })).toBe(true);
    expect(await store.outbox.claim(NOW + DAY, NOW + 2 * DAY)).toBeNull();
  });

  it('lists what a person has to carry, hands it over once, and drops what ended', async () => {
    const { store } = subject();
    await owner(store);
    await link(store);
    await link(store, 'link-22');
    for (const n of [1, 2]) await store.outbox.add(entry(n, { state: 'by_hand' }));
    await store.outbox.add(entry(3, { link_id: 'link-22' }));
    const waiting = async () => (await store.outbox.listByHand(['ward-1'], PAGE)).rows.map(({ id }) => id);
    expect(await waiting()).toEqual(['entry-1', 'entry-2']);
    expect(await store.outbox.handOver('entry-1', NOW)).toBe(true);
    expect(await store.outbox.handOver('entry-1', NOW)).toBe(false);
    await store.ownerLinks.end('link-1', NOW);
    expect(await store.outbox.dropEnded(NOW)).toBe(1);
    expect(await waiting()).toEqual([]);
    expect(await store.outbox.byId('entry-3')).toMatchObject({ state: 'due' });
  });

  it('tells the newest word on each camera at a moment', async () => {
    const { store } = subject();
    for (const n of [1, 2]) await store.cameras.create(camera(n));
    await store.attestations.add(word('a', NOW - DAY));
    await store.attestations.add(word('b', NOW, { works: false }));
    await store.attestations.add(word('c', NOW, { kind: 'upload', person_id: null }));
    const ids = async (at_ms: number) =>
      (await store.attestations.newest(['camera-1', 'camera-2'], at_ms)).map(({ id }) => id);
    expect(await ids(NOW)).toEqual(['c']);
    expect(await ids(NOW - 1)).toEqual(['a']);
    expect(await ids(NOW - 2 * DAY)).toEqual([]);
    const recent = await store.attestations.recent(['camera-1', 'camera-2'], 2);
    expect([...recent].map(([id, words]) => [id, words.map((one) => one.id)])).toEqual([
      ['camera-1', ['c', 'b']],
    ]);
    expect((await store.attestations.history('camera-1', PAGE)).rows[1]).toEqual(
      word('b', NOW, { works: false }),
    );
  });

  it('finds owner-only cameras whose state outlived the word or the poll it rests on', async () => {
    const { store } = subject();
    const reach = 'owner_only' as const;
    for (const n of [1, 2, 3, 4]) await store.cameras.create(camera(n, { reach }));
    await store.cameras.create(camera(5));
    for (const n of [1, 5]) await store.observations.record(`camera-${n}`, 'online', 'attested_visit', NOW);
    await store.observations.record('camera-2', 'online', 'attested_owner', NOW + 1);
    await store.observations.record('camera-3', 'offline', 'timeout', NOW + 1);
    await store.observations.record('camera-4', 'unknown', 'attestation_old', NOW);
    expect(await store.attestations.outlived(NOW, 5)).toEqual(['camera-1', 'camera-3']);
  });

  it('finds items that wait for an owner nobody wrote to, and takes one answer', async () => {
    const { store } = subject();
    await owner(store);
    const reason = { code: 'OWNER_ASKS_FIRST', text: { vi: 'chờ', en: 'wait' } };
    const asked = item('item-1', 'request-1', 'camera-1', { state: 'approved', reason });
    await store.requests.insert(request(1), [asked]);
    const found = { item_id: 'item-1', owner_id: 'owner-1', unit_id: 'ward-1' };
    expect(await store.ownersWord.unannounced(NOW, 5)).toEqual([found]);
    await link(store);
    await store.outbox.add(entry(1, { kind: 'item_to_answer' }));
    expect(await store.ownersWord.announce('item-1', 'entry-1')).toBe(true);
    expect(await store.ownersWord.announce('item-1', 'entry-1')).toBe(false);
    expect(await store.ownersWord.unannounced(NOW, 5)).toEqual([]);
    await store.ownersWord.forgetAnnouncement('entry-1');
    expect(await store.ownersWord.unannounced(NOW, 5)).toEqual([found]);
    const answer = { item_id: 'item-1', owner_id: 'owner-1', verdict: 'accepted', reason: null } as const;
    expect(await store.ownersWord.addAnswer({ ...answer, at_ms: NOW })).toBe(true);
    expect(await store.ownersWord.addAnswer({ ...answer, at_ms: NOW, verdict: 'refused' })).toBe(false);
    expect(await store.ownersWord.answerTo('item-1')).toEqual({ ...answer, at_ms: NOW });
  });

  it('keeps items silent while telling is delayed, also in a letter that is on its way', async () => {
    const { store } = subject();
    await owner(store);
    const reason = { code: 'OWNER_ASKS_FIRST', text: { vi: 'chờ', en: 'wait' } };
    await store.requests.insert(request(1), [
      item('item-1', 'request-1', 'camera-1', { state: 'approved', reason }),
    ]);
    await link(store);
    await store.outbox.add(entry(1, { kind: 'item_to_answer' }));
    await store.ownersWord.announce('item-1', 'entry-1');
    const tells = (at_ms: number) => store.ownersWord.tellsOfWaiting('entry-1', at_ms);
    expect(await tells(NOW)).toBe(true);
    const delay = { request_id: 'request-1', decision_id: null, reason: 'nghi can', person_id: 'person-1' };
    const first = {
      ...delay,
      id: 'delay-1',
      until_ms: NOW + DAY,
      account_id: 'account-1',
      recorded_at_ms: NOW,
    };
    const longer = { ...first, id: 'delay-2', until_ms: NOW + 2 * DAY, recorded_at_ms: NOW + 1 };
    await store.noticeDelays.add(longer);
    await store.noticeDelays.add(first);
    expect(await store.noticeDelays.ofRequest('request-1')).toEqual([first, longer]);
    expect([await tells(NOW + DAY), await tells(NOW + 2 * DAY)]).toEqual([false, true]);
    await store.ownersWord.forgetAnnouncement('entry-1');
    expect(await store.ownersWord.unannounced(NOW + DAY, 5)).toEqual([]);
    expect(await store.ownersWord.unannounced(NOW + 2 * DAY, 5)).toHaveLength(1);
    const totals = async (now_ms?: number) => {
      const counts = await store.counts.totals(now_ms === undefined ? {} : { now_ms });
      return [counts.requests, counts.notices_delayed, counts.notices_still_delayed];
    };
    expect(await totals(NOW)).toEqual([1, 1, 1]);
    expect(await totals(NOW + 2 * DAY)).toEqual([1, 1, 0]);
    const later = { start_ms: NOW + 2, end_ms: NOW + DAY };
    expect(await store.counts.totals({ span: later })).toMatchObject({ notices_delayed: 0 });
  });

  it('knows the letter whose link an owner can still open', async () => {
    const { store } = subject();
    await owner(store);
    await link(store);
    await store.outbox.add(entry(1, { kind: 'item_to_answer' }));
    const open = (from_ms: number, now_ms: number) =>
      store.ownersWord.openItemLetter('owner-1', from_ms, now_ms);
    expect(await open(NOW, NOW)).toBe('entry-1');
    expect(await open(NOW + 1, NOW + 1)).toBeNull();
    expect(await open(NOW, NOW + DAY)).toBeNull();
    await store.ownerLinks.end('link-1', NOW);
    expect(await open(NOW, NOW)).toBeNull();
  });

  it('finds agreements nobody confirmed: the last word on cameras in use only', async () => {
    const { store } = subject();
    await owner(store);
    const old = { confirmed_at_ms: NOW - 400 * DAY, valid_from_ms: NOW - 400 * DAY };
    await store.agreements.create(agreement({ id: 'agreement-1', ...old }));
    const found = async () =>
      (await store.ownersWord.unconfirmedSince(NOW - 350 * DAY, NOW, PAGE)).rows.map(({ id }) => id);
    expect(await found()).toEqual(['agreement-1']);
    await store.agreements.create(agreement({ id: 'agreement-2', valid_from_ms: NOW + DAY }));
    expect(await found()).toEqual(['agreement-1']);
    await store.agreements.create(agreement({ id: 'agreement-3', valid_from_ms: NOW - DAY }));
    expect(await found()).toEqual([]);
    expect(await store.ownersWord.confirm('agreement-1', NOW)).toBe(true);
    expect(await store.agreements.byId('agreement-1')).toMatchObject({ confirmed_at_ms: NOW });
    await store.agreements.withdraw('agreement-1', NOW);
    expect(await store.ownersWord.confirm('agreement-1', NOW)).toBe(false);
  });
};
