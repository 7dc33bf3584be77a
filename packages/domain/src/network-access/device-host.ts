import { parseIpAddress } from './ip-address.ts';

/** What the host part of a device's address is. */
export type DeviceHost =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'name'; readonly name: string }
  /** An IP address in a writing that hides which one: decimal, octal, hexadecimal, shortened, with a zone. */
  | { readonly kind: 'odd' };

/** `http://host:port/…`, `rtsp://…`: what stands between the slashes, without port. */
const AUTHORITY =
  /^[a-z][a-z0-9+.-]*:[/\\]{2}(?:[^/\\?#]*@)?(\[[^\]/\\?#]*\]|[^/\\?#:]*)(?::\d*)?(?=$|[/\\?#])/i;

/**
 * The host of an address as it was typed. URL parsers read `0177.0.0.1`, `2130706433`, `127.1` and full-width
 * digits all as 127.0.0.1: a person who types such a thing should be told, so the text itself is looked at.
 */
export function hostAsTyped(text: string): DeviceHost {
  const url = URL.parse(text);
  const typed = AUTHORITY.exec(text)?.[1];
  if (url === null || typed === undefined || typed === '' || url.hostname === '') return { kind: 'odd' };
  const host = typed.replace(/^\[|\]$/g, '');
  const parsed = url.hostname.replace(/^\[|\]$/g, '');
  if (parseIpAddress(parsed) === null) {
    return /^[\d.]+$|^0x/i.test(host) ? { kind: 'odd' } : { kind: 'name', name: parsed.toLowerCase() };
  }
  return parseIpAddress(host) === null ? { kind: 'odd' } : { kind: 'address', address: parsed };
}

/**
 * Ports on which no camera answers and other machines listen for commands: mail, shells, file shares, databases.
 * A question sent there could be taken for one.
 */
const PORTS_OF_OTHERS: ReadonlySet<number> = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 79, 110, 111, 113, 119, 135, 137, 139,
  143, 161, 179, 389, 445, 465, 512, 513, 514, 515, 548, 587, 636, 873, 993, 995, 1433, 1521, 2049, 2375,
  2376, 3306, 3389, 5432, 5900, 6379, 6667, 9042, 9092, 9200, 11211, 27017,
]);

/** True for ports a device may be asked at. */
export function isDevicePort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port <= 65_535 && !PORTS_OF_OTHERS.has(port);
}
