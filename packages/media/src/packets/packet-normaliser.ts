import {
  annexBNalUnits,
  describeStream,
  holdsAll,
  isRandomAccessPicture,
  joinLengthPrefixed,
  lengthPrefixedNalUnits,
  type NalCodec,
  type ParameterSets,
  parameterSetsAmong,
  readConfiguration,
  replaceParameterSets,
} from '@minhchung/bitstream';
import type { StreamDescription } from '@minhchung/domain';
import type { NormalisedPacket, Normaliser } from './normaliser.ts';

/**
 * Brings packets of a container into one form: NAL units behind 4-byte lengths, none added, none removed.
 * Follows the parameter sets inside keyframes, so that a change within one file is noticed.
 */
export class PacketNormaliser implements Normaliser {
  readonly #codec: NalCodec;
  /** Bytes of the lengths in the packets, or null for start codes. */
  readonly #length_size: number | null;
  #parameter_sets: ParameterSets;
  #stream: StreamDescription;

  private constructor(
    codec: NalCodec,
    length_size: number | null,
    parameter_sets: ParameterSets,
    stream: StreamDescription,
  ) {
    this.#codec = codec;
    this.#length_size = length_size;
    this.#parameter_sets = parameter_sets;
    this.#stream = stream;
  }

  /** For packets described by the container's `avcC` or `hvcC`. Throws `BrokenBitstream` when that is broken. */
  static fromConfiguration(codec: NalCodec, record: Uint8Array, size: { width: number; height: number }) {
    const configuration = readConfiguration(codec, record);
    return new PacketNormaliser(codec, configuration.length_size, configuration.parameter_sets, {
      kind: 'video',
      codec,
      width: size.width,
      height: size.height,
      decoder_configuration: configuration.with_length_size_4,
    });
  }

  /**
   * For a byte stream with start codes, described by its first keyframe and, for what that lacks, by parameter
   * sets the container holds apart. Throws `BrokenBitstream` without sets.
   */
  static fromKeyframe(codec: NalCodec, keyframe: Uint8Array, apart: Uint8Array = new Uint8Array()) {
    const parameter_sets = replaceParameterSets(
      parameterSetsAmong(codec, annexBNalUnits(apart)),
      parameterSetsAmong(codec, annexBNalUnits(keyframe)),
    );
    return new PacketNormaliser(codec, null, parameter_sets, describeStream(codec, parameter_sets));
  }

  get stream(): StreamDescription {
    return this.#stream;
  }

  clone(): PacketNormaliser {
    return new PacketNormaliser(this.#codec, this.#length_size, this.#parameter_sets, this.#stream);
  }

  normalise(packet_data: Uint8Array, is_marked_as_key: boolean): NormalisedPacket {
    const data = this.#withLengthSize4(packet_data);
    const is_keyframe = isRandomAccessPicture(this.#codec, data, is_marked_as_key);
    return { data, is_keyframe, changed_stream: is_keyframe ? this.#followParameterSets(data) : null };
  }

  #withLengthSize4(data: Uint8Array): Uint8Array {
    if (this.#length_size === 4) return data;
    const units =
      this.#length_size === null ? annexBNalUnits(data) : lengthPrefixedNalUnits(data, this.#length_size);
    return joinLengthPrefixed([...units]);
  }

  #followParameterSets(data: Uint8Array): StreamDescription | null {
    const sets = parameterSetsAmong(this.#codec, lengthPrefixedNalUnits(data));
    if (holdsAll(this.#parameter_sets, sets)) return null;
    this.#parameter_sets = replaceParameterSets(this.#parameter_sets, sets);
    this.#stream = describeStream(this.#codec, this.#parameter_sets);
    return this.#stream;
  }
}
