import { closeAccount, createAccount, createPerson, listAccounts, resetPassword } from '@minhchung/contract';
import {
  type AuthorizeTarget,
  pageAnswer,
  pageRequest,
  type RouteDeps,
  type RoutePlugin,
  registerRoute,
} from '@minhchung/contract/server';
import { type Actor, type Appointment, CodedError, denied } from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';
import type { AccountRecord, Store } from '@minhchung/store';
import type { FastifyRequest } from 'fastify';
import type { Passwords } from '../session/passwords.ts';
import { addPerson, closeAccountOf, openAccount, setPassword } from './open-account.ts';

export interface PeopleRouteDeps extends RouteDeps<Store, Settings> {
  readonly passwords: Passwords;
}

/** Persons and their accounts. An administrator manages the accounts of the units the role is held over. */
export function peopleRoutes(deps: PeopleRouteDeps): RoutePlugin {
  const { store, time, passwords } = deps;
  const by = (actor: Actor) => ({ actor, now_ms: time.now_ms() });

  /** Every unit of the appointments must be the administrator's: nobody is appointed over the fence. */
  async function authorizeEvery(
    request: FastifyRequest,
    appointments: readonly Appointment[],
    subject_id: string,
  ): Promise<Actor> {
    const subject = { subject_kind: 'account', subject_id };
    for (const { unit_id } of appointments) {
      await deps.authorize(request, 'account.manage', { unit_id, ...subject });
    }
    return deps.authorize(request, 'account.manage', { unit_id: null, ...subject });
  }

  /** Who appointed themselves would be requester and approver as they please; a second person has to do it. */
  async function refuseOwnPerson(request: FastifyRequest, person_id: string, target: AuthorizeTarget) {
    if (request.actor?.person_id !== person_id) return;
    await deps.enforce(request, 'account.manage', target, denied('OWN_PERSON'));
  }

  return async (app) => {
    registerRoute(app, createPerson, async ({ body, request }) => {
      const actor = await deps.authorize(request, 'account.manage', { unit_id: null });
      return store.transaction((tx) => addPerson(tx, body, by(actor)));
    });

    registerRoute(app, listAccounts, async ({ query, request }) => {
      const scope = new Set(await deps.unitScope(request, 'account.manage'));
      const found = await store.people.listAccounts(pageRequest(query));
      const rows = found.rows.filter((row) => row.appointments.some(({ unit_id }) => scope.has(unit_id)));
      return pageAnswer({ rows, next: found.next }, shown);
    });

    registerRoute(app, createAccount, async ({ body, request }) => {
      for (const { unit_id } of body.appointments) {
        if ((await store.units.byId(unit_id)) === null)
          throw new CodedError('UNKNOWN_UNIT', { unit: unit_id });
      }
      const actor = await authorizeEvery(request, body.appointments, '');
      const target = { subject_kind: 'person', subject_id: body.person_id };
      const unit_id = body.appointments[0]?.unit_id ?? null;
      await refuseOwnPerson(request, body.person_id, { unit_id, ...target });
      const person = await store.people.personById(body.person_id);
      if (person === null) throw new CodedError('NOT_FOUND', { what: 'person', id: body.person_id });
      const password_hash = await passwords.hash(body.password);
      const wish = { login: body.login, password_hash, appointments: body.appointments };
      return shown(await store.transaction((tx) => openAccount(tx, person, wish, by(actor))));
    });

    registerRoute(app, closeAccount, async ({ params, request }) => {
      const record = await store.people.accountById(params.account_id);
      if (record === null) throw new CodedError('NOT_FOUND', { what: 'account', id: params.account_id });
      const actor = await authorizeEvery(request, record.appointments, params.account_id);
      if (actor.account_id === params.account_id) throw new CodedError('OWN_ACCOUNT');
      return shown(await closeAccountOf(store, record, by(actor)));
    });

    registerRoute(app, resetPassword, async ({ params, body, request }) => {
      const record = await store.people.accountById(params.account_id);
      if (record === null) throw new CodedError('NOT_FOUND', { what: 'account', id: params.account_id });
      const actor = await authorizeEvery(request, record.appointments, params.account_id);
      if (actor.account_id !== record.account.id) {
        const unit_id = record.appointments[0]?.unit_id ?? null;
        const target = { unit_id, subject_kind: 'account', subject_id: record.account.id };
        await refuseOwnPerson(request, record.account.person_id, target);
      }
      await setPassword(store, record, await passwords.hash(body.password), by(actor));
      return undefined;
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
