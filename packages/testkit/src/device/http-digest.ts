import { createHash, randomBytes } from 'node:crypto';
import type { TimeSource } from '@minhchung/domain';
import { DIGEST_NONCE_COUNT_MAX, DIGEST_NONCE_LIFE_MS } from '../limits.ts';
import type { Credentials } from './credentials.ts';

export type DigestAlgorithm = 'MD5' | 'SHA-256';

export interface DigestOptions {
  readonly realm: string;
  /** Offered in this order; the first one a client knows is used. */
  readonly algorithms: readonly DigestAlgorithm[];
  /** Default one minute; then the client is told `stale=true` and given a new nonce. */
  readonly nonce_life_ms?: number;
}

/** `absent`: not tried yet. `stale`: right password, old nonce. */
export type DigestVerdict = 'accepted' | 'absent' | 'stale' | 'refused';

interface Nonce {
  readonly issued_at_ms: number;
  count_seen: number;
}

/** HTTP digest access authentication (RFC 7616, `qop=auth`; RFC 2069 without it), for HTTP and RTSP alike. */
export class DigestAuthority {
  readonly #credentials: Credentials;
  readonly #time: TimeSource;
  readonly #options: DigestOptions;
  readonly #nonces = new Map<string, Nonce>();

  constructor(credentials: Credentials, time: TimeSource, options: DigestOptions) {
    this.#credentials = credentials;
    this.#time = time;
    this.#options = options;
  }

  /** Values of `WWW-Authenticate`, one per algorithm. */
  challenges(verdict: DigestVerdict): string[] {
    const nonce = randomBytes(16).toString('hex');
    this.#nonces.set(nonce, { issued_at_ms: this.#time.now_ms(), count_seen: 0 });
    if (this.#nonces.size > DIGEST_NONCE_COUNT_MAX) this.#nonces.delete(this.#nonces.keys().next().value!);
    const stale = verdict === 'stale' ? ', stale=true' : '';
    return this.#options.algorithms.map(
      (algorithm) =>
        `Digest realm="${this.#options.realm}", qop="auth", nonce="${nonce}", algorithm=${algorithm}${stale}`,
    );
  }

  /** Checks one request's `Authorization`. */
  verdictOn(request: { method: string; uri: string; authorization: string | undefined }): DigestVerdict {
    if (!request.authorization?.startsWith('Digest ')) return 'absent';
    const given = readParameters(request.authorization.slice('Digest '.length));
    const algorithm = this.#options.algorithms.find((known) => known === (given.algorithm ?? 'MD5'));
    const nonce = this.#nonces.get(given.nonce ?? '');
    if (!algorithm || given.username !== this.#credentials.username || given.uri !== request.uri)
      return 'refused';
    if (given.response !== expectedResponse(algorithm, given, request, this.#credentials.password))
      return 'refused';
    const life_ms = this.#options.nonce_life_ms ?? DIGEST_NONCE_LIFE_MS;
    if (!nonce || this.#time.now_ms() - nonce.issued_at_ms > life_ms) return 'stale';
    if (given.qop === undefined) return 'accepted';
    const count = Number.parseInt(given.nc ?? '', 16);
    if (!(count > nonce.count_seen)) return 'refused';
    nonce.count_seen = count;
    return 'accepted';
  }
}

function expectedResponse(
  algorithm: DigestAlgorithm,
  given: Readonly<Record<string, string>>,
  request: { method: string; uri: string },
  password: string,
): string {
  const hash = (text: string) =>
    createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const ha1 = hash(`${given.username}:${given.realm}:${password}`);
  const ha2 = hash(`${request.method}:${request.uri}`);
  if (given.qop === undefined) return hash(`${ha1}:${given.nonce}:${ha2}`);
  return hash(`${ha1}:${given.nonce}:${given.nc}:${given.cnonce}:${given.qop}:${ha2}`);
}

function readParameters(source: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [, name, quoted, bare] of source.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g))
    parameters[name!.toLowerCase()] = quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '';
  return parameters;
}
