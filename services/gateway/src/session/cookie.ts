import type { FastifyReply, FastifyRequest } from 'fastify';
import { isToken } from './tokens.ts';

/** With https the browser itself holds the cookie to this host, all paths, and https (`__Host-`). */
export function cookieName(is_secure: boolean): string {
  return is_secure ? '__Host-minhchung_session' : 'minhchung_session';
}

/** The session's token a call came with, or null. */
export function readCookie(request: FastifyRequest, is_secure: boolean): string | null {
  const token = request.cookies[cookieName(is_secure)];
  return token !== undefined && isToken(token) ? token : null;
}

export function setCookie(reply: FastifyReply, token: string, is_secure: boolean, seconds: number): void {
  reply.setCookie(cookieName(is_secure), token, { ...attributes(is_secure), maxAge: seconds });
}

export function clearCookie(reply: FastifyReply, is_secure: boolean): void {
  reply.clearCookie(cookieName(is_secure), attributes(is_secure));
}

function attributes(is_secure: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: is_secure } as const;
}
