import { describe, expect, it } from 'vitest';
import { frameFacts } from './frame-facts.ts';

const SPAN = { start_ms: 100, end_ms: 200 };

describe('facts of frames', () => {
  it('count frames before, inside and after the span, whose end is not part of it', () => {
    const facts = frameFacts(Float64Array.of(199_999, 60_000, 100_000, 140_000, 200_000), SPAN, 1_000);
    expect(facts).toMatchObject({ frames_before: 1, frames_inside: 3, frames_after: 1 });
    expect(facts.first_inside_device_time_us).toBe(100_000);
    expect(facts.last_inside_device_time_us).toBe(199_999);
  });

  it('say that nothing lies inside', () => {
    const facts = frameFacts(Float64Array.of(60_000, 240_000), SPAN, 1_000);
    expect(facts.frames_inside).toBe(0);
    expect(facts.first_inside_device_time_us).toBeNull();
    expect(facts.last_inside_device_time_us).toBeNull();
  });

  it('choose stills among the frames inside, each at its own time, the first and the last among them', () => {
    const times = Float64Array.from({ length: 30 }, (_, n) => 100_000 + n * 3_000 + (n % 2));
    const { stills_device_time_us: stills } = frameFacts(times.slice(), SPAN, 1_000);
    expect(stills).toHaveLength(8);
    expect(stills.every((still) => times.includes(still))).toBe(true);
    expect([stills[0], stills.at(-1)]).toEqual([times[0], times.at(-1)]);
    expect(frameFacts(Float64Array.of(150_000), SPAN, 1_000).stills_device_time_us).toEqual([150_000]);
    expect(frameFacts(Float64Array.of(60_000), SPAN, 1_000).stills_device_time_us).toEqual([]);
  });

  it('divide what was found at breaks longer than the shortest gap, not at those as long', () => {
    const facts = frameFacts(Float64Array.of(0, 40_000, 1_040_000, 1_080_000, 2_080_001), SPAN, 1_000);
    expect(facts.found_spans).toEqual([
      { start_ms: 0, end_ms: 1_120 },
      { start_ms: 2_080, end_ms: 2_080 },
    ]);
  });
});
