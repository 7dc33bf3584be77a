import { createHash, randomBytes } from 'node:crypto';
import { SESSION_TOKEN_BYTES } from '../limits.ts';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** A new session token: goes into the cookie, and nowhere else. */
export function newToken(): string {
  return randomBytes(SESSION_TOKEN_BYTES).toString('base64url');
}

/** What the database keeps of a token: with it alone nobody can sign in. */
export function sha256OfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** True for a text that `newToken` could have made. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}
