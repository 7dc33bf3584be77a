import type { Recorder } from '../vocabulary/network.ts';

/**
 * Would the stored account of this recorder be handed to another device? True when the address or the network from
 * which it is reached changes: then the password is to be entered anew, or an edited address would fetch it.
 */
export function sendsAccountElsewhere(
  before: Pick<Recorder, 'device_url' | 'network_id'>,
  after: Pick<Recorder, 'device_url' | 'network_id'>,
): boolean {
  if (after.device_url === null) return false;
  return before.device_url !== after.device_url || before.network_id !== after.network_id;
}
