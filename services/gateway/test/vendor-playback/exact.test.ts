import { describe, expect, it } from 'vitest';
import { calibrated, readSpan, sourceOf, vendorBench } from './bench.ts';

const bench = vendorBench();

/** Wanted of the footage's 24 s, true time from its start. */
const WANTED = { from_ms: 7_300, to_ms: 15_100 };

describe.each(['hikvision', 'dahua', 'uniview', 'generic'] as const)('a %s recorder', (vendor) => {
  it.each([
    ['utc', 'utc', 'rtcp', 420],
    ['utc', 'local', 'rtcp', 420],
    ['local', 'utc', 'abac', 420],
    ['local', 'local', 'rtcp', 420],
    // A zone with the sign of POSIX, and the one of the factory.
    ['local', 'utc', 'rtcp', -420],
    ['local', 'local', 'abac', 480],
  ] as const)(
    'that reads %s and stamps %s (%s, zone %i min) is settled, and its frames are exact',
    async (reads, stamps, sends, zone_min) => {
      const recorder = await bench.start({
        ...{ vendor, reads, stamps, sends, zone_min, clock_offset_ms: -37_400 },
      });
      const finding = await calibrated(recorder);
      expect(finding).toMatchObject({
        zone_offset_min: reads === 'local' ? zone_min : 0,
        frame_times: 'stamped',
        frame_offset_min: stamps === 'local' ? zone_min : 0,
        time_resolution_ms: 0,
        keyframe_interval_ms: 2_000,
        honours_end: true,
        nothing_answer: 'rtsp_404',
      });
      const footage = await bench.footage();
      const start_ms = footage.frames[0]!.true_time_ms;
      const device_span = {
        start_ms: start_ms + WANTED.from_ms - 37_400,
        end_ms: start_ms + WANTED.to_ms - 37_400,
      };
      const source = sourceOf(recorder, finding);
      expect((await source.holdings(device_span, new AbortController().signal)).spans).toEqual([device_span]);
      const { packets, breaks } = await readSpan(source, device_span);
      expect(breaks).toBe(0);
      const times = packets.map(({ device_ms }) => device_ms).toSorted((a, b) => a - b);
      const burned = await bench.burnedClocks(packets.map(({ data }) => data));
      expect(times.map((ms) => ms + 37_400)).toEqual(burned);
      const wanted = footage.frames
        .map(({ true_time_ms }) => true_time_ms - 37_400)
        .filter((ms) => ms >= device_span.start_ms && ms < device_span.end_ms);
      expect(times).toEqual(expect.arrayContaining(wanted));
    },
  );
});
