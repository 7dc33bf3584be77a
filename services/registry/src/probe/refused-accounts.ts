import { createHash } from 'node:crypto';
import { CodedError, type DeviceAddress, deviceKey, isCoded } from '@minhchung/domain';
import type { SecretBox } from '@minhchung/store';
import type { RegistryDeps } from '../deps.ts';
import { PROBE_REFUSALS_MAX, REFUSED_ACCOUNT_MS } from '../limits.ts';

type Deps = Pick<RegistryDeps, 'store' | 'time' | 'secrets'>;

const PURPOSE = 'refused-account';

/**
 * Keeps people from locking a device: an account it refused lately is not sent again unless somebody says that it
 * was put right there, and after a few refusals nothing is. Throws `PROBE_ACCOUNT_REFUSED`, `PROBE_WOULD_LOCK`.
 */
export async function checkNotRefused(
  { store, time, secrets }: Deps,
  address: DeviceAddress,
  try_again: boolean,
): Promise<void> {
  if (address.username === null) return;
  const device_key = deviceKey(address.device_url);
  const refusals = await store.probeTrials.refusals(device_key, time.now_ms() - REFUSED_ACCOUNT_MS);
  const device = new URL(address.device_url).host;
  if (refusals.length >= PROBE_REFUSALS_MAX) {
    const window_minutes = REFUSED_ACCOUNT_MS / 60_000;
    throw new CodedError('PROBE_WOULD_LOCK', { device, max: PROBE_REFUSALS_MAX, window_minutes });
  }
  if (try_again) return;
  const own = digestOf(address);
  const is_known = refusals.some((one) => opened(secrets, device_key, one.refused_account) === own);
  if (is_known || (await pollerWasRefused(store, address))) {
    throw new CodedError('PROBE_ACCOUNT_REFUSED', { device });
  }
}

/** What is kept of an account that was refused: nothing that anybody could sign in with, and sealed at that. */
export function sealedAccount(secrets: SecretBox, address: DeviceAddress): string {
  return secrets.seal(PURPOSE, deviceKey(address.device_url), digestOf(address));
}

/** The account kept for a recorder may be known to be refused from its polls. */
async function pollerWasRefused(store: Deps['store'], { recorder_id }: DeviceAddress): Promise<boolean> {
  if (recorder_id === undefined) return false;
  const [poll] = await store.polls.ofRecorders([recorder_id]);
  return poll !== undefined && poll.refused_at_ms !== null;
}

/** What another key has sealed is of another account, as far as can be known. */
function opened(secrets: SecretBox, device_key: string, sealed: string): string | null {
  try {
    return secrets.open(PURPOSE, device_key, sealed);
  } catch (error) {
    if (isCoded(error, 'SECRET_UNREADABLE')) return null;
    throw error;
  }
}

function digestOf({ username, password }: DeviceAddress): string {
  return createHash('sha256')
    .update(JSON.stringify([username, password]))
    .digest('hex');
}
