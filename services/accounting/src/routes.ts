import type { RoutePlugin } from '@minhchung/contract/server';
import { auditRoutes } from './audit-routes.ts';
import { countRoutes } from './count-routes.ts';
import type { AccountingDeps } from './deps.ts';
import { exportRoutes } from './export-routes.ts';
import { reportRoutes } from './report-routes.ts';

/** The routes of counts, reports and the audit trail. */
export function accountingRoutes(deps: AccountingDeps): RoutePlugin {
  return async (app) => {
    countRoutes(app, deps);
    exportRoutes(app, deps);
    reportRoutes(app, deps);
    auditRoutes(app, deps);
  };
}
