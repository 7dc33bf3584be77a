import type { Account, Appointment, Person } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

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
  listAccounts(page: PageRequest): Promise<Page<AccountRecord>>;
  setPasswordHash(account_id: string, password_hash: string): Promise<void>;
  /** Closes the account and ends its sessions. False when it was closed already or does not exist. */
  closeAccount(account_id: string, at_ms: number): Promise<boolean>;
}
