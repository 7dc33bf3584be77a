import { describe, expect, it } from 'vitest';
import { writtenFile } from '../../test/written-file.ts';
import { stretchPackets } from './stretch-packets.ts';
import type { Stretch } from './timeline.ts';

const SIGNAL = new AbortController().signal;

/** Device times, in ms, of what a stretch gives for a span; the file begins at device time `start` ms. */
async function told(
  words: string,
  asked: readonly [number, number],
  stretch: { start?: number; from?: number; to?: number } = {},
): Promise<string> {
  const file = writtenFile(words);
  const start_us = (stretch.start ?? 0) * 1000;
  const whole: Stretch = {
    file: { name: 'f', path: '/f', stated_start_us: start_us, duration_us: 0 },
    start_us,
    from_us: stretch.from === undefined ? start_us : stretch.from * 1000,
    to_us: stretch.to === undefined ? start_us + file.end_time_us - file.first_time_us : stretch.to * 1000,
    continues: false,
  };
  const times: number[] = [];
  const span = { start_ms: asked[0], end_ms: asked[1] };
  for await (const packet of stretchPackets(file, whole, span, SIGNAL))
    times.push(packet.device_time_us / 1000);
  return times.join(' ');
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
});
