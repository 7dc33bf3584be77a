import * as contract from '@minhchung/contract';
import { pageAnswer, pageRequest, registerRoute } from '@minhchung/contract/server';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../../deps.ts';
import { readHistory, unitOfSubject } from '../read-history.ts';
import { authorizeAt } from './authorized.ts';

/** Who changed what, and what it was before. */
export function historyRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const read = readHistory(deps);
  const unitOf = unitOfSubject(deps);
  registerRoute(app, contract.readHistory, async ({ params, query, request }) => {
    const { subject_kind: kind, subject_id: id } = params;
    // Asked before the thing is looked for: strangers learn nothing of what exists.
    await authorizeAt(deps, request, 'register.history', { kind }, []);
    await authorizeAt(deps, request, 'register.history', { kind, id }, [await unitOf(kind, id)]);
    return pageAnswer(await read(kind, id, pageRequest(query)), (change) => change);
  });
}
