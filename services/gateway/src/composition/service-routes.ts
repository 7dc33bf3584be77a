import { accountingRoutes } from '@minhchung/accounting';
import { casesRoutes } from '@minhchung/cases';
import type { RoutePlugin } from '@minhchung/contract/server';
import type { ArchiveStore } from '@minhchung/domain';
import { extractionRoutes } from '@minhchung/extraction';
import { type IntakeDeps, intakeRoutes } from '@minhchung/intake';
import type { HostClockState } from '@minhchung/poller';
import { type OwnerTokens, ownerRoutes, type ProbeTools, registryRoutes } from '@minhchung/registry';
import type { SecretBox } from '@minhchung/store';
import type { Deps } from '../app/build-app.ts';

import { attestUploads, INTAKE_PAGES } from './intake.ts';

/** What some services' routes need beyond what every route is handed. */
export interface ServiceParts {
  readonly archive: ArchiveStore;
  readonly secrets: SecretBox;
  readonly tokens: OwnerTokens;
  /** What may be believed of this host's own clock. */
  readonly hostClock: () => Promise<HostClockState>;
  /** What takes in footage that people hand in; absent: nothing is taken in. */
  readonly intake?: Pick<IntakeDeps, 'reader' | 'quarantine' | 'logger'>;
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
    ...intakeOf(parts, deps),
  ];
}

function intakeOf({ intake, archive, tokens }: ServiceParts, deps: Deps): RoutePlugin[] {
  if (intake === undefined) return [];
  const attestUpload = attestUploads(deps);
  return [intakeRoutes({ ...deps, ...intake, archive, tokens, attestUpload, pages: INTAKE_PAGES })];
}
