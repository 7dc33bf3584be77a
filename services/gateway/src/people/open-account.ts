import type { Account, Appointment, Person } from '@minhchung/domain';
import { type AccountRecord, demandUnitInForce, type Repositories, type Store } from '@minhchung/store';
import { newIdAt, type Performer, performed } from './performed.ts';

/** Adds a person in a running transaction, and says so in the trail. Throws `ALREADY_EXISTS`. */
export async function addPerson(
  tx: Repositories,
  wish: Pick<Person, 'badge_number' | 'full_name'>,
  by: Performer,
): Promise<Person> {
  const person: Person = { id: newIdAt(by.now_ms), ...wish, created_at_ms: by.now_ms };
  await tx.people.createPerson(person);
  await tx.audit.append(
    performed(by, { act: 'person.create', unit_id: null, subject_kind: 'person', subject_id: person.id }),
  );
  return person;
}

export interface AccountWish {
  readonly login: string;
  readonly password_hash: string;
  readonly appointments: readonly Appointment[];
}

/** Opens an account for a person in a running transaction. Throws `ALREADY_EXISTS` when the login is taken, `UNIT_NO_LONGER`. */
export async function openAccount(
  tx: Repositories,
  person: Person,
  wish: AccountWish,
  by: Performer,
): Promise<AccountRecord> {
  for (const { unit_id } of wish.appointments) await demandUnitInForce(tx, unit_id, by.now_ms);
  const account: Account = {
    id: newIdAt(by.now_ms),
    person_id: person.id,
    login: wish.login,
    status: 'active',
    created_at_ms: by.now_ms,
  };
  await tx.people.createAccount(account, wish.password_hash, wish.appointments);
  await tx.audit.append(
    performed(by, {
      act: 'account.create',
      unit_id: wish.appointments[0]?.unit_id ?? null,
      subject_kind: 'account',
      subject_id: account.id,
      details: { appointments: wish.appointments.map(({ role, unit_id }) => `${role}@${unit_id}`) },
    }),
  );
  return { account, person, appointments: wish.appointments };
}

/** Closes an account and ends its sessions. Repeating it changes nothing. */
export async function closeAccountOf(
  store: Store,
  record: AccountRecord,
  by: Performer,
): Promise<AccountRecord> {
  await store.transaction(async (tx) => {
    if (!(await tx.people.closeAccount(record.account.id, by.now_ms))) return;
    await tx.audit.append(
      performed(by, {
        act: 'account.close',
        unit_id: record.appointments[0]?.unit_id ?? null,
        subject_kind: 'account',
        subject_id: record.account.id,
      }),
    );
  });
  return { ...record, account: { ...record.account, status: 'closed' } };
}

/** Gives an account another password and ends its sessions. */
export async function setPassword(
  store: Store,
  record: AccountRecord,
  password_hash: string,
  by: Performer,
): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.people.setPasswordHash(record.account.id, password_hash);
    await tx.sessions.revokeAllOf(record.account.id);
    await tx.audit.append(
      performed(by, {
        act: 'account.password',
        unit_id: record.appointments[0]?.unit_id ?? null,
        subject_kind: 'account',
        subject_id: record.account.id,
      }),
    );
  });
}
