import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * The secrets owners hold. All come from one key that lies outside the database; what the database keeps are
 * hashes. A link's token is derived from its id, so that a letter can be sent again after a crash, the same, though
 * the token was written down nowhere.
 */
export interface OwnerTokens {
  /** The token of a link: what stands in its address. */
  linkToken(link_id: string): string;
  /** The id in a token, or null for a text that is no token. Says nothing about whether it is right. */
  linkIdOf(token: string): string | null;
  /** A ticket for one showing of a public form. */
  formTicket(now_ms: number): string;
  /** When a ticket was given out; null: not by us. */
  ticketTime(ticket: string): number | null;
  /** A name for an address that only this deployment could have made. */
  originOf(address: string): string;
}

const TOKEN = /^([0-9A-Z]{26})-([A-Za-z0-9_-]{43})$/;
const TICKET = /^([A-Za-z0-9_-]{16})\.(\d{1,15})\.([A-Za-z0-9_-]{43})$/;

/** Lower-case hex SHA-256: what is kept of a token. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Compares in a time that does not tell how much is right. */
export function isSameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A new token for an owner's session; goes into the cookie and nowhere else. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url');
}

/** `key`: 32 bytes. */
export function ownerTokens(key: Uint8Array): OwnerTokens {
  const mac = (...parts: string[]) =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
  return {
    linkToken: (link_id) => `${link_id}-${mac('link', link_id)}`,
    linkIdOf: (token) => TOKEN.exec(token)?.[1] ?? null,
    formTicket(now_ms) {
      const chance = randomBytes(12).toString('base64url');
      return `${chance}.${now_ms}.${mac('form', chance, String(now_ms))}`;
    },
    ticketTime(ticket) {
      const [, chance, time, seal] = TICKET.exec(ticket) ?? [];
      if (chance === undefined || time === undefined || seal === undefined) return null;
      return isSameHash(seal, mac('form', chance, time)) ? Number(time) : null;
    },
    originOf: (address) => mac('origin', prefixOf(address)),
  };
}

/** One household has one IPv4 address, and a whole /64 of IPv6. */
function prefixOf(address: string): string {
  const [plain = ''] = address.toLowerCase().split('%');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  const end = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - end.length);
  const whole = [...groups, ...Array<string>(zeros).fill('0'), ...end];
  return whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
