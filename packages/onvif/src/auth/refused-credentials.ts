import type { DeviceAddress } from '@minhchung/domain';
import { accountKey, hostOf } from './account-key.ts';

/**
 * Remembers which device refused which account, so that the same password is never tried twice and no device
 * is locked. A new password is another account. Nothing readable is kept.
 */
export interface RefusedCredentials {
  isRefused(address: DeviceAddress): boolean;
  remember(address: DeviceAddress): void;
  /** Forgets a device's refusals: a technician says that its account works again. */
  forget(address: DeviceAddress): void;
}

/** Devices remembered before the oldest is dropped: a city of 1,911 cameras fits ten times over. */
const DEVICES_MAX = 20_000;
/** Accounts remembered of one device: more were never typed in before somebody went there. */
const ACCOUNTS_MAX = 32;

/** An empty memory; one may be shared by all clients of a process. */
export function createRefusedCredentials(): RefusedCredentials {
  const refused = new Map<string, string[]>();
  return {
    // Asked before every request: the key is made only for the few devices that ever refused anything.
    isRefused(address) {
      if (refused.size === 0) return false;
      return refused.get(hostOf(address))?.includes(accountKey(address)) ?? false;
    },
    remember(address) {
      const host = hostOf(address);
      const keys = [...(refused.get(host) ?? []), accountKey(address)].slice(-ACCOUNTS_MAX);
      if (refused.size >= DEVICES_MAX) refused.delete(refused.keys().next().value!);
      refused.set(host, keys);
    },
    forget: (address) => void refused.delete(hostOf(address)),
  };
}
