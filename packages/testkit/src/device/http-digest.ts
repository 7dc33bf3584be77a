import { createHash, randomBytes } from 'node:crypto';
import type { TimeSource } from '@minhchung/domain';
import { DIGEST_NONCE_COUNT_MAX, DIGEST_NONCE_LIFE_MS } from '../limits.ts';
import type { Credentials } from './credentials.ts';

export type DigestAlgorithm = 'MD5' | 'MD5-sess' | 'SHA-256' | 'SHA-256-sess' | 'SHA-512-256';

const HASHES: Readonly<Record<DigestAlgorithm, string>> = {
  MD5: 'md5',
  'MD5-sess': 'md5',
  'SHA-256': 'sha256',
  'SHA-256-sess': 'sha256',
  'SHA-512-256': 'sha512-256',
};

export interface DigestOptions {
  readonly realm: string;
  /** Offered in this order; the first one a client knows is used. */
  readonly algorithms: readonly DigestAlgorithm[];
  /** Offered protection; default `auth`; null for RFC 2069. */
  readonly qop?: 'auth' | 'auth-int' | 'auth,auth-int' | null;
  /** Default one minute; then the client is told `stale=true` and given a new nonce. */
  readonly nonce_life_ms?: number;
}

/** `absent`: not tried yet. `stale`: right password, old nonce. */
export type DigestVerdict = 'accepted' | 'absent' | 'stale' | 'refused';

/** What is signed. `authorization` is the header's text, names in it decoded from UTF-8. */
export interface SignedRequest {
  readonly method: string;
  readonly uri: string;
  readonly authorization: string | undefined;
  /** Only `auth-int` looks at it. */
  readonly body?: string;
}

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
    const qop = this.#options.qop === null ? '' : `qop="${this.#options.qop ?? 'auth'}", `;
    const escaped = this.#options.realm.replaceAll(/["\\]/g, (character) => `\\${character}`);
    const stale = verdict === 'stale' ? ', stale=true' : '';
    return this.#options.algorithms.map(
      (algorithm) =>
        `Digest realm="${escaped}", ${qop}nonce="${nonce}", algorithm=${algorithm}, charset=UTF-8${stale}`,
    );
  }

  /** Checks one request's `Authorization`. */
  verdictOn(request: SignedRequest): DigestVerdict {
    if (!request.authorization?.startsWith('Digest ')) return 'absent';
    const given = readParameters(request.authorization.slice('Digest '.length));
    const algorithm = this.#options.algorithms.find((known) => known === (given.algorithm ?? 'MD5'));
    const nonce = this.#nonces.get(given.nonce ?? '');
    if (!algorithm || given.username !== this.#credentials.username || given.uri !== request.uri)
      return 'refused';
    if (given.realm !== this.#options.realm) return 'refused';
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
  request: SignedRequest,
  password: string,
): string {
  const hash = (text: string) => createHash(HASHES[algorithm]).update(text).digest('hex');
  const account = hash(`${given.username}:${given.realm}:${password}`);
  const ha1 = algorithm.endsWith('-sess') ? hash(`${account}:${given.nonce}:${given.cnonce}`) : account;
  const body = given.qop === 'auth-int' ? `:${hash(request.body ?? '')}` : '';
  const ha2 = hash(`${request.method}:${request.uri}${body}`);
  if (given.qop === undefined) return hash(`${ha1}:${given.nonce}:${ha2}`);
  return hash(`${ha1}:${given.nonce}:${given.nc}:${given.cnonce}:${given.qop}:${ha2}`);
}

function readParameters(source: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [, name, quoted, bare] of source.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g))
    parameters[name!.toLowerCase()] = quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '';
  return parameters;
}
