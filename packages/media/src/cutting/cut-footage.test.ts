import type { FootageEvent, MediaPacket, Span, StreamDescription } from '@minhchung/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEDIA_LIMITS } from '../limits.ts';
import { cutFootage } from './cut-footage.ts';

const FRAME_MS = 40;
const GAP_MIN_MS = 1_500;

function describeStream(width = 352): StreamDescription {
  return { kind: 'video', codec: 'h264', width, height: 288, decoder_configuration: Uint8Array.of(1, width) };
}

function packetAt(time_ms: number, is_keyframe = false): MediaPacket {
  return { device_time_us: time_ms * 1000, is_keyframe, data: new Uint8Array(4) };
}

/** A group of pictures beginning at `start_ms`; `order` gives frame numbers in decode order, 0 the keyframe. */
function group(start_ms: number, order: readonly number[]): FootageEvent[] {
  return order.map((frame, index) => ({
    type: 'packet',
    packet: packetAt(start_ms + frame * FRAME_MS, index === 0),
  }));
}

const IN_ORDER = [0, 1, 2, 3, 4];
const REORDERED = [0, 4, 2, 1, 3];

/** Cuts, and gives each master as the times of its packets, in milliseconds. */
async function cut(events: readonly FootageEvent[], span: Span) {
  const masters: { width: number; times: number[]; wanted: number[] }[] = [];
  let ended = 0;
  let undecodable = 0;
  let read = 0;
  async function* source() {
    for (const event of events) {
      read++;
      yield event;
    }
  }
  for await (const event of cutFootage(source(), span, { gap_min_ms: GAP_MIN_MS })) {
    if (event.type === 'master') masters.push({ width: event.stream.width, times: [], wanted: [] });
    else if (event.type === 'end_of_master') ended++;
    else if (event.type === 'undecodable') undecodable++;
    else if (event.type === 'packet') {
      const time_ms = event.packet.device_time_us / 1000;
      masters.at(-1)!.times.push(time_ms);
      if (event.wanted) masters.at(-1)!.wanted.push(time_ms);
    }
  }
  expect(ended).toBe(masters.length);
  return { masters, times: masters.map((master) => master.times), undecodable, read };
}

const STREAM: FootageEvent = { type: 'stream', stream: describeStream() };

