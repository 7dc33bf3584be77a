import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import { networkRules } from '@minhchung/settings';
import type { FastifyInstance } from 'fastify';
import type { AccountingDeps } from './deps.ts';
import { reportNetwork } from './network/network-report.ts';
import { listProvisionalCases } from './provisional-cases.ts';
import { unitsCovered } from './scope.ts';
import { reportYear } from './year-line.ts';

/** The network report, the yearly line, and cases without an official number. */
export function reportRoutes(app: FastifyInstance, deps: AccountingDeps): void {
  const network = reportNetwork(deps, networkRules(deps.settings));
  const year = reportYear(deps);
  const provisional = listProvisionalCases(deps);

  registerRoute(app, contract.readNetworkReport, async ({ query, request }) =>
    network(await unitsCovered(deps, request, 'report.read', query.unit_id)),
  );

  registerRoute(app, contract.readYearLine, async ({ query, request }) =>
    year(query.year, await unitsCovered(deps, request, 'report.read', query.unit_id)),
  );

  registerRoute(app, contract.listProvisionalCases, async ({ query, request }) => ({
    cases: await provisional(await unitsCovered(deps, request, 'report.read', query.unit_id)),
  }));
}
