import type { FilePacket, MediaFile, MediaReader } from '@minhchung/domain';

/**
 * A file told by its pictures: `K0 P40 P80` is a keyframe at 0 ms and two pictures after it, in decode order. `C80` is
 * a keyframe that brings other parameter sets, of a stream twice as high.
 * Its last picture is said to stay for `last_ms`.
 */
export function writtenFile(words: string, last_ms = 40): MediaFile {
  const stream = { kind: 'video', codec: 'h264', width: 16, height: 16 } as const;
  const decoder_configuration = new Uint8Array();
  const packets: FilePacket[] = words.split(' ').map((word) => ({
    time_us: Number(word.slice(1)) * 1000,
    is_keyframe: !word.startsWith('P'),
    data: new Uint8Array(),
    ...(word.startsWith('C') && { changed_stream: { ...stream, height: 32, decoder_configuration } }),
  }));
  const times = packets.map(({ time_us }) => time_us);
  return {
    stream: { ...stream, decoder_configuration },
    other_streams: [],
    first_time_us: Math.min(...times),
    end_time_us: Math.max(...times) + last_ms * 1000,
    async *packetsFrom(start_time_us) {
      const begin = packets.findLastIndex(
        ({ is_keyframe, time_us }) => is_keyframe && time_us <= start_time_us,
      );
      yield* packets.slice(Math.max(0, begin));
    },
    audio: null,
    async *audioFrom() {},
    async close() {},
  };
}

/** A reader of one such file, whatever the path. */
export function readerOf(file: MediaFile): MediaReader {
  return { open: async () => file, mayHaveSound: async () => false };
}
