import {
  addressNotAllowed,
  CodedError,
  hostAsTyped,
  isDevicePort,
  mayConnect,
  parseCidr,
} from '@minhchung/domain';
import { DEVICE_URL_CHARS_MAX } from './limits.ts';

/**
 * The address of a device in one accepted form: http or https, a host, no account in it, no fragment.
 * With `allowed_networks` (CIDR texts) also an address where devices may be; names are judged when connected to.
 * Throws `DEVICE_URL_INVALID`, `DEVICE_URL_WITH_ACCOUNT`, which do not repeat the address, and `ADDRESS_NOT_ALLOWED`.
 */
export function checkedDeviceUrl(text: string, allowed_networks?: readonly string[]): string {
  const invalid = () => new CodedError('DEVICE_URL_INVALID', { max: DEVICE_URL_CHARS_MAX });
  if (text.length > DEVICE_URL_CHARS_MAX || /\s|\p{Cc}/u.test(text)) throw invalid();
  if (!URL.canParse(text)) throw invalid();
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw new CodedError('DEVICE_URL_WITH_ACCOUNT');
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.hash !== '') throw invalid();
  checkReach(text, url, allowed_networks);
  return url.href;
}

function checkReach(text: string, url: URL, allowed_networks: readonly string[] | undefined): void {
  const host = hostAsTyped(text);
  if (host.kind === 'odd') throw addressNotAllowed(url.host, 'odd_writing');
  const default_port = url.protocol === 'https:' ? 443 : 80;
  if (!isDevicePort(url.port === '' ? default_port : Number(url.port)))
    throw addressNotAllowed(url.host, 'port');
  if (host.kind === 'name' || allowed_networks === undefined) return;
  const cidrs = allowed_networks.map(parseCidr).filter((cidr) => cidr !== null);
  const verdict = mayConnect(host.address, cidrs);
  if (!verdict.allow) throw addressNotAllowed(url.host, verdict.refusal);
}
