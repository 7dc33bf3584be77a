/** RTP as a recorder would send it, for servers in tests. */
export interface RtpOptions {
  readonly sequence: number;
  readonly timestamp: number;
  readonly payload: Uint8Array;
  readonly is_marked?: boolean;
  readonly ssrc?: number;
  readonly payload_type?: number;
  /** The ONVIF replay extension; none when left out. */
  readonly replay?: ReplayStamp;
}

export interface ReplayStamp {
  readonly device_time_ms: number;
  /** C, E, D, T as they lie in the byte: 0x80, 0x40, 0x20, 0x10. */
  readonly flags?: number;
}

export function rtp(options: RtpOptions): Buffer {
  const header = Buffer.alloc(12);
  header[0] = 0x80 | (options.replay === undefined ? 0 : 0x10);
  header[1] = (options.is_marked ? 0x80 : 0) | (options.payload_type ?? 96);
  header.writeUInt16BE(options.sequence & 0xffff, 2);
  header.writeUInt32BE(options.timestamp >>> 0, 4);
  header.writeUInt32BE(options.ssrc ?? 7, 8);
  const parts = [header, options.replay === undefined ? Buffer.alloc(0) : replayExtension(options.replay)];
  return Buffer.concat([...parts, options.payload]);
}

function replayExtension({ device_time_ms, flags = 0 }: ReplayStamp): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16BE(0xabac, 0);
  bytes.writeUInt16BE(3, 2);
  const seconds = Math.floor(device_time_ms / 1000);
  bytes.writeUInt32BE((seconds + 2_208_988_800) % 2 ** 32, 4);
  bytes.writeUInt32BE(Math.floor(((device_time_ms - seconds * 1000) / 1000) * 2 ** 32), 8);
  bytes[12] = flags;
  return bytes;
}

/** A packet on an interleaved channel. */
export function interleaved(channel: number, packet: Uint8Array): Buffer {
  const head = Buffer.from([0x24, channel, packet.length >> 8, packet.length & 0xff]);
  return Buffer.concat([head, packet]);
}

/** RTCP: an empty sender report followed by BYE. */
export const RTCP_BYE = Buffer.from([0x80, 200, 0, 1, 0, 0, 0, 7, 0x81, 203, 0, 1, 0, 0, 0, 7]);

/** FU-A fragments of one H.264 NAL unit, `size` bytes of it each. */
export function h264Fragments(nal: Uint8Array, size: number): Buffer[] {
  const fragments: Buffer[] = [];
  for (let at = 1; at < nal.length; at += size) {
    const is_last = at + size >= nal.length;
    const flags = (at === 1 ? 0x80 : 0) | (is_last ? 0x40 : 0) | (nal[0]! & 0x1f);
    fragments.push(Buffer.concat([Buffer.from([(nal[0]! & 0xe0) | 28, flags]), nal.subarray(at, at + size)]));
  }
  return fragments;
}

/** An RTCP sender report: at `ntp_ms` of the sender's clock, its RTP clock shows `timestamp`. */
export function senderReport(ntp_ms: number, timestamp: number): Buffer {
  const bytes = Buffer.alloc(28);
  bytes.writeUInt32BE(0x80c80006, 0);
  const seconds = Math.floor(ntp_ms / 1000);
  bytes.writeUInt32BE((seconds + 2_208_988_800) % 2 ** 32, 8);
  bytes.writeUInt32BE(Math.floor(((ntp_ms - seconds * 1000) / 1000) * 2 ** 32), 12);
  bytes.writeUInt32BE(timestamp >>> 0, 16);
  return bytes;
}
