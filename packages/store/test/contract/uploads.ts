import type { Upload, UploadCheck } from '@minhchung/domain';
import { expect, it } from 'vitest';
import type { Store, StoredUploadLink } from '../../src/index.ts';
import type { Contract } from './suite.ts';
import { MINUTE, NOW, PAGE, queueItems } from './world.ts';

const DAY = 86_400_000;
const hash = (n: number) => String(n).repeat(64).slice(0, 64);

function link(n: number, change: Partial<StoredUploadLink> = {}): StoredUploadLink {
  return {
    ...{ id: `link-${n}`, item_id: 'item-1', owner_id: null, unit_id: 'ward-1' },
    ...{ made_by_person_id: 'person-1', token_sha256: hash(n), session_sha256: null },
    ...{ created_at_ms: NOW, expires_at_ms: NOW + DAY, opened_at_ms: null, ended_at_ms: null },
    ...{ mail_state: 'due', mail_attempts: 0, mail_not_before_ms: NOW, mail_reason: null },
    ...change,
  };
}

function upload(n: number, change: Partial<Upload> = {}): Upload {
  return {
    ...{
      id: `upload-${n}`,
      item_id: 'item-1',
      link_id: null,
      account_id: 'account-1',
      person_id: 'person-1',
    },
    ...{ way: 'desk', handed_in_by: 'officer', file_name: `tệp ${n}.mp4`, native_name: `tep-${n}.mp4` },
    ...{ file_modified_ms: null, size_bytes: 10, received_bytes: 0, sha256: null, state: 'receiving' },
    declared: { start_ms: NOW, end_ms: null, resolution_ms: 1000, clock: 'device', statement: null },
    ...{ check: null, archive_key: null, created_at_ms: NOW, updated_at_ms: NOW, expires_at_ms: NOW + DAY },
    ...{ received_at_ms: null, released_at_ms: null, let_go_at_ms: null },
    ...change,
  };
}

const CHECK: UploadCheck = {
  ...{ checked_at_ms: NOW, media_type: 'video/mp4', is_readable: true, unreadable_reason: null },
  ...{ duration_ms: 60_000, file_created_ms: null, findings: ['covers_part'] },
};

async function keep(store: Store, n: number, at_ms: number): Promise<void> {
  const id = `upload-${n}`;
  await store.uploads.add(upload(n));
  await store.uploads.advance(id, 0, 10, at_ms);
  await store.uploads.markReceived(id, { sha256: hash(7), at_ms });
  await store.uploads.markKept(id, { archive_key: `a/b/${n}`, check: CHECK, at_ms });
}

