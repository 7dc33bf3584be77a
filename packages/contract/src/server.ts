import type { Actor, TimeSource } from '@minhchung/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PAGE_ITEMS_DEFAULT } from './limits.ts';

/**
 * What the gateway and the services' routes agree on. A service exports a factory
 * `<area>Routes(deps: RouteDeps<Store, Settings>): RoutePlugin` and never learns who mounts it.
 */

export { InvalidInputError } from './core/invalid-input.ts';
export { type Call, registerRoute } from './core/register.ts';

/** What an act is done to, as far as policy and the audit trail need to know. */
export interface AuthorizeTarget {
  /** The unit the thing belongs to; null: the deployment as a whole. */
  readonly unit_id: string | null;
  /** What it is, e.g. `case`, for the trail of a refusal. */
  readonly subject_kind?: string;
  readonly subject_id?: string;
}

/**
 * Asks the policy whether the signed-in actor may do `action` there. Throws `NOT_SIGNED_IN`, or `FORBIDDEN`
 * with the policy's reason after appending the refusal to the audit trail. Returns the actor.
 */
export type Authorize<Action extends string = string> = (
  request: FastifyRequest,
  action: Action,
  target: AuthorizeTarget,
) => Promise<Actor>;

/** Ids of the units (with all below them) in which the signed-in actor may do `action`: what a list may show. */
export type UnitScope<Action extends string = string> = (
  request: FastifyRequest,
  action: Action,
) => Promise<readonly string[]>;

/** What every service's routes are handed. `Store` and `Settings` are the packages' types. */
export interface RouteDeps<Store, Settings> {
  readonly store: Store;
  readonly settings: Settings;
  readonly time: TimeSource;
  readonly authorize: Authorize;
  readonly unitScope: UnitScope;
}

/** Routes to be mounted: `app.register(plugin)`. */
export type RoutePlugin = (app: FastifyInstance) => Promise<void>;

/** The store's page request of a query built with `PageQuery`. */
export function pageRequest(query: {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}): {
  readonly limit: number;
  readonly after: string | null;
} {
  return { limit: query.limit ?? PAGE_ITEMS_DEFAULT, after: query.cursor ?? null };
}

/** The answer shape `page(...)` of one of the store's pages, each row as the contract shows it. */
export function pageAnswer<Row, Item>(
  found: { readonly rows: readonly Row[]; readonly next: string | null },
  show: (row: Row) => Item,
): { readonly items: readonly Item[]; readonly next_cursor: string | null } {
  return { items: found.rows.map(show), next_cursor: found.next };
}

/** Who acted, as the audit trail wants it. */
export function actorFields(actor: Actor): { readonly account_id: string; readonly person_id: string } {
  return { account_id: actor.account_id, person_id: actor.person_id };
}
