import { adtsFrames, beginsWithAdts, readAudioSpecificConfig } from '@minhchung/bitstream';
import type { AudioStreamDescription } from '@minhchung/domain';

/** What a container or a tool says of a stream of sound. */
export interface ToldAudio {
  /** `aac`, `pcmu` or `pcma`; null: anything else. */
  readonly codec: AudioStreamDescription['codec'] | null;
  readonly sample_rate_hz: number;
  readonly channel_count: number;
  /** AudioSpecificConfig, where the container holds one apart. */
  readonly configuration: Uint8Array;
}

/** How to take the packets of a stream of sound. */
export interface ReadableAudio {
  readonly stream: AudioStreamDescription;
  /** What the product keeps of a packet: without its ADTS header where it has one. Throws `BrokenBitstream`. */
  readonly payloadsOf: (packet: Uint8Array) => Iterable<Uint8Array>;
}

/**
 * Describes sound for the product; null for what it cannot keep as it is. `first_packet` tells of AAC that comes
 * without a configuration. Throws `BrokenBitstream`.
 */
export function describeAudio(told: ToldAudio, first_packet: Uint8Array): ReadableAudio | null {
  const { codec, sample_rate_hz, channel_count } = told;
  if (codec === null) return null;
  if (codec !== 'aac') {
    if (sample_rate_hz <= 0 || channel_count <= 0) return null;
    const stream = { kind: 'audio', codec, sample_rate_hz, channel_count } as const;
    return { stream: { ...stream, decoder_configuration: new Uint8Array() }, payloadsOf: (data) => [data] };
  }
  const is_adts = told.configuration.length < 2 && beginsWithAdts(first_packet);
  if (is_adts) {
    const [first] = adtsFrames(first_packet);
    return { stream: aacStream(first!.configuration, told), payloadsOf: withoutAdts };
  }
  if (told.configuration.length < 2) return null;
  return { stream: aacStream(told.configuration, told), payloadsOf: (data) => [data] };
}

function aacStream(configuration: Uint8Array, told: ToldAudio): AudioStreamDescription {
  const facts = readAudioSpecificConfig(configuration);
  return {
    kind: 'audio',
    codec: 'aac',
    sample_rate_hz: facts.core_sample_rate_hz,
    channel_count: facts.channel_count || told.channel_count,
    decoder_configuration: configuration.slice(),
  };
}

function* withoutAdts(packet: Uint8Array): Generator<Uint8Array> {
  for (const { access_unit } of adtsFrames(packet)) yield access_unit;
}