export const uploadsContract: Contract = (subject) => {
  it('gives back a file as it was put in, and counts bytes only from where they stood', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    await store.uploads.add(upload(1));
    expect(await store.uploads.byId('upload-1')).toEqual(upload(1));
    const writers = [1, 2, 3].map((n) => store.uploads.advance('upload-1', 0, n, NOW + n));
    expect((await Promise.all(writers)).filter(Boolean)).toHaveLength(1);
    expect(await store.uploads.markReceived('upload-1', { sha256: hash(1), at_ms: NOW })).toBe(false);
    expect(await store.uploads.countUnfinished({ account_id: 'account-1' })).toBe(1);
    expect(await store.uploads.countUnfinished({ link_id: 'link-1' })).toBe(0);
  });

  it('keeps a received file once, and gives it over once', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    await keep(store, 1, NOW);
    expect(await store.uploads.byId('upload-1')).toMatchObject({ state: 'kept', check: CHECK });
    const again = { archive_key: 'other', check: CHECK, at_ms: NOW };
    expect(await store.uploads.markKept('upload-1', again)).toBe(false);
    expect(await store.uploads.release('item-1', NOW + 1)).toEqual(['upload-1']);
    expect(await store.uploads.release('item-1', NOW + 2)).toEqual([]);
    expect(await store.uploads.remove('upload-1', NOW + 3)).toBe(false);
  });

  it('finds items whose files have all come to rest, and no other', async () => {
    const { store } = subject();
    await queueItems(store, 2);
    await keep(store, 1, NOW);
    await store.uploads.add(upload(2));
    expect(await store.uploads.unreleasedItems(NOW + MINUTE, 10)).toEqual([]);
    await store.uploads.remove('upload-2', NOW);
    expect(await store.uploads.unreleasedItems(NOW - 1, 10)).toEqual([]);
    expect(await store.uploads.unreleasedItems(NOW, 10)).toEqual(['item-1']);
    await keep(store, 3, NOW + MINUTE);
    expect(await store.uploads.unreleasedItems(NOW, 10)).toEqual([]);
  });

  it('finds abandoned files, by their time and by their rest, and keeps the names they had', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    await store.uploads.add(upload(1, { expires_at_ms: NOW }));
    await store.uploads.add(upload(2, { updated_at_ms: NOW + 5 }));
    const ids = async (now_ms: number, rest_ms: number) =>
      (await store.uploads.abandoned(now_ms, rest_ms, 10)).map(({ id }) => id);
    expect(await ids(NOW, NOW - 1)).toEqual(['upload-1']);
    expect(await ids(NOW - 1, NOW + 5)).toEqual(['upload-1', 'upload-2']);
    await store.uploads.remove('upload-1', NOW);
    expect(await store.uploads.onDisk(['upload-1', 'upload-2', 'upload-9'])).toEqual(['upload-2']);
    expect((await store.uploads.ofItem('item-1')).map(({ id }) => id)).toEqual(['upload-2']);
    expect(await store.uploads.namesOfItem('item-1')).toEqual(['tep-1.mp4', 'tep-2.mp4']);
  });

  it('lets go of what the intake has of ended items, and of nothing else', async () => {
    const { store } = subject();
    await queueItems(store, 2);
    await keep(store, 1, NOW);
    await store.uploads.add(upload(2, { item_id: 'item-2' }));
    expect(await store.uploads.ofEndedItems(10)).toEqual([]);
    const change = { reason: null, at_ms: NOW };
    await store.items.setState('item-1', ['queued'], 'archived', change);
    await store.items.setState('item-2', ['queued'], 'cancelled', change);
    const ended = async () => (await store.uploads.ofEndedItems(10)).map(({ id }) => id);
    expect(await ended()).toEqual(['upload-1', 'upload-2']);
    await store.uploads.letGo('upload-1', true, NOW);
    await store.uploads.letGo('upload-2', false, NOW);
    expect(await ended()).toEqual([]);
    expect(await store.uploads.byId('upload-1')).toMatchObject({ state: 'kept', let_go_at_ms: NOW });
    expect(await store.uploads.byId('upload-2')).toMatchObject({ state: 'removed' });
  });

  it('finds items that wait although their files were given over', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    const reason = { code: 'AWAITS_UPLOAD', text: { vi: 'chờ', en: 'waits' } };
    await store.items.setState('item-1', ['queued'], 'waiting', { reason, at_ms: NOW });
    await keep(store, 1, NOW);
    expect(await store.uploads.stranded('AWAITS_UPLOAD')).toEqual([]);
    await store.uploads.release('item-1', NOW);
    expect(await store.uploads.stranded('AWAITS_UPLOAD')).toEqual(['item-1']);
    expect(await store.uploads.stranded('OTHER')).toEqual([]);
  });

  it('ties a link to one browser, until it ends', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    await store.uploadLinks.create(link(1));
    const tries = [3, 4, 5].map((n) => store.uploadLinks.open('link-1', hash(n), NOW));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    const { session_sha256 } = (await store.uploadLinks.byId('link-1'))!;
    expect(await store.uploadLinks.bySession(session_sha256!, NOW)).toMatchObject({ id: 'link-1' });
    expect(await store.uploadLinks.bySession(session_sha256!, NOW + DAY)).toBeNull();
    expect(await store.uploadLinks.endOfItem('item-1', NOW)).toBe(1);
    expect(await store.uploadLinks.end('link-1', NOW)).toBe(false);
    expect(await store.uploadLinks.bySession(session_sha256!, NOW)).toBeNull();
    await store.uploadLinks.create(link(2, { expires_at_ms: NOW }));
    expect(await store.uploadLinks.open('link-2', hash(6), NOW)).toBe(false);
  });

  it('gives a letter to one of many, and again when its lease is over', async () => {
    const { store } = subject();
    await queueItems(store, 1);
    await store.uploadLinks.create(link(1));
    const claims = await Promise.all([1, 2, 3].map(() => store.uploadLinks.claimLetter(NOW, NOW + MINUTE)));
    expect(claims.filter((one) => one !== null)).toMatchObject([{ id: 'link-1', mail_attempts: 1 }]);
    expect(await store.uploadLinks.claimLetter(NOW + MINUTE - 1, NOW + DAY)).toBeNull();
    expect(await store.uploadLinks.claimLetter(NOW + MINUTE, NOW + DAY)).toMatchObject({ mail_attempts: 2 });
    expect(await store.uploadLinks.finishLetter('link-1', 1, { state: 'sent' })).toBe(false);
    expect(await store.uploadLinks.finishLetter('link-1', 2, { state: 'by_hand', reason: 'no' })).toBe(true);
    const waiting = async (now_ms: number) =>
      (await store.uploadLinks.listByHand(['ward-1'], now_ms, PAGE)).rows.length;
    expect([await waiting(NOW), await waiting(NOW + DAY)]).toEqual([1, 0]);
    expect(await store.uploadLinks.handOver('link-1')).toBe(true);
    expect(await store.uploadLinks.handOver('link-1')).toBe(false);
  });
};
