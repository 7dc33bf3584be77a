const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443', 'rtsp:': '554' };
const IPV4_MAPPED = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/;

/**
 * What two addresses of the same device have in common: host and port. Scheme and path are left out, for most
 * devices answer under any path and a second door of a device is still that device; user information and query
 * too. `HTTP://NVR.Local.:80/onvif` and `https://nvr.local/` are one; port numbers other than the scheme's own
 * tell devices behind one router apart. A name and the address it stands for are not recognised as the same.
 *
 * Of a text that is no address the text itself, so that it equals nothing but itself.
 */
export function deviceKey(address: string): string {
  if (!URL.canParse(address)) return address;
  const { protocol, hostname, port } = new URL(address);
  const own_port = port === '' || port === DEFAULT_PORTS[protocol];
  const is_web = protocol in DEFAULT_PORTS && (own_port || Object.values(DEFAULT_PORTS).includes(port));
  return `${comparableHost(hostname)}${is_web ? '' : `:${port}`}`;
}

/** The URL parser has put case, decimal and octal forms in order; a final dot and IPv4 in IPv6 are left to us. */
function comparableHost(hostname: string): string {
  const mapped = IPV4_MAPPED.exec(hostname);
  if (mapped === null) return hostname.replace(/\.$/, '');
  const [high, low] = [Number.parseInt(mapped[1]!, 16), Number.parseInt(mapped[2]!, 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
