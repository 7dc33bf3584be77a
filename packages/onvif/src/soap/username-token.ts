import { createHash, randomBytes } from 'node:crypto';
import { escapeXml } from '../xml/escape.ts';

const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';

/**
 * WS-Security UsernameToken with password digest: Base64(SHA-1(nonce + created + password))
 * (UsernameToken Profile 1.0, 3.1). `created_ms` is the *device's* clock: it refuses tokens of other times.
 */
export function usernameToken(
  credentials: { readonly username: string; readonly password: string },
  created_ms: number,
  nonce: Uint8Array = randomBytes(16),
): string {
  const created = new Date(created_ms).toISOString();
  const digest = createHash('sha1')
    .update(nonce)
    .update(created + credentials.password, 'utf8')
    .digest('base64');
  return (
    `<wsse:Security s:mustUnderstand="1" xmlns:wsse="${WSS}-wssecurity-secext-1.0.xsd" ` +
    `xmlns:wsu="${WSS}-wssecurity-utility-1.0.xsd"><wsse:UsernameToken>` +
    `<wsse:Username>${escapeXml(credentials.username)}</wsse:Username>` +
    `<wsse:Password Type="${WSS}-username-token-profile-1.0#PasswordDigest">${digest}</wsse:Password>` +
    `<wsse:Nonce EncodingType="${WSS}-soap-message-security-1.0#Base64Binary">` +
    `${Buffer.from(nonce).toString('base64')}</wsse:Nonce>` +
    `<wsu:Created>${created}</wsu:Created></wsse:UsernameToken></wsse:Security>`
  );
}
