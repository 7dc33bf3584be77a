import type { RouteDeps } from '@minhchung/contract/server';
import type { Settings } from '@minhchung/settings';
import type { SecretBox, Store } from '@minhchung/store';
import type { ProbeTools } from './probe/deps.ts';

/** What the registry is handed by whoever composes the product. */
export interface RegistryDeps extends RouteDeps<Store, Settings> {
  /** Seals device passwords before they reach the database. */
  readonly secrets: SecretBox;
  /** What reaches devices; without it, routes that try one fail. */
  readonly probe?: ProbeTools;
  /** What may be believed of this host's own clock; absent: only what the settings say of it. */
  readonly hostClock?: () => Promise<{ readonly synchronised: boolean; readonly bound_ms: number }>;
}
