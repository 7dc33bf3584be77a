import { CodedError, type OwnerLinkKind } from '@minhchung/domain';
import type { OutboxEntry, Repositories, StoredOwnerLink } from '@minhchung/store';
import type { OwnerActDeps } from './deps.ts';
import { isSameHash, sha256 } from './tokens.ts';

/** Where owners' pages are. */
export const OWNER_PATH = '/chu-camera';

/** A link to be made and put on its way. */
export interface WantedLink {
  readonly kind: OwnerLinkKind;
  readonly letter: OutboxEntry['kind'];
  /** What it is about: the second link of this name is not made. */
  readonly dedupe_key: string;
  readonly owner_id: string;
  readonly unit_id: string;
  readonly agreement_id: string | null;
  /** A person stands beside: nothing is mailed. */
  readonly by_hand?: boolean;
}

/**
 * Makes a link and puts it on its way: to the outbox where the owner has an address, else to the technicians. Null
 * when a link of this name was made before.
 */
export async function sendLink(
  deps: OwnerActDeps,
  tx: Repositories,
  wanted: WantedLink,
  now_ms: number,
): Promise<{ readonly link: StoredOwnerLink; readonly entry: OutboxEntry } | null> {
  if (await tx.outbox.has(wanted.dedupe_key)) return null;
  const { kind, letter, dedupe_key, owner_id, unit_id, agreement_id } = wanted;
  const id = deps.newId();
  const link: StoredOwnerLink = {
    ...{ id, kind, owner_id, agreement_id, created_at_ms: now_ms, ended_at_ms: null },
    token_sha256: sha256(deps.tokens.linkToken(id)),
    expires_at_ms: now_ms + deps.settings.owners.link_days * 86_400_000,
  };
  const has_address = (await tx.ownerLinks.emailOf(owner_id)) !== null;
  const state = has_address && wanted.by_hand !== true ? 'due' : 'by_hand';
  const entry: OutboxEntry = {
    ...{ id: deps.newId(), dedupe_key, kind: letter, link_id: id, owner_id, unit_id, state, attempts: 0 },
    ...{ not_before_ms: now_ms, lease_until_ms: 0, created_at_ms: now_ms, ended_at_ms: null },
    last_reason: has_address ? null : 'no mail address',
  };
  await tx.ownerLinks.create(link);
  // Somebody was faster: the link just made is never shown to anybody.
  if (!(await tx.outbox.add(entry))) return null;
  return { link, entry };
}

/**
 * The link a token opens, whatever came of it since; null for a wrong token. Compared in constant time, and with a
 * hash of the same length when there is no such link.
 */
export async function linkOf(
  deps: Pick<OwnerActDeps, 'tokens'>,
  repositories: Pick<Repositories, 'ownerLinks'>,
  token: string,
): Promise<StoredOwnerLink | null> {
  const id = deps.tokens.linkIdOf(token);
  const link = id === null ? null : await repositories.ownerLinks.byId(id);
  const is_right = isSameHash(sha256(token), link?.token_sha256 ?? sha256(''));
  return is_right ? link : null;
}

/** The link, if it may still be used. Throws `OWNER_LINK_INVALID`, the same for wrong, used and expired. */
export async function openLink(
  deps: Pick<OwnerActDeps, 'tokens' | 'time'>,
  repositories: Pick<Repositories, 'ownerLinks'>,
  token: string,
): Promise<StoredOwnerLink> {
  const link = await linkOf(deps, repositories, token);
  if (link === null || link.ended_at_ms !== null || link.expires_at_ms <= deps.time.now_ms()) {
    throw new CodedError('OWNER_LINK_INVALID');
  }
  return link;
}

/** The address a person opens. */
export function linkUrl(deps: Pick<OwnerActDeps, 'tokens' | 'settings'>, link_id: string): string {
  return `${publicOrigin(deps)}${OWNER_PATH}/${deps.tokens.linkToken(link_id)}`;
}

/** Where this deployment is reached from outside. */
export function publicOrigin({ settings }: Pick<OwnerActDeps, 'settings'>): string {
  const { public_origin, port } = settings.api;
  return public_origin ?? `http://localhost:${port}`;
}
