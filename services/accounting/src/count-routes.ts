import * as contract from '@minhchung/contract';
import { pageAnswer, pageRequest, registerRoute } from '@minhchung/contract/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findCase, readCaseHistory } from './case-history.ts';
import { counted } from './counted.ts';
import { type Covering, countWish } from './covering.ts';
import type { AccountingDeps } from './deps.ts';

/** Counts per case, in total, per unit and month, and one case's history. */
export function countRoutes(app: FastifyInstance, deps: AccountingDeps): void {
  const counts = counted(deps);
  const history = readCaseHistory(deps);
  const caseOf = findCase(deps);

  const wishOf = async (request: FastifyRequest, covering: Covering) =>
    countWish(await deps.unitScope(request, 'report.read'), covering);

  registerRoute(app, contract.countPerCase, async ({ query, request }) => {
    const found = await counts.perCase(await wishOf(request, query), pageRequest(query));
    return pageAnswer(found, (row) => row);
  });

  registerRoute(app, contract.countTotals, async ({ query, request }) =>
    counts.totals(await wishOf(request, query)),
  );

  registerRoute(app, contract.countPerUnit, async ({ query, request }) => ({
    rows: await counts.perUnit(await wishOf(request, query)),
  }));

  registerRoute(app, contract.countPerMonth, async ({ query, request }) => ({
    rows: await counts.perMonth(await wishOf(request, query)),
  }));

  registerRoute(app, contract.readCaseHistory, async ({ params, query, request }) => {
    const record = await caseOf(params.case_id);
    const target = { unit_id: record.unit_id, subject_kind: 'case', subject_id: record.id };
    await deps.authorize(request, 'report.read', target);
    const { requests, next } = await history(record.id, pageRequest(query));
    return { case: record, requests, next_cursor: next };
  });
}
