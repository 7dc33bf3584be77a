import { BrokenBitstream } from './broken-bitstream.ts';

const HEADER_BYTES = 7;
const CHECKSUM_BYTES = 2;

/** One frame of an ADTS stream (ISO/IEC 13818-7 6.2), taken apart. */
export interface AdtsFrame {
  /** AudioSpecificConfig that says what the header says. */
  readonly configuration: Uint8Array;
  /** The raw access unit: a view, without header and checksum. */
  readonly access_unit: Uint8Array;
}

/** True when the bytes begin as an ADTS frame does: twelve ones and layer zero. */
export function beginsWithAdts(data: Uint8Array): boolean {
  return data[0] === 0xff && (data[1]! & 0xf6) === 0xf0;
}

/** The frames of a piece of an ADTS stream that begins with one. Throws `BrokenBitstream`, for several blocks in one frame too. */
export function* adtsFrames(data: Uint8Array): Generator<AdtsFrame> {
  for (let offset = 0; offset < data.length; ) {
    const frame = data.subarray(offset);
    if (frame.length < HEADER_BYTES || !beginsWithAdts(frame)) {
      throw new BrokenBitstream('sound without the header it should have');
    }
    const has_checksum = (frame[1]! & 1) === 0;
    const frame_bytes = ((frame[3]! & 3) << 11) | (frame[4]! << 3) | (frame[5]! >> 5);
    const header_bytes = HEADER_BYTES + (has_checksum ? CHECKSUM_BYTES : 0);
    if ((frame[6]! & 3) !== 0) throw new BrokenBitstream('several blocks of sound in one frame');
    if (frame_bytes <= header_bytes || frame_bytes > frame.length) {
      throw new BrokenBitstream('a frame of sound with an impossible length');
    }
    yield { configuration: configurationOf(frame), access_unit: frame.subarray(header_bytes, frame_bytes) };
    offset += frame_bytes;
  }
}

/** Profile, sampling frequency index and channel configuration stand in both forms (ISO/IEC 14496-3 1.A.4.3). */
function configurationOf(header: Uint8Array): Uint8Array {
  const object_type = (header[2]! >> 6) + 1;
  const rate_index = (header[2]! >> 2) & 15;
  const channels = ((header[2]! & 1) << 2) | (header[3]! >> 6);
  return Uint8Array.of((object_type << 3) | (rate_index >> 1), ((rate_index & 1) << 7) | (channels << 3));
}
