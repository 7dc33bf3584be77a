import type { Unit } from '@minhchung/domain';
import { expect, it } from 'vitest';
import type { Contract } from './suite.ts';
import { MINUTE, NOW, PAGE } from './world.ts';

const TOKEN = 'ab'.repeat(32);

export const peopleContract: Contract = (subject) => {
  it('finds an account by its login in any case, with person, appointments and password hash', async () => {
    const { store } = subject();
    const found = await store.people.accountByLogin('USER1');
    expect(found).toMatchObject({
      account: { id: 'account-1', login: 'user1', status: 'active' },
      person: { badge_number: '001' },
      appointments: [{ role: 'officer', unit_id: 'ward-1' }],
      password_hash: '$argon2id$encoded',
    });
    expect(await store.people.accountByLogin('nobody')).toBeNull();
  });

  it('refuses a second person with the same badge and a second account with the same login', async () => {
    const { store } = subject();
    const person = { id: 'person-9', badge_number: '001', full_name: 'Khác', created_at_ms: NOW };
    await expect(store.people.createPerson(person)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    const account = {
      id: 'account-9',
      person_id: 'person-2',
      login: 'User1',
      status: 'active',
      created_at_ms: NOW,
    } as const;
    await expect(store.people.createAccount(account, 'x', [])).rejects.toMatchObject({
      code: 'ALREADY_EXISTS',
    });
  });

  it('leaves the password hash out of everything but the sign-in lookup', async () => {
    const { store } = subject();
    const listed = await store.people.listAccounts(PAGE);
    expect(listed.rows.map(({ account }) => account.id)).toEqual(['account-1', 'account-2']);
    expect(JSON.stringify([listed, await store.people.accountById('account-1')])).not.toContain('argon2');
  });

  it('ends the sessions of an account that is closed', async () => {
    const { store } = subject();
    const session = {
      token_sha256: TOKEN,
      account_id: 'account-1',
      created_at_ms: NOW,
      expires_at_ms: NOW + MINUTE,
    };
    await store.sessions.create(session);
    expect(await store.sessions.find(TOKEN, NOW)).toEqual(session);
    expect(await store.people.closeAccount('account-1', NOW)).toBe(true);
    expect(await store.sessions.find(TOKEN, NOW)).toBeNull();
    expect(await store.people.closeAccount('account-1', NOW)).toBe(false);
  });

  it('does not find a session that has expired or was revoked', async () => {
    const { store } = subject();
    const session = {
      token_sha256: TOKEN,
      account_id: 'account-1',
      created_at_ms: NOW,
      expires_at_ms: NOW + MINUTE,
    };
    await store.sessions.create(session);
    expect(await store.sessions.find(TOKEN, NOW + MINUTE)).toBeNull();
    expect(await store.sessions.revoke(TOKEN)).toBe(true);
    expect(await store.sessions.find(TOKEN, NOW)).toBeNull();
  });

  it('counts sign-in failures per key since a time, and forgets them when told', async () => {
    const { store } = subject();
    for (const at_ms of [NOW, NOW + 1, NOW + 2])
      await store.sessions.recordSignInFailure('login:user1', at_ms);
    await store.sessions.recordSignInFailure('login:user2', NOW);
    expect(await store.sessions.failuresSince('login:user1', NOW + 1)).toBe(2);
    await store.sessions.clearFailures('login:user1');
    expect(await store.sessions.failuresSince('login:user1', NOW)).toBe(0);
    expect(await store.sessions.failuresSince('login:user2', NOW)).toBe(1);
  });

  it('knows which units lie within which', async () => {
    const { store } = subject();
    expect(await store.units.ancestorIds('ward-1')).toEqual(['ward-1', 'province']);
    expect((await store.units.descendantIds('province')).sort()).toEqual(['province', 'ward-1', 'ward-2']);
    expect(await store.units.isWithin('ward-1', 'province')).toBe(true);
    expect(await store.units.isWithin('province', 'ward-1')).toBe(false);
  });

  it('keeps an ended ward apart from a later one with the same code', async () => {
    const { store } = subject();
    const later: Unit = {
      ...{ id: 'ward-1b', code: 'P01', name: 'Phường mới', level: 'ward', parent_id: 'province' },
      ...{ valid_from_ms: NOW, valid_to_ms: null, successor_ids: [] },
    };
    await expect(store.units.create(later)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    await store.units.end('ward-1', NOW, ['ward-2']);
    await store.units.create(later);
    expect((await store.units.byCode('P01', NOW - 1))?.id).toBe('ward-1');
    expect((await store.units.byCode('P01', NOW))?.id).toBe('ward-1b');
    expect((await store.units.byId('ward-1'))?.successor_ids).toEqual(['ward-2']);
  });
};
