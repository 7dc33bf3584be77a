import { BrokenBitstream } from '@minhchung/bitstream';
import type { AudioStreamDescription, FileAudioPacket } from '@minhchung/domain';
import { soundDurationUs } from '../sound/sound-duration.ts';
import type { MediaToolOptions } from '../tools/run-tool.ts';
import { describeAudio, type ReadableAudio } from './audio-description.ts';
import type { ToolStream } from './packet-list.ts';
import { rawPackets } from './raw-packets.ts';
import type { ProbedAudio } from './stream-probe.ts';
import { reasonOf, unreadable } from './unreadable.ts';

/** The sound of a file that only the tools can read. */
export class ToolAudio {
  readonly stream: AudioStreamDescription;
  readonly #sound: ToolStream;
  readonly #payloadsOf: ReadableAudio['payloadsOf'];
  readonly #options: MediaToolOptions;

  private constructor(sound: ToolStream, readable: ReadableAudio, options: MediaToolOptions) {
    this.stream = readable.stream;
    this.#sound = sound;
    this.#payloadsOf = readable.payloadsOf;
    this.#options = options;
  }

  /** Null for sound that cannot be kept as it is. */
  static async open(
    path: string,
    probed: ProbedAudio,
    signal: AbortSignal,
    options: MediaToolOptions,
  ): Promise<ToolAudio | null> {
    const sound: ToolStream = { path, specifier: 'a:0', stream: probed, times: 'pts' };
    if (probed.codec === null) return null;
    for await (const first of rawPackets(sound, signal, options)) {
      try {
        const readable = describeAudio(probed, first.data);
        return readable && new ToolAudio(sound, readable, options);
      } catch (error) {
        // Broken sound is no reason to lose the pictures.
        if (error instanceof BrokenBitstream) return null;
        throw error;
      }
    }
    return null;
  }

  /** Packets from the one that holds `start_time_us` on. Throws `MEDIA_UNREADABLE`, `CANCELLED`. */
  async *from(start_time_us: number, signal: AbortSignal): AsyncGenerator<FileAudioPacket, void, undefined> {
    for await (const packet of rawPackets(this.#sound, signal, this.#options)) {
      let { time_us } = packet;
      for (const data of this.#payloads(packet.data)) {
        const end_us = time_us + soundDurationUs(this.stream, data);
        if (end_us > start_time_us) yield { time_us: Math.round(time_us), data };
        time_us = end_us;
      }
    }
  }

  #payloads(packet: Uint8Array): Uint8Array[] {
    try {
      return [...this.#payloadsOf(packet)];
    } catch (error) {
      throw unreadable(this.#sound.path, reasonOf(error), error);
    }
  }
}
