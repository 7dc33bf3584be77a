import { BrokenStream } from '../broken-stream.ts';

/** One RTP packet (RFC 3550, 5.1). `payload` and `extension.data` are views. */
export interface RtpPacket {
  readonly is_marked: boolean;
  readonly payload_type: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly extension: { readonly profile: number; readonly data: Uint8Array } | null;
  readonly payload: Uint8Array;
}

/** Reads one packet. Throws `BrokenStream`. */
export function parseRtp(bytes: Uint8Array): RtpPacket {
  if (bytes.length < 12 || bytes[0]! >> 6 !== 2) throw new BrokenStream('a packet that is no RTP');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = 12 + (bytes[0]! & 0x0f) * 4;
  let extension: RtpPacket['extension'] = null;
  if ((bytes[0]! & 0x10) !== 0) {
    if (bytes.length < start + 4) throw new BrokenStream('an RTP packet that ends in its header');
    const data_start = start + 4;
    start = data_start + view.getUint16(start + 2) * 4;
    if (bytes.length < start) throw new BrokenStream('an RTP packet that ends in its header extension');
    extension = { profile: view.getUint16(data_start - 4), data: bytes.subarray(data_start, start) };
  }
  const padding = (bytes[0]! & 0x20) === 0 ? 0 : bytes[bytes.length - 1]!;
  const end = bytes.length - padding;
  if (end < start || ((bytes[0]! & 0x20) !== 0 && padding === 0)) {
    throw new BrokenStream('an RTP packet that is all padding');
  }
  return {
    is_marked: (bytes[1]! & 0x80) !== 0,
    payload_type: bytes[1]! & 0x7f,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    extension,
    payload: bytes.subarray(start, end),
  };
}