describe('cutting', () => {
  it('begins with the keyframe at or before the start and marks what lies outside as not wanted', async () => {
    const events = [STREAM, ...group(0, IN_ORDER), ...group(200, IN_ORDER), ...group(400, IN_ORDER)];
    const { masters } = await cut(events, { start_ms: 280, end_ms: 440 });
    expect(masters[0]!.times).toEqual([200, 240, 280, 320, 360, 400]);
    expect(masters[0]!.wanted).toEqual([280, 320, 360, 400]);
  });

  it('begins with the keyframe that lies exactly at the start', async () => {
    const events = [STREAM, ...group(0, IN_ORDER), ...group(200, IN_ORDER)];
    expect((await cut(events, { start_ms: 200, end_ms: 280 })).times).toEqual([[200, 240]]);
  });

  it('begins with the first keyframe when the recording begins after the start', async () => {
    const events = [STREAM, ...group(1_000, IN_ORDER)];
    expect((await cut(events, { start_ms: 0, end_ms: 1_080 })).times).toEqual([[1_000, 1_040]]);
  });

  it('keeps packets in decode order through the last one shown before the end', async () => {
    const events = [STREAM, ...group(0, REORDERED)];
    // Shown before 120 ms: 0, 80 and 40; the frame of 160 ms is needed by them and comes along.
    expect((await cut(events, { start_ms: 0, end_ms: 120 })).times).toEqual([[0, 160, 80, 40]]);
  });

  it('keeps leading pictures of a keyframe that lies beyond the end', async () => {
    const events = [STREAM, ...group(0, IN_ORDER), ...group(280, [0, -2, -1, 1]), ...group(480, IN_ORDER)];
    const { times } = await cut(events, { start_ms: 0, end_ms: 241 });
    expect(times).toEqual([[0, 40, 80, 120, 160, 280, 200, 240]]);
  });

  it('gives no master where no frame is wanted', async () => {
    const events = [
      STREAM,
      ...group(0, IN_ORDER),
      { type: 'discontinuity' as const },
      ...group(9_000, IN_ORDER),
    ];
    expect((await cut(events, { start_ms: 1_000, end_ms: 2_000 })).times).toEqual([]);
  });

  it('begins a new master after a gap, and forgets a group that ended before it', async () => {
    const events = [
      STREAM,
      ...group(0, IN_ORDER),
      ...group(5_000, IN_ORDER),
      ...group(160 + 5_000 + GAP_MIN_MS + 1, IN_ORDER),
    ];
    const { times } = await cut(events, { start_ms: 1_000, end_ms: 60_000 });
    expect(times.map((master) => master[0])).toEqual([5_000, 6_661]);
  });

  it('joins groups whose distance is as long as the shortest gap', async () => {
    const events = [STREAM, ...group(0, IN_ORDER), ...group(160 + GAP_MIN_MS, IN_ORDER)];
    expect((await cut(events, { start_ms: 0, end_ms: 60_000 })).times).toHaveLength(1);
  });

  it('begins a new master where the clock stepped back', async () => {
    const events = [STREAM, ...group(10_000, IN_ORDER), ...group(10_100, IN_ORDER)];
    const { times } = await cut(events, { start_ms: 10_000, end_ms: 60_000 });
    expect(times.map((master) => master[0])).toEqual([10_000, 10_100]);
  });

  it('ends a master where the clock steps back inside a group of pictures, and counts what is lost', async () => {
    const stepped = group(10_000, [0, 1, 2, 3, -500, -499]);
    const events = [STREAM, ...stepped, ...group(-9_000, IN_ORDER), ...group(10_300, IN_ORDER)];
    const { times, undecodable } = await cut(events, { start_ms: -10_000, end_ms: 60_000 });
    expect(times).toEqual([
      [10_000, 10_040, 10_080, 10_120],
      [-9_000, -8_960, -8_920, -8_880, -8_840],
      [10_300, 10_340, 10_380, 10_420, 10_460],
    ]);
    expect(undecodable).toBe(2);
  });

  it('begins a new master at a discontinuity', async () => {
    const events = [
      STREAM,
      ...group(0, IN_ORDER),
      { type: 'discontinuity' as const },
      ...group(200, IN_ORDER),
    ];
    expect((await cut(events, { start_ms: 0, end_ms: 60_000 })).times).toHaveLength(2);
  });

  it('begins a new master where the stream changes, and only there', async () => {
    const events: FootageEvent[] = [
      STREAM,
      ...group(0, IN_ORDER),
      { type: 'stream', stream: describeStream() },
      ...group(200, IN_ORDER),
      { type: 'stream', stream: describeStream(704) },
      ...group(400, IN_ORDER),
    ];
    const { masters } = await cut(events, { start_ms: 0, end_ms: 60_000 });
    expect(masters.map((master) => [master.width, master.times[0]])).toEqual([
      [352, 0],
      [704, 400],
    ]);
  });

  it('counts wanted packets that no keyframe precedes', async () => {
    const events = [STREAM, ...group(0, IN_ORDER).slice(1), ...group(200, IN_ORDER)];
    const { times, undecodable } = await cut(events, { start_ms: 60, end_ms: 240 });
    expect(times).toEqual([[200]]);
    expect(undecodable).toBe(3);
  });

  it('stops reading with the first frame that proves the end passed', async () => {
    const later = Array.from({ length: 50 }, (_, index) => group(400 + index * 200, IN_ORDER)).flat();
    const events = [STREAM, ...group(0, IN_ORDER), ...group(200, IN_ORDER), ...later];
    // Two groups, then the keyframe at 400 ms and the frame after it.
    expect((await cut(events, { start_ms: 0, end_ms: 400 })).read).toBe(1 + 5 + 5 + 2);
  });

  it('stops reading inside an endless group of pictures', async () => {
    const endless = group(
      0,
      Array.from({ length: 5_000 }, (_, index) => index),
    );
    const { read } = await cut([STREAM, ...endless], { start_ms: 0, end_ms: 400 });
    expect(read).toBeLessThanOrEqual(1 + 10 + MEDIA_LIMITS.reorder_packets_max + 1);
  });

  it('refuses a group of pictures longer than any sane one', async () => {
    const frames = Array.from({ length: MEDIA_LIMITS.gop_packets_max + 1 }, (_, index) => index);
    const span = { start_ms: 1e9, end_ms: 2e9 };
    await expect(cut([STREAM, ...group(0, frames)], span)).rejects.toMatchObject({ code: 'MEDIA_LIMIT' });
  });
});

describe('the rule of trimming', () => {
  /** Groups without gaps, each reordered within itself as codecs may: the keyframe first in both orders. */
  const footage = fc
    .array(
      fc.integer({ min: 1, max: 12 }).chain((length) =>
        fc.shuffledSubarray(
          Array.from({ length }, (_, index) => index + 1),
          { minLength: length },
        ),
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((orders) => {
      let start_ms = 0;
      return orders.flatMap((order) => {
        const events = group(start_ms, [0, ...order]);
        start_ms += (order.length + 1) * FRAME_MS;
        return events;
      });
    });

  it('keeps a slice of the source in decode order: from the keyframe before, through the last frame before the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        footage,
        fc.nat(2_500),
        fc.integer({ min: 1, max: 2_500 }),
        async (events, from, length) => {
          const span = { start_ms: from, end_ms: from + length };
          const packets = events.map((event) => (event as { packet: MediaPacket }).packet);
          const times = packets.map((packet) => packet.device_time_us / 1000);
          const has_wanted = times.some((time) => time >= span.start_ms && time < span.end_ms);
          const first = packets.findLastIndex((p, index) => p.is_keyframe && times[index]! <= span.start_ms);
          const last = times.findLastIndex((time) => time < span.end_ms);
          const expected = has_wanted ? [times.slice(first, last + 1)] : [];
          expect((await cut([STREAM, ...events], span)).times).toEqual(expected);
        },
      ),
    );
  });

  it('misses no wanted frame and gives none twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        footage,
        fc.nat(2_500),
        fc.integer({ min: 1, max: 2_500 }),
        async (events, from, length) => {
          const span = { start_ms: from, end_ms: from + length };
          const wanted = events
            .map((event) => (event as { packet: MediaPacket }).packet.device_time_us / 1000)
            .filter((time) => time >= span.start_ms && time < span.end_ms);
          const { masters } = await cut([STREAM, ...events], span);
          expect(masters.flatMap((master) => master.wanted)).toEqual(wanted);
        },
      ),
    );
  });
});
