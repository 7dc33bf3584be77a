import { type Actor, deviceKey } from '@minhchung/domain';
import type { RegistryDeps } from '../deps.ts';
import type { MetDevice, ProbeTools } from './deps.ts';
import { runTrial } from './trials.ts';

type FindDeps = Pick<RegistryDeps, 'store' | 'time' | 'settings'> & {
  readonly tools: Pick<ProbeTools, 'discover'>;
};

/** A device that answered, and what it is registered as. */
export interface FoundDevice extends MetDevice {
  /** Recorders at this address, in whatever network; several where networks use the same addresses. */
  readonly recorders: readonly { readonly id: string; readonly code: string; readonly unit_id: string }[];
}

/**
 * Looks for devices by multicast in somebody's name, and writes down that it was done. It counts as a trial: one at
 * a time for an account and an interface. Throws as `runTrial`, `DISCOVERY_OFF`, `DISCOVERY_INTERFACE`.
 */
export function findDevices(deps: FindDeps) {
  return async (
    actor: Actor,
    interface_name: string | null,
    signal: AbortSignal,
  ): Promise<readonly FoundDevice[]> => {
    const { account_id, person_id } = actor;
    const device = interface_name ?? 'multicast';
    return runTrial(deps, { account_id, device_key: `multicast ${device}`, device }, async () => {
      const met = await deps.tools.discover(interface_name, signal);
      const found = await withRecorders(deps, met);
      await deps.store.audit.append({
        ...{ at_ms: deps.time.now_ms(), act: 'device.discover', unit_id: null, account_id, person_id },
        ...{ subject_kind: 'interface', subject_id: device, outcome: 'ok' },
        details: { devices: found.length },
      });
      return { result: found, refused_account: null };
    });
  };
}

/** Says which of the devices are registered. */
export async function withRecorders(
  { store }: Pick<RegistryDeps, 'store'>,
  met: readonly MetDevice[],
): Promise<readonly FoundDevice[]> {
  const keyOf = ({ device_url, address }: MetDevice) => deviceKey(device_url ?? `http://${address}/`);
  const recorders = await store.recorders.withDeviceKeys(met.map(keyOf));
  return met.map((one) => ({
    ...one,
    recorders: recorders
      .filter(({ device_url }) => device_url !== null && deviceKey(device_url) === keyOf(one))
      .map(({ id, code, unit_id }) => ({ id, code, unit_id })),
  }));
}
