import { randomBytes, timingSafeEqual } from 'node:crypto';
import { CodedError } from '@minhchung/domain';
import type { StoredUploadLink } from '@minhchung/store';
import type { IntakeDeps } from '../deps.ts';
import { actOf } from '../trail.ts';
import { sha256 } from './sessions.ts';

type LinkDeps = Pick<IntakeDeps, 'store' | 'time' | 'tokens'>;

/**
 * The link a token stands for, if it may still be used. Throws `UPLOAD_LINK_INVALID`, the same for wrong, used and
 * expired. Changes nothing: mail programs open links too. `session` is the token of the browser's cookie: the one that
 * began goes on with the same link, any other browser does not.
 */
export async function readLink(
  deps: LinkDeps,
  token: string,
  session: string | null,
): Promise<StoredUploadLink> {
  const id = deps.tokens.linkIdOf(token);
  const link = id === null ? null : await deps.store.uploadLinks.byId(id);
  const is_right = isSameHash(sha256(token), link?.token_sha256 ?? sha256(''));
  if (link === null || !is_right) throw new CodedError('UPLOAD_LINK_INVALID');
  const is_over = link.ended_at_ms !== null || link.expires_at_ms <= deps.time.now_ms();
  const is_others = link.session_sha256 !== null && link.session_sha256 !== sha256(session ?? '');
  if (is_over || is_others) throw new CodedError('UPLOAD_LINK_INVALID');
  return link;
}

/** Begins with a link, once: from now on it is this browser's. Returns the token of its cookie. */
export function beginWithLink(deps: LinkDeps) {
  return async (
    token: string,
    session: string | null,
  ): Promise<{ readonly token: string; readonly expires_at_ms: number }> => {
    const link = await readLink(deps, token, session);
    const { expires_at_ms } = link;
    if (link.session_sha256 !== null && session !== null) return { token: session, expires_at_ms };
    const opened = randomBytes(32).toString('base64url');
    await deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      if (!(await tx.uploadLinks.open(link.id, sha256(opened), at_ms)))
        throw new CodedError('UPLOAD_LINK_INVALID');
      const subject = { kind: 'upload_link', id: link.id, unit_id: link.unit_id } as const;
      await tx.audit.append(actOf('upload_link.open', at_ms, null, subject, { item_id: link.item_id }));
    });
    return { token: opened, expires_at_ms };
  };
}

/** Compares in a time that does not tell how much is right. */
function isSameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
