import type { RouteDeps } from '@minhchung/contract/server';
import type { ArchiveStore } from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';
import type { Store } from '@minhchung/store';

/** What the routes are handed by whoever composes the product. */
export interface ExtractionRouteDeps extends RouteDeps<Store, Settings> {
  readonly archive: ArchiveStore;
}
