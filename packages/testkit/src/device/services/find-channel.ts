import { SoapFault } from '../../soap/envelope.ts';
import { xmlText } from '../../soap/xml-reader.ts';
import type { DeviceChannel } from '../channel.ts';
import type { DeviceModel, ServiceCall } from '../device-model.ts';

/** Channels whose recordings the device tells of. */
export function listedChannels(device: DeviceModel): readonly DeviceChannel[] {
  return device.quirks.lists_no_recordings ? [] : device.channels;
}

/** The channel whose recording a call names. Throws the fault `ter:NoRecording`. */
export function channelOfRecording(call: ServiceCall, ...path: readonly string[]): DeviceChannel {
  const token = xmlText(call.body, ...(path.length > 0 ? path : ['RecordingToken']));
  const channel = call.device.channels.find((candidate) => candidate.recording_token === token);
  if (!channel)
    throw new SoapFault(['ter:InvalidArgVal', 'ter:NoRecording'], `There is no recording ${token}.`);
  return channel;
}

/** The channel whose profile a call names. Throws the fault `ter:NoProfile`. */
export function channelOfProfile(call: ServiceCall): DeviceChannel {
  const token = xmlText(call.body, 'ProfileToken');
  const channel = call.device.channels.find((candidate) => candidate.profile_token === token);
  if (!channel) throw new SoapFault(['ter:InvalidArgVal', 'ter:NoProfile'], `There is no profile ${token}.`);
  return channel;
}
