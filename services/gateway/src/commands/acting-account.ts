import { type Action, type Actor, CodedError, demand, maySomewhere, unitsFor } from '@minhchung/domain';
import type { Store } from '@minhchung/store';

/**
 * Who acts at the command line, under whose name the trail keeps it, and the units where the account may do this.
 * Throws `NOT_FOUND` for a login that is unknown or closed, and what `maySomewhere` refuses with; a refusal is kept
 * in the trail as well.
 */
export async function actingAccount(
  store: Store,
  login: string,
  action: Action,
  now_ms: number,
): Promise<{ readonly actor: Actor; readonly unit_ids: readonly string[] }> {
  const record = await store.people.accountByLogin(login);
  if (record === null || record.account.status !== 'active') {
    throw new CodedError('NOT_FOUND', { what: 'account', id: login });
  }
  const { account, person, appointments } = record;
  const actor: Actor = { account_id: account.id, person_id: person.id, appointments };
  const verdict = maySomewhere(actor, action);
  if (!verdict.allow) {
    await store.audit.append({
      at_ms: now_ms,
      act: action,
      account_id: account.id,
      person_id: person.id,
      unit_id: null,
      subject_kind: 'unit',
      subject_id: '',
      outcome: 'denied',
      details: { code: verdict.code, performed_by: 'command' },
    });
    demand(verdict);
  }
  const unit_ids = new Set<string>();
  for (const unit_id of unitsFor(actor, action)) {
    for (const id of await store.units.descendantIds(unit_id)) unit_ids.add(id);
  }
  return { actor, unit_ids: [...unit_ids] };
}
