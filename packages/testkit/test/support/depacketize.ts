import type { TestPacket } from './rtsp-test-client.ts';

/** One access unit put together again, with what its header extension said. */
export interface TestUnit {
  readonly device_time_us: number;
  readonly flags: string;
  readonly cseq: number;
  readonly rtp_timestamp: number;
  readonly nal_units: readonly Buffer[];
}

/** Puts H.264 or H.265 access units together. Throws on a gap of sequence numbers or a unit without extension. */
export function depacketize(packets: readonly TestPacket[], codec: 'h264' | 'h265' = 'h264'): TestUnit[] {
  const units: TestUnit[] = [];
  let open: (TestUnit & { nal_units: Buffer[] }) | null = null;
  let fragments: Buffer[] = [];
  let sequence: number | null = null;
  for (const { channel, data } of packets) {
    if (channel !== 0) continue;
    const given = data.readUInt16BE(2);
    if (sequence !== null && given !== (sequence + 1) % 65_536)
      throw new Error('Sequence numbers have a gap.');
    sequence = given;
    let payload = data.subarray(12);
    if (data[0]! & 0x10) {
      if (payload.readUInt16BE(0) !== 0xabac || payload.readUInt16BE(2) !== 3)
        throw new Error('Wrong extension.');
      const flags = [...'CEDT'].filter((_, n) => payload[12]! & (0x80 >> n)).join('');
      const rtp_timestamp = data.readUInt32BE(4);
      open = { device_time_us: readNtp(payload), flags, cseq: payload[13]!, rtp_timestamp, nal_units: [] };
      payload = payload.subarray(16);
    }
    if (!open) throw new Error('An access unit has no extension.');
    const header_bytes = codec === 'h264' ? 1 : 2;
    const type = codec === 'h264' ? payload[0]! & 0x1f : (payload[0]! >> 1) & 0x3f;
    if (type === (codec === 'h264' ? 28 : 49)) {
      const fragment = payload[header_bytes]!;
      if (fragment & 0x80) fragments = [originalHeader(codec, payload)];
      fragments.push(payload.subarray(header_bytes + 1));
      if (fragment & 0x40) open.nal_units.push(Buffer.concat(fragments));
    } else open.nal_units.push(payload);
    if (data[1]! & 0x80) {
      units.push(open);
      open = null;
    }
  }
  return units;
}

function originalHeader(codec: 'h264' | 'h265', payload: Buffer): Buffer {
  if (codec === 'h264') return Buffer.of((payload[0]! & 0xe0) | (payload[1]! & 0x1f));
  return Buffer.of((payload[0]! & 0x81) | ((payload[2]! & 0x3f) << 1), payload[1]!);
}

function readNtp(extension: Buffer): number {
  const seconds = extension.readUInt32BE(4) - 2_208_988_800;
  return seconds * 1_000_000 + Math.round((extension.readUInt32BE(8) * 1_000_000) / 2 ** 32);
}
