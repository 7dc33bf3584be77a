import { randomBytes } from 'node:crypto';
import type { RouteDeps } from '@minhchung/contract/server';
import { makeId, type TimeSource } from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';
import type { SecretBox, Store } from '@minhchung/store';

/** What the registry is handed by whoever composes the product. */
export interface RegistryDeps extends RouteDeps<Store, Settings> {
  /** Seals device passwords before they reach the database. */
  readonly secrets: SecretBox;
}

/** A new id of a record made now. */
export function newId(time: TimeSource): string {
  return makeId(time.now_ms(), randomBytes(10));
}
