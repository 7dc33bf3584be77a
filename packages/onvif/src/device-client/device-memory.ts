import type { DeviceMemory } from '@minhchung/domain';
import { DigestSession } from '../auth/digest-session.ts';
import type { ServiceAddresses } from './service-addresses.ts';
import type { SourceNames } from './source-names.ts';

/** A memory of nothing yet. */
export function createDeviceMemory(): DeviceMemory {
  return new LearnedDevice();
}

/** The inside of a `DeviceMemory`. Fields are flat and values shared between devices: there are many of them. */
export class LearnedDevice implements DeviceMemory {
  readonly digest = new DigestSession();
  /** The device wants a WS-Security token. */
  token_wanted = false;
  services: ServiceAddresses | null = null;
  sources: SourceNames | null = null;
  /** When `sources` was asked for, by this host's steady clock. */
  sources_asked_at_ms = 0;
  /** Device clock minus ours as last seen, for the Created of tokens; null before it was ever seen. */
  clock_offset_ms: number | null = null;
  clock_seen_at_ms = 0;
  /** The device tells its time to account holders only. */
  clock_wants_account = false;
  /** Which account was refused, as `accountKey` writes it. */
  refused_key: string | null = null;
  /** Credentials were set anew: the next client clears the refusal that the whole process remembers. */
  account_is_new = false;

  get is_refused(): boolean {
    return this.refused_key !== null;
  }

  forgetAccount(): void {
    this.refused_key = null;
    this.account_is_new = true;
    this.token_wanted = false;
    this.digest.reset();
  }
}
