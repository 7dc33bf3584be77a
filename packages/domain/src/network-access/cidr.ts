import { formatIpAddress, type IpAddress, parseIpAddress } from './ip-address.ts';

/** A block of addresses: those whose first `prefix_bits` bits are those of `base`. */
export interface Cidr {
  readonly base: IpAddress;
  readonly prefix_bits: number;
}

const CIDR = /^([^/]{1,45})(?:\/(0|[1-9]\d{0,2}))?$/;

/**
 * Reads `192.168.1.0/24`, `fd00::/8`, or one address alone. Bits of the base below the prefix are dropped, as
 * people write their own address with the mask of their network. Null for everything else.
 */
export function parseCidr(text: string): Cidr | null {
  const match = CIDR.exec(text);
  const address = parseIpAddress(match?.[1] ?? '');
  if (match === null || address === null) return null;
  const bits = address.bytes.length * 8;
  const prefix_bits = match[2] === undefined ? bits : Number(match[2]);
  if (prefix_bits > bits) return null;
  const bytes = address.bytes.map((byte, i) => byte & maskOf(prefix_bits - 8 * i));
  return { base: { family: address.family, bytes }, prefix_bits };
}

/** The one usual writing of a block. */
export function formatCidr({ base, prefix_bits }: Cidr): string {
  return `${formatIpAddress(base)}/${prefix_bits}`;
}

/** True when the address lies in the block. IPv4 and IPv6 never lie in one another. */
export function contains({ base, prefix_bits }: Cidr, address: IpAddress): boolean {
  if (base.family !== address.family) return false;
  return base.bytes.every((byte, i) => byte === (address.bytes[i]! & maskOf(prefix_bits - 8 * i)));
}

/** True when every address of `inner` lies in `outer`. */
export function isWithin(inner: Cidr, outer: Cidr): boolean {
  return inner.prefix_bits >= outer.prefix_bits && contains(outer, inner.base);
}

/** The mask of one byte of which the first `bits` count; below 0 none, above 8 all. */
function maskOf(bits: number): number {
  return bits >= 8 ? 0xff : bits <= 0 ? 0 : (0xff << (8 - bits)) & 0xff;
}
