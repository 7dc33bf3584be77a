import type { RoutePlugin } from '@minhchung/contract/server';
import { caseRoutes } from './cases/case-routes.ts';
import type { CasesDeps } from './deps.ts';
import { findingRoutes } from './finding/finding-routes.ts';
import { incidentRoutes } from './incidents/incident-routes.ts';
import { requestRoutes } from './requests/request-routes.ts';
import { tipRoutes } from './tips/tip-routes.ts';

/** The routes of tips, incidents, cases, finding cameras, requests and decisions. */
export function casesRoutes(deps: CasesDeps): RoutePlugin {
  return async (app) => {
    tipRoutes(app, deps);
    incidentRoutes(app, deps);
    caseRoutes(app, deps);
    findingRoutes(app, deps);
    requestRoutes(app, deps);
  };
}
