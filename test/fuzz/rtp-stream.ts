import fc from 'fast-check';

/** What is done to one packet of a stream beside carrying its payload. Every field may lie. */
interface PacketPlan {
  readonly payload: Buffer;
  readonly has_new_time: boolean;
  /** Under which of the session's channels it comes. */
  readonly channel: number;
  /** 0 to 3: the replay extension; others: none, too short, another profile, a length beyond the packet. */
  readonly extension: number;
  readonly flags: number;
  /** Mostly 0: number of contributing sources that are stated, padding, loss, another source. */
  readonly lie: number;
  readonly payload_type: number;
}

/** An interleaved packet. */
export interface ChannelPacket {
  readonly channel: number;
  readonly bytes: Buffer;
}

const NTP_S = 3_973_000_000;
const TICKS = 3_600;
const SENDER_REPORT = Buffer.of(0x80, 200, 0, 6, 0, 0, 0, 7, ...Array<number>(20).fill(0xe0));
const BYE = Buffer.of(0x81, 203, 0, 1, 0, 0, 0, 7);

/** A stream of RTP packets whose headers are mostly right, over payloads that are given. */
export function rtpStream(
  payload: fc.Arbitrary<Buffer>,
  channels: readonly number[],
  payload_types: readonly number[],
): fc.Arbitrary<ChannelPacket[]> {
  const plan: fc.Arbitrary<PacketPlan> = fc.record({
    payload,
    has_new_time: fc.boolean(),
    channel: fc.nat(channels.length - 1),
    extension: fc.nat(9),
    flags: fc.nat(255),
    lie: fc.nat(60),
    payload_type: fc.nat(30),
  });
  return fc.array(plan, { minLength: 1, maxLength: 14 }).map((plans) => {
    const sequences = new Map<number, number>();
    let timestamp = 1000;
    return plans.map((one): ChannelPacket => {
      const channel = channels[one.channel]!;
      if (one.has_new_time) timestamp += TICKS;
      if (channel % 2 === 1) return { channel, bytes: one.flags < 16 ? BYE : SENDER_REPORT };
      const sequence = (sequences.get(channel) ?? 0xfff0) + (one.lie === 1 ? 2 : 1);
      sequences.set(channel, sequence);
      const type = one.payload_type === 0 ? 127 : payload_types[one.channel]!;
      return { channel, bytes: packet(one, sequence, timestamp, type) };
    });
  });
}

function packet(plan: PacketPlan, sequence: number, timestamp: number, payload_type: number): Buffer {
  const head = Buffer.alloc(12);
  const extension = extensionOf(plan, timestamp);
  const { lie } = plan;
  head[0] =
    0x80 | (extension.length > 0 ? 0x10 : 0) | (lie === 2 ? 0x20 : 0) | (lie === 3 ? plan.flags & 15 : 0);
  if (lie === 4) head[0] = plan.flags;
  head[1] = (plan.flags & 1 ? 0x80 : 0) | payload_type;
  head.writeUInt16BE(sequence & 0xffff, 2);
  head.writeUInt32BE(timestamp >>> 0, 4);
  head.writeUInt32BE(lie === 5 ? 8 : 7, 8);
  return Buffer.concat([head, extension, plan.payload]);
}

function extensionOf({ extension, flags }: PacketPlan, timestamp: number): Buffer {
  if (extension >= 4 && extension <= 6) return Buffer.alloc(0);
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16BE(extension === 7 ? 0xbede : 0xabac, 0);
  bytes.writeUInt16BE(extension === 8 ? 1 : extension === 9 && flags > 200 ? 0xffff : 3, 2);
  bytes.writeUInt32BE(NTP_S + Math.floor(timestamp / 90_000), 4);
  bytes.writeUInt32BE(((timestamp % 90_000) * 47_721) >>> 0, 8);
  bytes[12] = flags;
  return extension === 8 ? bytes.subarray(0, 8) : bytes;
}
