import type { RoutePlugin } from '@minhchung/contract/server';
import type { OwnerDeps } from './deps.ts';
import { pageRoutes } from './pages/page-routes.ts';
import { publicRoutes } from './public-routes.ts';
import { staffRoutes } from './staff-routes.ts';

/** Everything of owners: JSON for programs, plain pages for owners. */
export function ownerRoutes(deps: OwnerDeps): RoutePlugin {
  return async (app) => {
    publicRoutes(app, deps);
    staffRoutes(app, deps);
    await app.register(pageRoutes(deps));
  };
}
