import type { DeviceChannel } from './channel.ts';
import type { DeviceModel } from './device-model.ts';

/** Paths of the services on the device's HTTP port. */
export const SERVICE_PATHS = {
  device: '/onvif/device_service',
  media: '/onvif/media_service',
  recording: '/onvif/recording_service',
  search: '/onvif/search_service',
  replay: '/onvif/replay_service',
} as const;

/** Address of a service as the device announces it. */
export function serviceAddress(
  device: DeviceModel,
  host: string,
  service: keyof typeof SERVICE_PATHS,
): string {
  return `${device.scheme}://${host}${SERVICE_PATHS[service]}${service === 'media' ? device.quirks.media_query : ''}`;
}

/** Address of a channel's latest still picture. */
export function snapshotAddress(device: DeviceModel, host: string, channel: DeviceChannel): string {
  return `${device.scheme}://${host}/snapshot/${channel.profile_token}.jpg`;
}

/** Address of a channel's recording for replay. */
export function replayAddress(device: DeviceModel, host: string, channel: DeviceChannel): string {
  return `${device.stream_scheme}://${streamHost(device, host)}/replay/${channel.recording_token}`;
}

/** Address of a channel's live picture. */
export function liveAddress(device: DeviceModel, host: string, channel: DeviceChannel): string {
  return `${device.stream_scheme}://${streamHost(device, host)}/live/${channel.profile_token}`;
}

function streamHost(device: DeviceModel, host: string): string {
  const name = device.quirks.stream_host ?? host.replace(/:\d+$/, '');
  return `${name}:${device.rtsp_port()}`;
}
