import type { RoutePlugin } from '@minhchung/contract/server';
import type { IntakeDeps } from './deps.ts';
import { deskRoutes } from './desk/desk-routes.ts';
import { pageRoutes } from './pages/page-routes.ts';
import { tusRoutes } from './receive/tus-routes.ts';
import { keepReceived } from './upkeep.ts';

export type { AttestUpload, IntakeActDeps, IntakeDeps, LinkTokens } from './deps.ts';
export type { PageKit } from './pages/kit.ts';
export { Quarantine } from './quarantine/quarantine.ts';
export { intakeUpkeep, keepReceived, letGo, removeAbandoned } from './upkeep.ts';

/** Everything about footage that people hand in: tus for files, JSON for the desk, plain pages for owners. */
export function intakeRoutes(deps: IntakeDeps): RoutePlugin {
  return async (app) => {
    let round: Promise<unknown> = Promise.resolve();
    // One round after the other: a file that came during one is taken by the next.
    const keep = () => {
      round = round.then(() =>
        keepReceived(deps)().catch((error: unknown) => deps.logger.error({ err: error }, 'intake failed')),
      );
      return round;
    };
    app.addHook('onClose', async () => {
      await round;
    });
    await app.register(async (scope) => tusRoutes(scope, deps, () => void keep()));
    deskRoutes(app, deps);
    await app.register(async (scope) => pageRoutes(scope, deps, keep));
  };
}
