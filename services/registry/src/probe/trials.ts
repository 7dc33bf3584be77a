import { CodedError } from '@minhchung/domain';
import type { RegistryDeps } from '../deps.ts';
import { PROBE_WINDOW_MS, REFUSED_ACCOUNT_MS, TRIAL_GRACE_MS } from '../limits.ts';

type Deps = Pick<RegistryDeps, 'store' | 'time' | 'settings'>;

/** What is tried, by whom. */
export interface Trial {
  readonly account_id: string;
  readonly device_key: string;
  /** For words: what is busy. */
  readonly device: string;
}

/**
 * Runs one trial: one at a time for an account and for a device, and not too many in a while, in all processes
 * together. `act` returns, beside its result, what it knows of an account that was refused. Throws `PROBE_RUNNING`,
 * `PROBE_DEVICE_BUSY`, `PROBE_TOO_OFTEN`.
 */
export async function runTrial<T>(
  { store, time, settings }: Deps,
  { device, ...trial }: Trial,
  act: () => Promise<{ readonly result: T; readonly refused_account: string | null }>,
): Promise<T> {
  const { probe_deadline_ms, probes_per_window_max: max } = settings.devices;
  const started_at_ms = time.now_ms();
  const lease_until_ms = started_at_ms + probe_deadline_ms + TRIAL_GRACE_MS;
  const begun = await store.probeTrials.begin(
    { ...trial, started_at_ms, lease_until_ms },
    {
      max,
      since_ms: started_at_ms - PROBE_WINDOW_MS,
      keep_since_ms: started_at_ms - Math.max(PROBE_WINDOW_MS, REFUSED_ACCOUNT_MS),
    },
  );
  if ('refusal' in begun) {
    if (begun.refusal === 'account_busy') throw new CodedError('PROBE_RUNNING');
    if (begun.refusal === 'device_busy') throw new CodedError('PROBE_DEVICE_BUSY', { device });
    throw new CodedError('PROBE_TOO_OFTEN', { max, window_minutes: PROBE_WINDOW_MS / 60_000 });
  }
  let refused_account: string | null = null;
  try {
    const done = await act();
    refused_account = done.refused_account;
    return done.result;
  } finally {
    await store.probeTrials.end(begun.id, time.now_ms(), refused_account);
  }
}
