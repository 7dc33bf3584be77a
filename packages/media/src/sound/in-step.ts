import type { FootageEvent } from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';
import { soundDurationUs } from './sound-duration.ts';

/**
 * Brings sound that comes late beside its pictures: a picture waits until the sound up to its time has come, or until
 * the pictures are so far ahead that there surely is none. Sound that comes early passes; whoever cuts keeps it. The
 * order of pictures and of sound each stays as it is, and nothing crosses a discontinuity. Before the first word of
 * sound nothing waits.
 */
export async function* inStep(events: AsyncIterable<FootageEvent>): AsyncGenerator<FootageEvent> {
  const waiting: FootageEvent[] = [];
  let first = 0;
  let waiting_bytes = 0;
  let has_sound = false;
  let sound_until_us = Number.NEGATIVE_INFINITY;
  let newest_picture_us = Number.NEGATIVE_INFINITY;
  let stream: Parameters<typeof soundDurationUs>[0] | null = null;

  function* release(all: boolean): Generator<FootageEvent> {
    while (first < waiting.length && (all || mayGo(first))) {
      const event = waiting[first]!;
      first += 1;
      if (event.type === 'packet') waiting_bytes -= event.packet.data.length;
      yield event;
    }
    if (first === waiting.length) {
      waiting.length = 0;
      first = 0;
    }
  }

  function mayGo(index: number): boolean {
    // The description of a stream goes with its first picture: the sound before that one belongs before it.
    const next = waiting[waiting[index]!.type === 'packet' ? index : index + 1];
    if (next?.type !== 'packet') return false;
    const time_us = next.packet.device_time_us;
    return (
      sound_until_us >= time_us ||
      Math.abs(newest_picture_us - time_us) > MEDIA_LIMITS.sound_late_us_max ||
      waiting_bytes > MEDIA_LIMITS.waiting_bytes_max
    );
  }

  for await (const event of events) {
    if (event.type === 'discontinuity') {
      yield* release(true);
      sound_until_us = Number.NEGATIVE_INFINITY;
      yield event;
    } else if (event.type === 'audio_stream') {
      has_sound = true;
      stream = event.stream;
      yield event;
    } else if (event.type === 'audio') {
      if (stream === null) throw new Error('sound came before its description');
      sound_until_us = event.packet.device_time_us + soundDurationUs(stream, event.packet.data);
      yield event;
      yield* release(false);
    } else if (event.type === 'metadata' || !has_sound) {
      yield event;
    } else {
      waiting.push(event);
      if (event.type === 'packet') {
        waiting_bytes += event.packet.data.length;
        newest_picture_us = event.packet.device_time_us;
      }
      yield* release(false);
    }
  }
  yield* release(true);
}
