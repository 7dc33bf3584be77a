import {
  addressNotAllowed,
  CodedError,
  hostAsTyped,
  isDevicePort,
  mayConnect,
  parseCidr,
  type ReachRefusal,
} from '@minhchung/domain';
import { DEVICE_URL_CHARS_MAX } from './limits.ts';

/**
 * The address of a device in one accepted form: http or https, a host, no account in it, no fragment.
 * With `allowed_networks` (CIDR texts) also an address where devices may be; names are judged when connected to.
 * Throws `DEVICE_URL_INVALID`, `DEVICE_URL_WITH_ACCOUNT`, which do not repeat the address, and `ADDRESS_NOT_ALLOWED`.
 */
export function checkedDeviceUrl(text: string, allowed_networks?: readonly string[]): string {
  return checkedUrl(text, DEVICE_PORTS, allowed_networks);
}

/**
 * As `checkedDeviceUrl`, of a recorder with a playback address of its maker: its ONVIF service, or `rtsp://host:port`
 * where it has none.
 */
export function checkedPlaybackUrl(text: string, allowed_networks?: readonly string[]): string {
  const href = checkedUrl(text, { ...DEVICE_PORTS, ...RTSP_PORTS }, allowed_networks);
  const { protocol, pathname, search } = new URL(href);
  // What follows the port is the template's.
  if (protocol in RTSP_PORTS && (!['', '/'].includes(pathname) || search !== '')) {
    throw new CodedError('DEVICE_URL_INVALID', { max: DEVICE_URL_CHARS_MAX });
  }
  return href;
}

const DEVICE_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };
const RTSP_PORTS: Readonly<Record<string, number>> = { 'rtsp:': 554, 'rtsps:': 322 };

function checkedUrl(
  text: string,
  default_ports: Readonly<Record<string, number>>,
  allowed_networks: readonly string[] | undefined,
): string {
  const invalid = () => new CodedError('DEVICE_URL_INVALID', { max: DEVICE_URL_CHARS_MAX });
  if (text.length > DEVICE_URL_CHARS_MAX || /\s|\p{Cc}/u.test(text)) throw invalid();
  if (!URL.canParse(text)) throw invalid();
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw new CodedError('DEVICE_URL_WITH_ACCOUNT');
  const default_port = default_ports[url.protocol];
  if (default_port === undefined || url.hostname === '' || url.hash !== '') throw invalid();
  if (hostAsTyped(text).kind === 'odd') throw refused(url, 'odd_writing');
  if (!isDevicePort(url.port === '' ? default_port : Number(url.port))) throw refused(url, 'port');
  checkTypedAddress(url.href, [allowed_networks]);
  return url.href;
}

/**
 * Whether an IP address somebody typed lies where devices may be, in every one of these lists (CIDR texts). An empty
 * or absent list says nothing; a name is judged when it is connected to. Throws `ADDRESS_NOT_ALLOWED`.
 */
export function checkTypedAddress(
  device_url: string,
  lists: readonly (readonly string[] | undefined)[],
): void {
  const host = hostAsTyped(device_url);
  if (host.kind !== 'address') return;
  for (const list of lists) {
    if (list === undefined || list.length === 0) continue;
    const cidrs = list.map(parseCidr).filter((cidr) => cidr !== null);
    const verdict = mayConnect(host.address, cidrs);
    if (!verdict.allow) throw refused(new URL(device_url), verdict.refusal);
  }
}

/** The refusal, with the field it is about. */
function refused({ host }: URL, refusal: ReachRefusal): CodedError {
  return new CodedError('ADDRESS_NOT_ALLOWED', {
    ...addressNotAllowed(host, refusal).details,
    field: 'device_url',
  });
}
