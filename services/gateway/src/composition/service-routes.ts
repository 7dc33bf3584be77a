import { accountingRoutes } from '@minhchung/accounting';
import { casesRoutes } from '@minhchung/cases';
import type { RoutePlugin } from '@minhchung/contract/server';
import type { ArchiveStore } from '@minhchung/domain';
import { extractionRoutes } from '@minhchung/extraction';
import type { HostClockState } from '@minhchung/poller';
import { type OwnerTokens, ownerRoutes, type ProbeTools, registryRoutes } from '@minhchung/registry';
import type { SecretBox } from '@minhchung/store';
import type { Deps } from '../app/build-app.ts';

/** What some services' routes need beyond what every route is handed. */
export interface ServiceParts {
  readonly archive: ArchiveStore;
  readonly secrets: SecretBox;
  readonly tokens: OwnerTokens;
  /** What may be believed of this host's own clock. */
  readonly hostClock: () => Promise<HostClockState>;
  /** What reaches devices for those who try them. */
  readonly probe?: ProbeTools;
}

/** The services' routes, in the order of the API's page. */
export function serviceRoutes(parts: ServiceParts): (deps: Deps) => readonly RoutePlugin[] {
  return (deps) => [
    registryRoutes({
      ...deps,
      hostClock: parts.hostClock,
      secrets: parts.secrets,
      probe: parts.probe,
    }),
    ownerRoutes({ ...deps, tokens: parts.tokens }),
    casesRoutes(deps),
    extractionRoutes({ ...deps, archive: parts.archive }),
    accountingRoutes(deps),
  ];
}
