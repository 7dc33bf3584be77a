import { hash } from 'node:crypto';
import type { DigestChallenge } from './digest-challenge.ts';

export interface DigestRequest {
  readonly method: string;
  /** Exactly what stands in the request line: a device compares it character by character. */
  readonly uri: string;
  /** The body as sent; only `auth-int` looks at it. */
  readonly body: string;
  readonly username: string;
  readonly password: string;
  /** How often this nonce has been used, this time included. */
  readonly nonce_count: number;
  /** Fresh random text; the same as long as the nonce is for the algorithms of a session. */
  readonly cnonce: string;
}

/**
 * The value of the `Authorization` header (RFC 7616, 3.4; RFC 2069 where no `qop` is offered). Names and realm are
 * hashed and sent as UTF-8, whether or not the device says `charset=UTF-8`. Holds no password.
 */
export function digestAuthorization(challenge: DigestChallenge, request: DigestRequest): string {
  const { realm, nonce, opaque, qop, algorithm } = challenge;
  const { username, password, method, uri, cnonce } = request;
  const digest = (text: string) => hash(algorithm, text);
  const account = digest(`${username}:${realm}:${password}`);
  const ha1 = challenge.is_session ? digest(`${account}:${nonce}:${cnonce}`) : account;
  const ha2 = digest(qop === 'auth-int' ? `${method}:${uri}:${digest(request.body)}` : `${method}:${uri}`);
  const count = request.nonce_count.toString(16).padStart(8, '0');
  const response = digest(
    qop === null ? `${ha1}:${nonce}:${ha2}` : `${ha1}:${nonce}:${count}:${cnonce}:${qop}:${ha2}`,
  );
  let header =
    `Digest username=${quoted(username)}, realm=${quoted(realm)}, nonce=${quoted(nonce)}, ` +
    `uri=${quoted(uri)}, response="${response}"`;
  if (challenge.algorithm_token !== null) header += `, algorithm=${challenge.algorithm_token}`;
  if (opaque !== null) header += `, opaque=${quoted(opaque)}`;
  if (qop !== null) header += `, qop=${qop}, nc=${count}, cnonce="${cnonce}"`;
  else if (challenge.is_session) header += `, cnonce="${cnonce}"`;
  return header;
}

const TO_ESCAPE = /["\\\p{Cc}]/u;

/** Control characters would break out of the header; no account can have them. */
function quoted(text: string): string {
  if (!TO_ESCAPE.test(text)) return `"${text}"`;
  return `"${text.replace(/\p{Cc}/gu, '').replace(/["\\]/g, (character) => `\\${character}`)}"`;
}
