import { describe, expect, it } from 'vitest';
import { writtenFile } from '../../test/written-file.ts';
import { type StretchPacket, stretchPackets } from './stretch-packets.ts';
import type { Stretch } from './timeline.ts';

const SIGNAL = new AbortController().signal;

interface Shape {
  readonly start?: number;
  readonly from?: number;
  readonly to?: number;
}

/** What a stretch gives for a span; the file begins at device time `start` ms. */
async function packetsOf(
  words: string,
  asked: readonly [number, number],
  stretch: Shape = {},
): Promise<StretchPacket[]> {
  const file = writtenFile(words);
  const start_us = (stretch.start ?? 0) * 1000;
  const whole: Stretch = {
    file: { name: 'f', path: '/f', stated_start_us: start_us, duration_us: 0 },
    start_us,
    from_us: stretch.from === undefined ? start_us : stretch.from * 1000,
    to_us: stretch.to === undefined ? start_us + file.end_time_us - file.first_time_us : stretch.to * 1000,
    continues: false,
  };
  const packets: StretchPacket[] = [];
  const span = { start_ms: asked[0], end_ms: asked[1] };
  for await (const packet of stretchPackets(file, whole, span, SIGNAL)) packets.push(packet);
  return packets;
}

/** Device times of its packets, in ms. */
async function told(words: string, asked: readonly [number, number], stretch: Shape = {}): Promise<string> {
  const packets = await packetsOf(words, asked, stretch);
  return packets.map(({ packet }) => packet.device_time_us / 1000).join(' ');
}

describe('packets of a stretch', () => {
  it('stand at the start of the file plus their time after its first picture', async () => {
    expect(await told('K1400 P1440', [5_000, 6_000], { start: 5_000 })).toBe('5000 5040');
  });

  it('begin at the keyframe before the span and end one group after it', async () => {
    expect(await told('K0 P40 K80 P120 K160 P200 K240 P280 K320 P360', [130, 150])).toBe('80 120 160 200');
  });

  it('are cut where a later file counts, without the pictures only a later one needs', async () => {
    expect(await told('K0 P40 P80 P120 P160', [0, 1_000], { to: 100 })).toBe('0 40 80');
  });

  it('keep a later picture that an earlier one is predicted from', async () => {
    expect(await told('K0 P120 P40 P80 P240 P160 P200', [0, 1_000], { to: 100 })).toBe('0 120 40 80');
  });

  it('count again, after another file, from the next keyframe on', async () => {
    expect(await told('K0 P40 K80 P120 K160 P200', [0, 1_000], { from: 100 })).toBe('160 200');
  });

  it('carry the stream they belong to, also where the keyframe that changed it is passed over', async () => {
    const packets = await packetsOf('K0 P40 C80 P120 K160 P200', [0, 1_000], { from: 100 });
    expect(packets.map(({ packet, stream }) => [packet.device_time_us / 1000, stream.height])).toEqual([
      [160, 32],
      [200, 32],
    ]);
  });
});
