import type { AudioStreamDescription, FootageEvent, MediaFile, Span } from '@minhchung/domain';
import type { Stretch } from './timeline.ts';

type AudioEvent = Extract<FootageEvent, { type: 'audio' }>;

/** Sound beside the pictures of one stretch, handed out as far as the pictures have come. */
export interface StretchAudio {
  readonly stream: AudioStreamDescription;
  /** What lies before a device time; one packet at most is held back. */
  before(device_time_us: number): AsyncGenerator<AudioEvent>;
  /** What is left of the stretch and the asked span. */
  rest(): AsyncGenerator<AudioEvent>;
  close(): Promise<void>;
}

/** Opens the sound of a stretch from where the asked span begins in it; null where its file has none. */
export function openStretchAudio(
  file: MediaFile,
  stretch: Stretch,
  asked: Span,
  signal: AbortSignal,
): StretchAudio | null {
  if (file.audio === null) return null;
  const shift_us = stretch.start_us - file.first_time_us;
  const from_us = Math.max(stretch.from_us, asked.start_ms * 1000);
  const to_us = Math.min(stretch.to_us, asked.end_ms * 1000);
  const packets = file.audioFrom(from_us - shift_us, signal)[Symbol.asyncIterator]();
  let held: AudioEvent | null = null;

  async function* before(device_time_us: number): AsyncGenerator<AudioEvent> {
    for (;;) {
      if (held === null) {
        const next = await packets.next();
        if (next.done) return;
        const { time_us, data } = next.value;
        held = { type: 'audio', packet: { device_time_us: Math.round(time_us + shift_us), data } };
      }
      if (held.packet.device_time_us >= Math.min(device_time_us, to_us)) return;
      yield held;
      held = null;
    }
  }

  return {
    stream: file.audio,
    before,
    rest: () => before(to_us),
    async close() {
      await packets.return?.(undefined);
    },
  };
}
