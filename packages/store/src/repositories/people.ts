import type { Account, Appointment, Person, Role } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { atomically } from '../query/atomically.ts';
import { inParts } from '../query/conditions.ts';
import { changed, type Db, insertNew } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import type { AccountTable } from '../schema/people.ts';

/** An account with the human behind it and what it may act as. */
export interface AccountRecord {
  readonly account: Account;
  readonly person: Person;
  readonly appointments: readonly Appointment[];
}

export interface PeopleRepository {
  /** Throws `ALREADY_EXISTS` when the badge number is taken. */
  createPerson(person: Person): Promise<void>;
  personById(id: string): Promise<Person | null>;
  personByBadge(badge_number: string): Promise<Person | null>;
  /** `password_hash` is the encoded argon2 text. Throws `ALREADY_EXISTS` when the login is taken. */
  createAccount(account: Account, password_hash: string, appointments: readonly Appointment[]): Promise<void>;
  /** Logins are compared without case. */
  accountByLogin(login: string): Promise<(AccountRecord & { readonly password_hash: string }) | null>;
  accountById(id: string): Promise<AccountRecord | null>;
  appointmentsOf(account_id: string): Promise<Appointment[]>;
  /** Roles a human holds anywhere, over all accounts that are not closed. */
  rolesOfPerson(person_id: string): Promise<Role[]>;
  listAccounts(page: PageRequest): Promise<Page<AccountRecord>>;
  setPasswordHash(account_id: string, password_hash: string): Promise<void>;
  /** Closes the account and ends its sessions. False when it was closed already or does not exist. */
  closeAccount(account_id: string, at_ms: number): Promise<boolean>;
}

export function peopleRepository(db: Db): PeopleRepository {
  return {
    createPerson: (person) =>
      insertNew(db, 'persons', { ...person }, { kind: 'person', name: person.badge_number }),

    async personById(id) {
      return (await db.selectFrom('persons').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async personByBadge(badge_number) {
      const found = db.selectFrom('persons').selectAll().where('badge_number', '=', badge_number);
      return (await found.executeTakeFirst()) ?? null;
    },

    createAccount: (account, password_hash, appointments) =>
      atomically(db, async (tx) => {
        const row = { ...account, login_folded: foldLogin(account.login), password_hash, closed_at_ms: null };
        await insertNew(tx, 'accounts', row, { kind: 'account', name: account.login });
        if (appointments.length === 0) return;
        const rows = appointments.map(({ role, unit_id }) => ({ account_id: account.id, role, unit_id }));
        await tx.insertInto('appointments').values(rows).execute();
      }),

    async accountByLogin(login) {
      const row = await db
        .selectFrom('accounts')
        .selectAll()
        .where('login_folded', '=', foldLogin(login))
        .executeTakeFirst();
      if (row === undefined) return null;
      const [record] = await recordsOf(db, [row]);
      return { ...record!, password_hash: row.password_hash };
    },

    async accountById(id) {
      const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : (await recordsOf(db, [row]))[0]!;
    },

    async appointmentsOf(account_id) {
      return (await appointmentsOf(db, [account_id])).map(({ role, unit_id }) => ({ role, unit_id }));
    },

    async rolesOfPerson(person_id) {
      const rows = await db
        .selectFrom('accounts')
        .innerJoin('appointments', 'appointments.account_id', 'accounts.id')
        .select('appointments.role')
        .distinct()
        .where('accounts.person_id', '=', person_id)
        .where('accounts.status', '=', 'active')
        .execute();
      return rows.map(({ role }) => role as Role);
    },

    async listAccounts(page) {
      const keys = keyset(page, ['accounts.id'], 'asc');
      const rows = await db
        .selectFrom('accounts')
        .selectAll()
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      const records = new Map((await recordsOf(db, rows)).map((record) => [record.account.id, record]));
      return toPage(
        rows,
        page,
        (row) => [row.id],
        (row) => records.get(row.id)!,
      );
    },

    async setPasswordHash(account_id, password_hash) {
      await db.updateTable('accounts').set({ password_hash }).where('id', '=', account_id).execute();
    },

    closeAccount: (account_id, at_ms) =>
      atomically(db, async (tx) => {
        const result = await tx
          .updateTable('accounts')
          .set({ status: 'closed', closed_at_ms: at_ms })
          .where('id', '=', account_id)
          .where('status', '=', 'active')
          .executeTakeFirst();
        await tx.deleteFrom('sessions').where('account_id', '=', account_id).execute();
        return changed(result);
      }),
  };
}

/** Logins are typed on phones: case does not tell two of them apart. Diacritics do. */
function foldLogin(login: string): string {
  return login.normalize('NFC').toLowerCase();
}

async function recordsOf(db: Db, rows: readonly AccountTable[]): Promise<AccountRecord[]> {
  const persons = await inParts(
    rows.map((row) => row.person_id),
    (ids) => db.selectFrom('persons').selectAll().where('id', 'in', ids).execute(),
  );
  const appointments = await appointmentsOf(
    db,
    rows.map((row) => row.id),
  );
  return rows.map(({ id, person_id, login, status, created_at_ms }) => ({
    account: { id, person_id, login, status, created_at_ms },
    person: persons.find((person) => person.id === person_id)!,
    appointments: appointments
      .filter((appointment) => appointment.account_id === id)
      .map(({ role, unit_id }) => ({ role, unit_id })),
  }));
}

async function appointmentsOf(db: Db, account_ids: readonly string[]) {
  const rows = await inParts(account_ids, (ids) =>
    db
      .selectFrom('appointments')
      .selectAll()
      .where('account_id', 'in', ids)
      .orderBy('unit_id')
      .orderBy('role')
      .execute(),
  );
  return rows as (Appointment & { readonly account_id: string })[];
}
