import { type Cidr, contains, isWithin } from './cidr.ts';
import { parseIpAddress } from './ip-address.ts';
import { type SpecialKind, specialRangesOf } from './special-ranges.ts';

/** Why an address is refused. */
export type AddressRefusal = SpecialKind | 'no_address' | 'outside_networks';

export type AddressVerdict =
  | { readonly allow: true }
  | { readonly allow: false; readonly refusal: AddressRefusal };

/**
 * Whether a device may be connected to at `address`, a resolved IP literal, where devices may be in `allowed`.
 * Loopback, link-local and documentation blocks must be named as such: `0.0.0.0/0` does not open them.
 * Unspecified, multicast, broadcast, metadata addresses and every writing of IPv4 inside IPv6 stay refused.
 */
export function mayConnect(address: string, allowed: readonly Cidr[]): AddressVerdict {
  const ip = parseIpAddress(address);
  if (ip === null) return { allow: false, refusal: 'no_address' };
  const lists = allowed.filter((cidr) => contains(cidr, ip));
  for (const { kind, cidr, may_be_listed } of specialRangesOf(ip)) {
    const is_listed = may_be_listed && lists.some((list) => isWithin(list, cidr));
    if (!is_listed) return { allow: false, refusal: kind };
  }
  return lists.length > 0 ? { allow: true } : { allow: false, refusal: 'outside_networks' };
}
