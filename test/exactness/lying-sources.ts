import type { FootageEvent, FootageSource, MediaPacket } from '@minhchung/domain';

/** Changes the packets of a source, in decode order, counted from 0 at the beginning of every read. */
export type Lie = (packet: MediaPacket, n: number) => readonly MediaPacket[];

/** A source whose packets are changed on the way, as a fault in the product would: the recorder itself is right. */
export function lyingSource(source: FootageSource, lie: Lie): FootageSource {
  return {
    kind: source.kind,
    time_resolution_ms: source.time_resolution_ms,
    holdings: (span, signal) => source.holdings(span, signal),
    read: (span, signal, tracks) => changed(source.read(span, signal, tracks), lie),
    origin: () => source.origin(),
    close: () => source.close(),
  };
}

/** A picture between two keyframes, within what is wanted of the case that is lied about. */
const INSIDE = 20;

/** What a fault in reading or cutting would do to footage. */
export const LIES = {
  'a frame dropped': at(INSIDE, () => []),
  'a frame twice': at(INSIDE, (packet) => [
    packet,
    { ...packet, device_time_us: packet.device_time_us + 1000 },
  ]),
  'all frames one frame later': (packet) => [{ ...packet, device_time_us: packet.device_time_us + 80_000 }],
  'all frames re-stamped by 2 ms': (packet) => [{ ...packet, device_time_us: packet.device_time_us + 2000 }],
  'one frame re-stamped by 2 ms': at(INSIDE, (packet) => [
    { ...packet, device_time_us: packet.device_time_us + 2000 },
  ]),
  'a byte flipped': at(INSIDE, (packet) => [{ ...packet, data: withFlippedByte(packet.data) }]),
  'a NAL unit left out': at(0, (packet) => [{ ...packet, data: withoutFirstSei(packet.data) }]),
} as const satisfies Record<string, Lie>;

/** The pictures of two neighbours in decode order exchanged, times and all. */
export function swapped(source: FootageSource, first: number): FootageSource {
  let held: MediaPacket | null = null;
  return lyingSource(source, (packet, n) => {
    if (n === 0) held = null;
    if (n === first) {
      held = packet;
      return [];
    }
    return n === first + 1 && held !== null ? [packet, held] : [packet];
  });
}

/** Changes one packet. */
function at(place: number, change: (packet: MediaPacket) => readonly MediaPacket[]): Lie {
  return (packet, n) => (n === place ? change(packet) : [packet]);
}

async function* changed(events: AsyncIterable<FootageEvent>, lie: Lie): AsyncGenerator<FootageEvent> {
  let n = 0;
  for await (const event of events) {
    if (event.type !== 'packet') yield event;
    else for (const packet of lie(event.packet, n++)) yield { type: 'packet', packet };
  }
}

function withFlippedByte(data: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(data);
  copy[copy.length - 1]! ^= 0x10;
  return copy;
}

/** Leaves out the first NAL unit that is an SEI message of H.264 (type 6). */
function withoutFirstSei(data: Uint8Array): Uint8Array {
  const bytes = Buffer.from(data);
  for (let start = 0; start < bytes.length; start += 4 + bytes.readUInt32BE(start)) {
    const end = start + 4 + bytes.readUInt32BE(start);
    if ((bytes[start + 4]! & 0x1f) === 6)
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  }
  throw new Error('There is no SEI message to leave out.');
}
