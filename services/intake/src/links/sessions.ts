import { createHash } from 'node:crypto';
import type { StoredUploadLink } from '@minhchung/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IntakeDeps } from '../deps.ts';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Lower-case hex SHA-256: what is kept of a token. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The link that this browser began with, if it may still be used; null for any other. */
export async function linkOfSession(
  deps: Pick<IntakeDeps, 'store' | 'settings' | 'time'>,
  request: FastifyRequest,
): Promise<StoredUploadLink | null> {
  const token = readCookie(deps, request);
  return token === null ? null : deps.store.uploadLinks.bySession(sha256(token), deps.time.now_ms());
}

/** The cookie's token, or null for what is none of ours. */
export function readCookie(deps: Pick<IntakeDeps, 'settings'>, request: FastifyRequest): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value = ''] = part.trim().split('=', 2);
    if (key === cookieName(deps)) return TOKEN.test(value) ? value : null;
  }
  return null;
}

/** Ties this browser to a link until the link ends. */
export function setCookie(
  deps: Pick<IntakeDeps, 'settings'>,
  reply: FastifyReply,
  token: string,
  seconds: number,
): void {
  const secure = isSecure(deps) ? '; Secure' : '';
  reply.header(
    'set-cookie',
    `${cookieName(deps)}=${token}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Strict${secure}`,
  );
}

/** With https the browser holds the cookie to this host and to https by its name. */
function cookieName(deps: Pick<IntakeDeps, 'settings'>): string {
  return isSecure(deps) ? '__Host-minhchung_upload' : 'minhchung_upload';
}

function isSecure({ settings }: Pick<IntakeDeps, 'settings'>): boolean {
  return settings.api.public_origin?.startsWith('https:') ?? false;
}
