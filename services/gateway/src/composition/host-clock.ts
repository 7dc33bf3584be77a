import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';
import { createHostWatch, type HostClockState, type HostWatch } from '@minhchung/poller';
import { networkRules, type Settings } from '@minhchung/settings';
import type { Logger } from 'pino';
import { DOCTOR_DEADLINE_MS } from '../limits.ts';

/** What the operating system says of its own clock; null: it does not say. */
export interface HostClockReport {
  readonly is_synchronised: boolean | null;
  /** Who said so. */
  readonly by: string;
}

const run = promisify(execFile);
const TIMESYNCD_MARK = '/run/systemd/timesync/synchronized';

/** Asks chrony, then systemd; what neither knows stays unknown. */
export async function readHostClock(): Promise<HostClockReport> {
  const chrony = await answerOf('chronyc', ['-n', 'tracking']);
  const leap = /^Leap status\s*:\s*(.+)$/m.exec(chrony ?? '')?.[1];
  if (leap !== undefined) return { is_synchronised: leap.trim() === 'Normal', by: 'chronyc tracking' };
  const systemd = await answerOf('timedatectl', ['show', '--property=NTPSynchronized', '--value']);
  if (systemd !== null) return { is_synchronised: systemd.trim() === 'yes', by: 'timedatectl' };
  const is_marked = await access(TIMESYNCD_MARK).then(
    () => true,
    () => false,
  );
  return { is_synchronised: is_marked ? true : null, by: is_marked ? TIMESYNCD_MARK : 'nobody' };
}

/** What the poller may believe of this host's clock. Unknown counts as not synchronised: it narrows nothing. */
export async function hostClockState(settings: Settings): Promise<HostClockState> {
  const { host_clock, host_bound_ms } = settings.poller;
  const synchronised = host_clock === 'trusted' || (await readHostClock()).is_synchronised === true;
  return { synchronised, bound_ms: host_bound_ms };
}

/** Watches this host's clock while devices' clocks are measured by it. */
export function watchHostClock(settings: Settings, logger: Logger): HostWatch {
  return createHostWatch({
    read: () => hostClockState(settings),
    wall_ms: () => Date.now(),
    monotonic_ms: () => performance.now(),
    blame: networkRules(settings).host_blame,
    logger,
  });
}

async function answerOf(program: string, args: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await run(program, args, {
      timeout: DOCTOR_DEADLINE_MS,
      env: { ...process.env, LC_ALL: 'C' },
    });
    return stdout;
  } catch {
    return null;
  }
}
