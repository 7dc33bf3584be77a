import { type Cidr, contains, parseCidr } from './cidr.ts';
import type { IpAddress } from './ip-address.ts';

/** Why an address is not one that an ordinary list of networks may open. */
export type SpecialKind =
  | 'unspecified'
  | 'loopback'
  | 'link_local'
  | 'metadata'
  | 'multicast'
  | 'broadcast'
  | 'reserved'
  | 'embedded_ipv4';

/** A block with a meaning of its own (IANA special-purpose registries, RFC 6890). */
export interface SpecialRange {
  readonly kind: SpecialKind;
  readonly cidr: Cidr;
  /** True: a device may be there all the same, where a list names this block or a part of it explicitly. */
  readonly may_be_listed: boolean;
}

const LISTABLE: readonly (readonly [SpecialKind, readonly string[]])[] = [
  ['loopback', ['127.0.0.0/8', '::1/128']],
  // Cameras fresh from the box give themselves such an address (RFC 3927).
  ['link_local', ['169.254.0.0/16', 'fe80::/10']],
  // Documentation, benchmarking and protocol assignments: laboratories use some of them.
  [
    'reserved',
    [
      '192.0.0.0/24',
      '192.0.2.0/24',
      '192.88.99.0/24',
      '198.18.0.0/15',
      '198.51.100.0/24',
      '203.0.113.0/24',
      '2001:db8::/32',
      '3fff::/20',
    ],
  ],
];
const NEVER: readonly (readonly [SpecialKind, readonly string[]])[] = [
  ['unspecified', ['0.0.0.0/8', '::/128']],
  // Where clouds hand out their machines' secrets: several of them lie within blocks a ward may well list.
  ['metadata', ['169.254.169.254', '169.254.170.2', '100.100.100.200', '168.63.129.16']],
  ['metadata', ['fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254']],
  ['multicast', ['224.0.0.0/4', 'ff00::/8']],
  ['broadcast', ['255.255.255.255']],
  ['reserved', ['240.0.0.0/4', '100::/64', 'fec0::/10', '2001:20::/28', '5f00::/16']],
  // IPv4-compatible, -mapped and -translated, NAT64 (well-known and local), Teredo, 6to4: another address inside.
  ['embedded_ipv4', ['::/96', '::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48']],
  ['embedded_ipv4', ['2001::/32', '2002::/16']],
];

const RANGES: readonly SpecialRange[] = [...rangesOf(NEVER, false), ...rangesOf(LISTABLE, true)];

/** ISATAP puts `0:5efe` or `200:5efe` before an IPv4 address, below any /64 (RFC 5214, 6.1). */
const ISATAP_AT = 8;

/** Every special block an address lies in, the ones that can never be opened first. */
export function specialRangesOf(address: IpAddress): readonly SpecialRange[] {
  const found = RANGES.filter(({ cidr }) => contains(cidr, address));
  // `::1` and `::` lie below ::/96 and are what they are, not an IPv4 address in disguise.
  const is_low = found.some(({ kind }) => kind === 'loopback' || kind === 'unspecified');
  const ranges = is_low ? found.filter(({ kind }) => kind !== 'embedded_ipv4') : found;
  return isIsatap(address) ? [ISATAP, ...ranges] : ranges;
}

const ISATAP: SpecialRange = {
  kind: 'embedded_ipv4',
  cidr: parseCidr('::/0')!,
  may_be_listed: false,
};

function isIsatap({ family, bytes }: IpAddress): boolean {
  if (family === 4) return false;
  const [a, b, c, d] = bytes.slice(ISATAP_AT);
  return (a === 0 || a === 2) && b === 0 && c === 0x5e && d === 0xfe;
}

function rangesOf(
  table: readonly (readonly [SpecialKind, readonly string[]])[],
  may_be_listed: boolean,
): SpecialRange[] {
  return table.flatMap(([kind, texts]) =>
    texts.map((text) => ({ kind, cidr: parseCidr(text)!, may_be_listed })),
  );
}
