import { type Actor, type DeviceAddress, deviceKey } from '@minhchung/domain';
import type { RegistryDeps } from '../deps.ts';
import type { ProbeTools } from './deps.ts';
import { probeDevice } from './probe-device.ts';
import { checkNotRefused, sealedAccount } from './refused-accounts.ts';
import type { ProbeReport } from './report.ts';
import { runTrial } from './trials.ts';

type TryDeps = Pick<RegistryDeps, 'store' | 'time' | 'settings' | 'secrets'> & {
  readonly tools: Pick<ProbeTools, 'openDevice' | 'hostClock'>;
};

/** One trial that somebody asks for. */
export interface WantedTrial {
  readonly address: DeviceAddress;
  /** What the trail says it was about. */
  readonly subject: { readonly kind: 'device' | 'recorder'; readonly id: string };
  readonly unit_id: string | null;
  /** The account was refused lately, and the person says that it was put right at the device. */
  readonly try_again: boolean;
  /** Where it was not asked for through the API. */
  readonly performed_by?: 'command';
}

/**
 * Tries a device in somebody's name, and writes down that it was tried. Throws as `runTrial` and `checkNotRefused`
 * do, before anything is sent.
 */
export function tryDevice(deps: TryDeps) {
  return async (actor: Actor, wanted: WantedTrial, signal: AbortSignal): Promise<ProbeReport> => {
    const { address, subject, unit_id, try_again, performed_by } = wanted;
    const { host } = new URL(address.device_url);
    const trial = { account_id: actor.account_id, device_key: deviceKey(address.device_url), device: host };
    return runTrial(deps, trial, async () => {
      await checkNotRefused(deps, address, try_again);
      const deadline_ms = deps.settings.devices.probe_deadline_ms;
      const report = await probeDevice({ ...deps.tools, time: deps.time, deadline_ms }, address, signal);
      await deps.store.audit.append({
        ...{ at_ms: deps.time.now_ms(), act: 'device.probe', unit_id },
        ...{ account_id: actor.account_id, person_id: actor.person_id, outcome: 'ok' },
        ...{ subject_kind: subject.kind, subject_id: subject.id },
        details: {
          ...{ address: host, level: report.level, try_again },
          ...(performed_by === undefined ? {} : { performed_by }),
        },
      });
      const was_refused = report.findings.some(({ code }) => code === 'DEVICE_REFUSED');
      const refused_account = was_refused ? sealedAccount(deps.secrets, address) : null;
      return { result: report, refused_account };
    });
  };
}
