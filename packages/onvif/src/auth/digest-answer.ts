import { createHash } from 'node:crypto';
import type { DigestAlgorithm, DigestChallenge } from './digest-challenge.ts';

export interface DigestRequest {
  readonly method: string;
  /** Exactly what stands in the request line: a device compares it character by character. */
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  /** How often this nonce has been used, this time included. */
  readonly nonce_count: number;
  /** Fresh random text. */
  readonly cnonce: string;
}

/** The value of the `Authorization` header (RFC 7616, 3.4). Holds no password. */
export function digestAuthorization(challenge: DigestChallenge, request: DigestRequest): string {
  const hash = (text: string) => digestHex(challenge.algorithm, text);
  const ha1 = hash(`${request.username}:${challenge.realm}:${request.password}`);
  const ha2 = hash(`${request.method}:${request.uri}`);
  const count = request.nonce_count.toString(16).padStart(8, '0');
  const response = challenge.has_qop_auth
    ? hash(`${ha1}:${challenge.nonce}:${count}:${request.cnonce}:auth:${ha2}`)
    : hash(`${ha1}:${challenge.nonce}:${ha2}`);
  const fields = [
    `username=${quoted(request.username)}`,
    `realm=${quoted(challenge.realm)}`,
    `nonce=${quoted(challenge.nonce)}`,
    `uri=${quoted(request.uri)}`,
    `response="${response}"`,
  ];
  if (challenge.algorithm_token !== null) fields.push(`algorithm=${challenge.algorithm_token}`);
  if (challenge.opaque !== null) fields.push(`opaque=${quoted(challenge.opaque)}`);
  if (challenge.has_qop_auth) fields.push('qop=auth', `nc=${count}`, `cnonce="${request.cnonce}"`);
  return `Digest ${fields.join(', ')}`;
}

function digestHex(algorithm: DigestAlgorithm, text: string): string {
  return createHash(algorithm).update(text, 'utf8').digest('hex');
}

/** Control characters would break out of the header; no account can have them. */
function quoted(text: string): string {
  return `"${text.replace(/\p{Cc}/gu, '').replace(/["\\]/g, (character) => `\\${character}`)}"`;
}
