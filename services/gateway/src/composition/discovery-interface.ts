import { networkInterfaces } from 'node:os';
import { CodedError } from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';

/**
 * The IPv4 address of an interface on which devices may be looked for; `wanted` null: the first one that is
 * configured. Throws `DISCOVERY_OFF`, `DISCOVERY_INTERFACE`.
 */
export function discoveryAddress({ devices }: Pick<Settings, 'devices'>, wanted: string | null): string {
  const all = networkInterfaces();
  const [first] = devices.discovery_interfaces;
  if (first === undefined) {
    throw new CodedError('DISCOVERY_OFF', { interfaces: Object.keys(all).join(', ') });
  }
  const name = wanted ?? first;
  const refuse = (reason_vi: string, reason: string) =>
    new CodedError('DISCOVERY_INTERFACE', {
      ...{ interface: name, reason_vi, reason, allowed: devices.discovery_interfaces.join(', ') },
    });
  if (!devices.discovery_interfaces.includes(name))
    throw refuse('chưa được khai báo', 'it is not configured');
  const own = all[name]?.find(({ family }) => family === 'IPv4');
  if (own === undefined) throw refuse('nó không có địa chỉ IPv4', 'it has no IPv4 address');
  return own.address;
}
