import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { CityOptions } from './city-plan.ts';

const REALM = 'city';

type Account = Pick<CityOptions, 'username' | 'password'>;

/** The digest challenge of a device: always the same, as cheap devices have it. */
export function challengeOf(device: number): string {
  return `Digest realm="${REALM}", nonce="nonce${device}", qop="auth", algorithm=MD5`;
}

/** RFC 7616, 3.4, with MD5 and `auth`; a nonce may be used for ever. */
export function hasRightDigest(request: IncomingMessage, _body: string, account: Account): boolean {
  const header = request.headers.authorization ?? '';
  const field = (name: string) => new RegExp(`\\b${name}="?([^",]+)`).exec(header)?.[1] ?? '';
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const ha1 = md5(`${account.username}:${REALM}:${account.password}`);
  const ha2 = md5(`${request.method}:${field('uri')}`);
  const parts = [ha1, field('nonce'), field('nc'), field('cnonce'), 'auth', ha2];
  return header.startsWith('Digest ') && field('response') === md5(parts.join(':'));
}

/** UsernameToken Profile 1.0, 3.1; any time of creation is taken. */
export function hasRightToken(_request: IncomingMessage, body: string, account: Account): boolean {
  const field = (name: string) => new RegExp(`<ws(?:se|u):${name}[^>]*>([^<]*)<`).exec(body)?.[1] ?? '';
  const hash = createHash('sha1').update(Buffer.from(field('Nonce'), 'base64'));
  const digest = hash.update(field('Created') + account.password).digest('base64');
  return field('Username') === account.username && field('Password') === digest;
}
