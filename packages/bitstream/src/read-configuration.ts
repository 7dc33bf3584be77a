import { BrokenBitstream } from './broken-bitstream.ts';
import { lengthPrefixedNalUnits, type NalCodec } from './nal-units.ts';
import { type ParameterSets, parameterSetsAmong } from './parameter-sets.ts';

/** A container's decoder configuration, as far as packets depend on it. */
export interface ReadConfiguration {
  /** Bytes of the length before each NAL unit in the packets. */
  readonly length_size: number;
  readonly parameter_sets: ParameterSets;
  /** The same record, stating lengths of 4 bytes. */
  readonly with_length_size_4: Uint8Array;
}

/** Offset of the byte whose two lowest bits are lengthSizeMinusOne. */
const LENGTH_SIZE_OFFSET = { h264: 4, h265: 21 } as const;

/** Reads `avcC` or `hvcC` (ISO/IEC 14496-15 5.3.3.1, 8.3.3.1). Throws `BrokenBitstream` when it is cut short. */
export function readConfiguration(codec: NalCodec, record: Uint8Array): ReadConfiguration {
  const offset = LENGTH_SIZE_OFFSET[codec];
  if (record.length < offset + 2) throw new BrokenBitstream('a decoder configuration that ends too early');
  const with_length_size_4 = record.slice();
  with_length_size_4[offset]! |= 3;
  const units = codec === 'h264' ? avcUnits(record) : hevcUnits(record);
  return {
    length_size: (record[offset]! & 3) + 1,
    parameter_sets: parameterSetsAmong(codec, units),
    with_length_size_4,
  };
}

function* avcUnits(record: Uint8Array): Generator<Uint8Array> {
  let offset = 5;
  for (const count_mask of [0x1f, 0xff]) {
    const count = (record[offset++] ?? 0) & count_mask;
    for (let index = 0; index < count; index++) {
      const length = (record[offset] ?? 0) * 256 + (record[offset + 1] ?? 0);
      yield* lengthPrefixedNalUnits(record.subarray(offset, offset + 2 + length), 2);
      offset += 2 + length;
    }
  }
}

function* hevcUnits(record: Uint8Array): Generator<Uint8Array> {
  let offset = 23;
  const array_count = record[22] ?? 0;
  for (let array = 0; array < array_count; array++) {
    const count = (record[offset + 1] ?? 0) * 256 + (record[offset + 2] ?? 0);
    offset += 3;
    for (let index = 0; index < count && offset < record.length; index++) {
      const length = (record[offset] ?? 0) * 256 + (record[offset + 1] ?? 0);
      yield* lengthPrefixedNalUnits(record.subarray(offset, offset + 2 + length), 2);
      offset += 2 + length;
    }
  }
}
