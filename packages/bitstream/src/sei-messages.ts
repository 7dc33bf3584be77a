import {
  lengthPrefixedNalUnits,
  type NalCodec,
  nalUnitType,
  withoutEmulationPrevention,
} from './nal-units.ts';

/** One supplemental enhancement information message (H.264 annex D, H.265 annex D). */
export interface SeiMessage {
  readonly type: number;
  readonly payload: Uint8Array;
}

const SEI_UNIT_TYPES = { h264: [6], h265: [39, 40] } as const satisfies Record<NalCodec, number[]>;
const UNIT_HEADER_BYTES = { h264: 1, h265: 2 } as const;

/** The SEI messages of an access unit, in order (H.264 7.3.2.3.1, H.265 7.3.5). */
export function* seiMessages(codec: NalCodec, data: Uint8Array): Generator<SeiMessage> {
  const unit_types: readonly number[] = SEI_UNIT_TYPES[codec];
  for (const unit of lengthPrefixedNalUnits(data)) {
    if (!unit_types.includes(nalUnitType(codec, unit))) continue;
    yield* messagesOf(withoutEmulationPrevention(unit).subarray(UNIT_HEADER_BYTES[codec]));
  }
}

function* messagesOf(bytes: Uint8Array): Generator<SeiMessage> {
  let offset = 0;
  const readVariable = (): number => {
    let value = 0;
    while (bytes[offset] === 0xff) {
      value += 255;
      offset++;
    }
    return value + (bytes[offset++] ?? 0);
  };
  // The last byte is the stop bit and its alignment.
  while (offset < bytes.length - 1) {
    const type = readVariable();
    const size = readVariable();
    yield { type, payload: bytes.subarray(offset, offset + size) };
    offset += size;
  }
}
