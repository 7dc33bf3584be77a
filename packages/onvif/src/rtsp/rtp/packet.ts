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

const HEADER_BYTES = 12;

/** Reads one packet; by hand, for an hour of video is a million of them. Throws `BrokenStream`. */
export function parseRtp(bytes: Uint8Array): RtpPacket {
  const first = bytes[0] ?? 0;
  if (bytes.length < HEADER_BYTES || first >> 6 !== 2) throw new BrokenStream('a packet that is no RTP');
  let start = HEADER_BYTES + (first & 0x0f) * 4;
  let extension: RtpPacket['extension'] = null;
  if ((first & 0x10) !== 0) {
    if (bytes.length < start + 4) throw new BrokenStream('an RTP packet that ends in its header');
    const profile = u16(bytes, start);
    const data_start = start + 4;
    start = data_start + u16(bytes, start + 2) * 4;
    if (bytes.length < start) throw new BrokenStream('an RTP packet that ends in its header extension');
    extension = { profile, data: bytes.subarray(data_start, start) };
  }
  const is_padded = (first & 0x20) !== 0;
  const padding = is_padded ? bytes[bytes.length - 1]! : 0;
  const end = bytes.length - padding;
  if (end < start || (is_padded && padding === 0)) {
    throw new BrokenStream('an RTP packet that is all padding');
  }
  const second = bytes[1]!;
  return {
    is_marked: (second & 0x80) !== 0,
    payload_type: second & 0x7f,
    sequence: u16(bytes, 2),
    timestamp: u32(bytes, 4),
    ssrc: u32(bytes, 8),
    extension,
    payload: bytes.subarray(start, end),
  };
}

/** 16 bits, big-endian. The caller has checked the length. */
export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

/** 32 bits, big-endian, without sign. The caller has checked the length. */
export function u32(bytes: Uint8Array, at: number): number {
  return bytes[at]! * 2 ** 24 + ((bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);
}
