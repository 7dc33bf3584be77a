import { type DeviceAddress, type Recorder, rtspBase } from '@minhchung/domain';
import { failure, type RecorderPoll } from '../poll-recorder.ts';

/** Whether an RTSP service answers. Throws what a device client throws. */
export type RtspOptions = (uri: string, address: DeviceAddress, signal: AbortSignal) => Promise<void>;

/** True for a recorder that is reached by RTSP alone: it has no ONVIF, so no clock that it would state. */
export function isRtspOnly({ device_url }: Pick<Recorder, 'device_url'>): boolean {
  return device_url !== null && /^rtsps?:/.test(device_url);
}

/**
 * Polls a recorder that has nothing but RTSP: whether it answers. What it holds it does not say, and its account is
 * tried by calibrations and extractions only. Never throws for what a device does.
 */
export async function pollRtsp(
  recorder: Pick<Recorder, 'device_url' | 'playback'>,
  address: DeviceAddress,
  options: RtspOptions,
  signal: AbortSignal,
): Promise<RecorderPoll> {
  const uri = `${rtspBase(address.device_url, recorder.playback?.rtsp_port ?? null)}/`;
  try {
    await options(uri, address, signal);
    return { outcome: { answered: true, recordings: null }, clock: null };
  } catch (error) {
    return { outcome: failure(error), clock: null };
  }
}
