import { closeAccount, createAccount, createPerson, listAccounts } from '@minhchung/contract';
import {
  actorFields,
  pageAnswer,
  pageRequest,
  type RouteDeps,
  type RoutePlugin,
  registerRoute,
} from '@minhchung/contract/server';
import { type Account, CodedError, type Person } from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';
import type { AccountRecord, Store } from '@minhchung/store';
import type { FastifyRequest } from 'fastify';
import type { Passwords } from '../session/passwords.ts';

export interface PeopleRouteDeps extends RouteDeps<Store, Settings> {
  readonly passwords: Passwords;
}

/** Persons and their accounts. An administrator manages the accounts of the units the role is held over. */
export function peopleRoutes(deps: PeopleRouteDeps): RoutePlugin {
  const { store, time, passwords } = deps;

  async function authorizeEvery(request: FastifyRequest, unit_ids: readonly string[], subject_id: string) {
    for (const unit_id of unit_ids) {
      await deps.authorize(request, 'account.manage', { unit_id, subject_kind: 'account', subject_id });
    }
    return deps.authorize(request, 'account.manage', { unit_id: null, subject_kind: 'account', subject_id });
  }

  return async (app) => {
    registerRoute(app, createPerson, async ({ body, request }) => {
      const actor = await deps.authorize(request, 'account.manage', {
        unit_id: null,
        subject_kind: 'person',
      });
      const person: Person = { id: deps.newId(), ...body, created_at_ms: time.now_ms() };
      await store.transaction(async (tx) => {
        await tx.people.createPerson(person);
        await tx.audit.append({
          at_ms: person.created_at_ms,
          act: 'person.create',
          ...actorFields(actor),
          unit_id: null,
          subject_kind: 'person',
          subject_id: person.id,
          outcome: 'ok',
          details: {},
        });
      });
      return person;
    });

    registerRoute(app, listAccounts, async ({ query, request }) => {
      const scope = new Set(await deps.unitScope(request, 'account.manage'));
      const found = await store.people.listAccounts(pageRequest(query));
      const rows = found.rows.filter((row) => row.appointments.some(({ unit_id }) => scope.has(unit_id)));
      return pageAnswer({ rows, next: found.next }, shown);
    });

    registerRoute(app, createAccount, async ({ body, request }) => {
      const unit_ids = body.appointments.map(({ unit_id }) => unit_id);
      for (const unit_id of unit_ids) {
        if ((await store.units.byId(unit_id)) === null)
          throw new CodedError('UNKNOWN_UNIT', { unit: unit_id });
      }
      const actor = await authorizeEvery(request, unit_ids, '');
      const person = await store.people.personById(body.person_id);
      if (person === null) throw new CodedError('NOT_FOUND', { what: 'person', id: body.person_id });
      const account: Account = {
        id: deps.newId(),
        person_id: person.id,
        login: body.login,
        status: 'active',
        created_at_ms: time.now_ms(),
      };
      const password_hash = await passwords.hash(body.password);
      await store.transaction(async (tx) => {
        await tx.people.createAccount(account, password_hash, body.appointments);
        await tx.audit.append({
          at_ms: account.created_at_ms,
          act: 'account.create',
          ...actorFields(actor),
          unit_id: unit_ids[0] ?? null,
          subject_kind: 'account',
          subject_id: account.id,
          outcome: 'ok',
          details: { appointments: body.appointments.map(({ role, unit_id }) => `${role}@${unit_id}`) },
        });
      });
      return shown({ account, person, appointments: body.appointments });
    });

    registerRoute(app, closeAccount, async ({ params, request }) => {
      const record = await store.people.accountById(params.account_id);
      if (record === null) throw new CodedError('NOT_FOUND', { what: 'account', id: params.account_id });
      const unit_ids = record.appointments.map(({ unit_id }) => unit_id);
      const actor = await authorizeEvery(request, unit_ids, params.account_id);
      if (actor.account_id === params.account_id) throw new CodedError('OWN_ACCOUNT');
      await store.transaction(async (tx) => {
        if (!(await tx.people.closeAccount(params.account_id, time.now_ms()))) return;
        await tx.audit.append({
          at_ms: time.now_ms(),
          act: 'account.close',
          ...actorFields(actor),
          unit_id: unit_ids[0] ?? null,
          subject_kind: 'account',
          subject_id: params.account_id,
          outcome: 'ok',
          details: {},
        });
      });
      return shown({ ...record, account: { ...record.account, status: 'closed' } });
    });
  };
}

function shown(record: AccountRecord) {
  return {
    id: record.account.id,
    person: record.person,
    login: record.account.login,
    status: record.account.status,
    appointments: record.appointments,
    created_at_ms: record.account.created_at_ms,
  };
}
