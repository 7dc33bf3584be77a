import type { RouteDeps } from '@minhchung/contract/server';
import type { Settings } from '@minhchung/settings';
import type { Store } from '@minhchung/store';

/** What accounting is handed by whoever composes the product. */
export type AccountingDeps = RouteDeps<Store, Settings>;

/** What its reports read from. */
export type ReportDeps = Pick<AccountingDeps, 'store' | 'time'>;
