import { accountingRoutes } from '@minhchung/accounting';
import { casesRoutes } from '@minhchung/cases';
import type { RoutePlugin } from '@minhchung/contract/server';
import type { ArchiveStore } from '@minhchung/domain';
import { extractionRoutes } from '@minhchung/extraction';
import { registryRoutes } from '@minhchung/registry';
import type { SecretBox } from '@minhchung/store';
import type { Deps } from '../app/build-app.ts';

/** What some services' routes need beyond what every route is handed. */
export interface ServiceParts {
  readonly archive: ArchiveStore;
  readonly secrets: SecretBox;
}

/** The services' routes, in the order of the API's page. */
export function serviceRoutes(parts: ServiceParts): (deps: Deps) => readonly RoutePlugin[] {
  return (deps) => [
    registryRoutes({ ...deps, secrets: parts.secrets }),
    casesRoutes(deps),
    extractionRoutes({ ...deps, archive: parts.archive }),
    accountingRoutes(deps),
  ];
}
