import * as contract from '@minhchung/contract';
import { pageAnswer, pageRequest, registerRoute } from '@minhchung/contract/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findCase, readCaseHistory } from './case-history.ts';
import { type Covering, spanOf } from './covering.ts';
import type { AccountingDeps } from './deps.ts';
import { countPerMonth } from './per-month.ts';
import { unitsCovered } from './scope.ts';

/** Counts per case, in total, per month, and one case's history. */
export function countRoutes(app: FastifyInstance, deps: AccountingDeps): void {
  const perMonth = countPerMonth(deps);
  const history = readCaseHistory(deps);
  const caseOf = findCase(deps);

  async function filterOf(request: FastifyRequest, covering: Covering) {
    const span = spanOf(covering);
    const unit_ids = await unitsCovered(deps, request, 'report.read', covering.unit_id);
    return { unit_ids, ...(span === undefined ? {} : { span }) };
  }

  registerRoute(app, contract.countPerCase, async ({ query, request }) => {
    const filter = await filterOf(request, query);
    return pageAnswer(await deps.store.counts.perCase(filter, pageRequest(query)), (counts) => counts);
  });

  registerRoute(app, contract.countTotals, async ({ query, request }) =>
    deps.store.counts.totals(await filterOf(request, query)),
  );

  registerRoute(app, contract.countPerMonth, async ({ query, request }) => {
    const { unit_ids, span } = await filterOf(request, query);
    return { rows: await perMonth(unit_ids, span) };
  });

  registerRoute(app, contract.readCaseHistory, async ({ params, query, request }) => {
    const record = await caseOf(params.case_id);
    const target = { unit_id: record.unit_id, subject_kind: 'case', subject_id: record.id };
    await deps.authorize(request, 'report.read', target);
    const { requests, next } = await history(record.id, pageRequest(query));
    return { case: record, requests, next_cursor: next };
  });
}
