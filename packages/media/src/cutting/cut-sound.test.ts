import type { AudioStreamDescription, FootageEvent, Span } from '@minhchung/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inStep } from '../sound/in-step.ts';
import { cutFootage } from './cut-footage.ts';

const PCMU: AudioStreamDescription = {
  kind: 'audio',
  codec: 'pcmu',
  sample_rate_hz: 8_000,
  channel_count: 1,
  decoder_configuration: new Uint8Array(),
};
const SOUND_MS = 40;
const FRAME_MS = 40;
const GOP_FRAMES = 25;
const STREAM: FootageEvent = {
  type: 'stream',
  stream: { kind: 'video', codec: 'h264', width: 2, height: 2, decoder_configuration: new Uint8Array([1]) },
};

const picture = (time_ms: number): FootageEvent => ({
  type: 'packet',
  packet: {
    device_time_us: time_ms * 1000,
    is_keyframe: (time_ms / FRAME_MS) % GOP_FRAMES === 0,
    data: new Uint8Array(8),
  },
});
const sound = (time_ms: number): FootageEvent => ({
  type: 'audio',
  packet: { device_time_us: time_ms * 1000, data: new Uint8Array(SOUND_MS * 8) },
});

/** Pictures and sound from 0 to `length_ms`, each sound so much later than the picture of its time. */
function interleaved(length_ms: number, lateOf: (time_ms: number) => number, missing: Span | null = null) {
  const told: { at: number; event: FootageEvent }[] = [];
  for (let ms = 0; ms < length_ms; ms += FRAME_MS) told.push({ at: ms, event: picture(ms) });
  let latest = Number.NEGATIVE_INFINITY;
  for (let ms = -200; ms < length_ms; ms += SOUND_MS) {
    if (missing !== null && ms >= missing.start_ms && ms < missing.end_ms) continue;
    // A source keeps the order of its sound.
    latest = Math.max(latest, ms + lateOf(ms));
    told.push({ at: latest, event: sound(ms) });
  }
  const audio_stream: FootageEvent = { type: 'audio_stream', stream: PCMU };
  return [STREAM, audio_stream, ...told.sort((a, b) => a.at - b.at).map(({ event }) => event)];
}

async function cut(events: readonly FootageEvent[], span: Span) {
  async function* source() {
    yield* events;
  }
  const masters: { pictures: number[]; sounds: number[] }[] = [];
  for await (const event of cutFootage(inStep(source()), span, { gap_min_ms: 1_500 })) {
    if (event.type === 'master') masters.push({ pictures: [], sounds: [] });
    if (event.type === 'packet') masters.at(-1)!.pictures.push(event.packet.device_time_us / 1000);
    if (event.type === 'sound') masters.at(-1)!.sounds.push(event.sound.packet.device_time_us / 1000);
  }
  return masters;
}

/** What overlaps the pictures of a master, each frame 40 ms long. */
function overlapping(pictures: readonly number[], missing: Span | null = null): number[] {
  const [first, end] = [Math.min(...pictures), Math.max(...pictures) + FRAME_MS];
  const times: number[] = [];
  for (let ms = -200; ms < end; ms += SOUND_MS) {
    const is_missing = missing !== null && ms >= missing.start_ms && ms < missing.end_ms;
    if (!is_missing && ms + SOUND_MS > first) times.push(ms);
  }
  return times;
}

describe('sound of a cut', () => {
  it('is all that overlaps the pictures, whole and in order, though it comes seconds late or early', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -6_000, max: 6_000 }),
        fc.array(fc.integer({ min: -800, max: 800 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 18_000 }),
        fc.integer({ min: 40, max: 9_000 }),
        async (late_ms, jitter_ms, start_ms, length_ms) => {
          const events = interleaved(
            40_000,
            (ms) => late_ms + jitter_ms[Math.abs(ms / SOUND_MS) % jitter_ms.length]!,
          );
          const masters = await cut(events, { start_ms, end_ms: start_ms + length_ms });
          expect(masters).toHaveLength(1);
          expect(masters[0]!.sounds).toEqual(overlapping(masters[0]!.pictures));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is there beside a lone picture, which lasts as long as its master says', async () => {
    const masters = await cut(
      interleaved(40_000, () => 0),
      { start_ms: 0, end_ms: 40 },
    );
    expect(masters).toEqual([{ pictures: [0], sounds: [0] }]);
  });

  it('keeps a hole, and pictures go on without it', async () => {
    const missing = { start_ms: 4_000, end_ms: 30_000 };
    const [master] = await cut(
      interleaved(40_000, () => 500, missing),
      { start_ms: 2_000, end_ms: 36_000 },
    );
    expect(master!.pictures.at(-1)).toBe(35_960);
    expect(master!.sounds).toEqual(overlapping(master!.pictures, missing));
  });

  it('does not go over a discontinuity', async () => {
    const [stream, audio, ...before] = interleaved(3_000, () => 0);
    const after = interleaved(3_000, () => 0)
      .slice(2)
      .filter((event) => event.type === 'packet');
    const moved = after.map((event) =>
      event.type === 'packet' ? picture(event.packet.device_time_us / 1000 + 3_000) : event,
    );
    const masters = await cut([stream!, audio!, ...before, { type: 'discontinuity' }, ...moved], {
      start_ms: 0,
      end_ms: 6_000,
    });
    expect(masters.map(({ sounds }) => sounds.length)).toEqual([75, 0]);
  });

  it('goes on in the next master where the pictures change their size', async () => {
    const events = interleaved(4_000, () => 1_000);
    const other: FootageEvent = {
      type: 'stream',
      stream: { ...(STREAM as Extract<FootageEvent, { type: 'stream' }>).stream, width: 4 },
    };
    const place = events.findIndex((e) => e.type === 'packet' && e.packet.device_time_us === 2_000_000);
    const masters = await cut(events.toSpliced(place, 0, other), { start_ms: 0, end_ms: 4_000 });
    expect(masters.map(({ sounds }) => [sounds[0], sounds.at(-1)])).toEqual([
      [0, 1_960],
      [2_000, 3_960],
    ]);
  });
});
