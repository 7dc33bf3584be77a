import type { Action, Actor, TimeSource, UnitAncestors, Verdict } from '@minhchung/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PAGE_ITEMS_DEFAULT } from './limits.ts';

/**
 * What the gateway and the services' routes agree on. A service exports a factory
 * `<area>Routes(deps: RouteDeps<Store, Settings>): RoutePlugin` and never learns who mounts it.
 */

export { EditConflict } from './core/edit-conflict.ts';
export { InvalidInputError } from './core/invalid-input.ts';
export { type Call, registerRoute } from './core/register.ts';

/** What an act is done to, as far as policy and the audit trail need to know. */
export interface AuthorizeTarget {
  /** The unit the thing belongs to; null: it belongs to none, so the role may be held anywhere. */
  readonly unit_id: string | null;
  /** What it is, e.g. `case`, for the trail of a refusal. */
  readonly subject_kind?: string;
  readonly subject_id?: string;
}

/** Policy as the routes ask it. Every refusal is appended to the audit trail before it is thrown. */
export interface RoutePolicy {
  /**
   * May the signed-in actor do `action` there, by the table of roles and units? Throws `NOT_SIGNED_IN`, or the
   * policy's refusal (`FORBIDDEN`, `FORBIDDEN_UNIT`, …). Returns the actor.
   */
  authorize(request: FastifyRequest, action: Action, target: AuthorizeTarget): Promise<Actor>;
  /** Throws a refusal that the domain's own rules came to (`mayDecide`, `maySeeFootage`). */
  enforce(request: FastifyRequest, action: Action, target: AuthorizeTarget, verdict: Verdict): Promise<Actor>;
  /**
   * Ids of the units, with all below them, in which the actor may do `action`: what a list may show. Throws the
   * refusal when there is none.
   */
  unitScope(request: FastifyRequest, action: Action): Promise<readonly string[]>;
  /** What the domain's rules need to know of these units. */
  ancestorsOf(unit_ids: readonly string[]): Promise<UnitAncestors>;
}

/** What every service's routes are handed. `Store` and `Settings` are the packages' types. */
export interface RouteDeps<Store, Settings> extends RoutePolicy {
  readonly store: Store;
  readonly settings: Settings;
  readonly time: TimeSource;
  /** A new identifier of a record. */
  readonly newId: () => string;
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
