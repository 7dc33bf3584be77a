import type { RecordedFootage } from '../recorded-video/recorded-footage.ts';
import { VENDOR_PAYLOAD_TYPE } from './vendor-rtp.ts';

/** Session description of a playback (RFC 4566): pictures only, without a word of time. */
export function describeVendorStream(footage: RecordedFootage, uri: string): string {
  const lines = [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=Playback',
    'c=IN IP4 0.0.0.0',
    't=0 0',
    `a=control:${uri}`,
    `m=video 0 RTP/AVP ${VENDOR_PAYLOAD_TYPE}`,
    `a=rtpmap:${VENDOR_PAYLOAD_TYPE} ${footage.stream.codec.toUpperCase()}/90000`,
    `a=fmtp:${VENDOR_PAYLOAD_TYPE} ${formatParameters(footage)}`,
    `a=control:${uri}`,
    'a=recvonly',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function formatParameters({ parameter_sets, stream }: RecordedFootage): string {
  const { vps, sps, pps } = parameter_sets;
  const list = (units: readonly Uint8Array[]) =>
    units.map((unit) => Buffer.from(unit).toString('base64')).join(',');
  if (stream.codec === 'h265') return `sprop-vps=${list(vps)};sprop-sps=${list(sps)};sprop-pps=${list(pps)}`;
  return `packetization-mode=1;sprop-parameter-sets=${list([...sps, ...pps])}`;
}
