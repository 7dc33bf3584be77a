import type { RouteDeps } from '@minhchung/contract/server';
import type { Settings } from '@minhchung/settings';
import type { Store } from '@minhchung/store';

/** What the cases service is handed by whoever composes the product. */
export type CasesDeps = RouteDeps<Store, Settings>;

/** What acts of this service need beside the policy. */
export type ActDeps = Pick<CasesDeps, 'store' | 'time' | 'newId'>;
