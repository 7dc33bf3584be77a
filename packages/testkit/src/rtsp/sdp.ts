import type { DeviceChannel } from '../device/channel.ts';
import { RTP_PAYLOAD_TYPE } from './rtp-packetizer.ts';
import { sideTracksOf } from './side-track.ts';

/** Session description of a channel (RFC 4566, RFC 6184 8.2, RFC 7798 7.2, ONVIF Streaming 6.4). */
export function describeChannel(
  channel: DeviceChannel,
  control_uri: string,
  stated_fps: number = channel.footage.fps,
): string {
  const lines = [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=Recorded footage',
    'c=IN IP4 0.0.0.0',
    't=0 0',
    `a=control:${control_uri}`,
    'a=range:clock=19000101T000000Z-',
    `m=video 0 RTP/AVP ${RTP_PAYLOAD_TYPE}`,
    `a=rtpmap:${RTP_PAYLOAD_TYPE} ${channel.footage.stream.codec.toUpperCase()}/90000`,
    `a=fmtp:${RTP_PAYLOAD_TYPE} ${formatParameters(channel)}`,
    `a=framerate:${stated_fps}`,
    `a=control:${control_uri}/trackID=0`,
    `a=x-onvif-track:${channel.track_token}`,
    'a=recvonly',
    ...sideTracksOf(channel).flatMap(({ number, lines }) => [
      ...lines,
      `a=control:${control_uri}/trackID=${number}`,
      'a=recvonly',
    ]),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function formatParameters(channel: DeviceChannel): string {
  const { vps, sps, pps } = channel.footage.parameter_sets;
  const list = (units: readonly Uint8Array[]) =>
    units.map((unit) => Buffer.from(unit).toString('base64')).join(',');
  if (channel.footage.stream.codec === 'h265')
    return `sprop-vps=${list(vps)};sprop-sps=${list(sps)};sprop-pps=${list(pps)}`;
  const profile_level_id = Buffer.from(sps[0]!).toString('hex', 1, 4);
  return `packetization-mode=1;profile-level-id=${profile_level_id};sprop-parameter-sets=${list([...sps, ...pps])}`;
}
