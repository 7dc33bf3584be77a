import type { RouteDeps } from '@minhchung/contract/server';
import type { Settings } from '@minhchung/settings';
import type { SecretBox, Store } from '@minhchung/store';

/** What the registry is handed by whoever composes the product. */
export interface RegistryDeps extends RouteDeps<Store, Settings> {
  /** Seals device passwords before they reach the database. */
  readonly secrets: SecretBox;
}
