import { createHmac, randomBytes } from 'node:crypto';
import type { DeviceAddress } from '@minhchung/domain';

const secret = randomBytes(32);

/**
 * Names one account of one device without telling anything of it: an HMAC under a secret that lives only in this
 * process. Another password is another account.
 */
export function accountKey(address: DeviceAddress): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify([hostOf(address), address.username, address.password]))
    .digest('base64');
}

/** `host:port` of a device's service. */
export function hostOf(address: DeviceAddress): string {
  return new URL(address.device_url).host;
}
