import { CodedError, type DeviceAddress, type Recorder } from '@minhchung/domain';
import type { RegistryDeps } from '../deps.ts';

/** Where a registered recorder is, with the account kept for it. Throws `RECORDER_WITHOUT_ADDRESS`. */
export async function recorderAddress(
  deps: Pick<RegistryDeps, 'store' | 'secrets'>,
  recorder: Recorder,
): Promise<DeviceAddress> {
  if (recorder.device_url === null)
    throw new CodedError('RECORDER_WITHOUT_ADDRESS', { recorder: recorder.code });
  const credentials = await deps.store.credentials.open(recorder.id, deps.secrets);
  const network = await deps.store.networks.byId(recorder.network_id);
  return {
    device_url: recorder.device_url,
    username: credentials?.username ?? null,
    password: credentials?.password ?? null,
    recorder_id: recorder.id,
    network_cidrs: network?.cidrs,
  };
}

/**
 * As `recorderAddress`, for what is asked by ONVIF. Throws `RECORDER_WITHOUT_ONVIF` for a recorder that is reached by
 * RTSP alone.
 */
export async function onvifAddress(
  deps: Pick<RegistryDeps, 'store' | 'secrets'>,
  recorder: Recorder,
): Promise<DeviceAddress> {
  const address = await recorderAddress(deps, recorder);
  if (/^https?:/.test(address.device_url)) return address;
  throw new CodedError('RECORDER_WITHOUT_ONVIF', { recorder: recorder.code });
}
