import type { RegistryDeps } from '../deps.ts';
import type { OwnerTokens } from './tokens.ts';

/** What the owners' part is handed besides what every route is. */
export interface OwnerDeps extends Omit<RegistryDeps, 'secrets'> {
  /** Made from a key outside the database. */
  readonly tokens: OwnerTokens;
}

/** What most use-cases need. */
export type OwnerActDeps = Pick<OwnerDeps, 'store' | 'time' | 'newId' | 'settings' | 'tokens'>;
