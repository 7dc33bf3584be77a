import { createHmac, randomBytes } from 'node:crypto';
import type { DeviceAddress } from '@minhchung/domain';

/**
 * Remembers which device refused which account, so that the same password is never tried twice and no device
 * is locked. A new password is another account. Nothing readable is kept: the key is an HMAC under a secret
 * that lives only in this process.
 */
export interface RefusedCredentials {
  isRefused(address: DeviceAddress): boolean;
  remember(address: DeviceAddress): void;
  /** Forgets a device's refusals: a technician says that its account works again. */
  forget(address: DeviceAddress): void;
}

/** Accounts remembered before the oldest is dropped: a city of 1,911 cameras fits ten times over. */
const REMEMBERED_MAX = 20_000;

/** An empty memory; one may be shared by all clients of a process. */
export function createRefusedCredentials(): RefusedCredentials {
  const secret = randomBytes(32);
  const refused = new Set<string>();
  const keyOf = (address: DeviceAddress): string =>
    createHmac('sha256', secret)
      .update(JSON.stringify([new URL(address.device_url).host, address.username, address.password]))
      .digest('base64');
  return {
    isRefused: (address) => refused.has(keyOf(address)),
    remember(address) {
      if (refused.size >= REMEMBERED_MAX) refused.delete(refused.values().next().value!);
      refused.add(keyOf(address));
    },
    forget: (address) => void refused.delete(keyOf(address)),
  };
}
