import type { Action } from '@minhchung/domain';
import type { FastifyRequest } from 'fastify';
import type { AccountingDeps } from './deps.ts';

/** The units a report covers: all in the actor's reach, or the one asked for with everything below it. */
export async function unitsCovered(
  deps: Pick<AccountingDeps, 'store' | 'unitScope'>,
  request: FastifyRequest,
  action: Action,
  unit_id: string | undefined,
): Promise<readonly string[]> {
  const scope = await deps.unitScope(request, action);
  if (unit_id === undefined) return scope;
  const below = new Set(await deps.store.units.descendantIds(unit_id));
  return scope.filter((one) => below.has(one));
}
