/** Codecs whose access units are made of NAL units. */
export type NalCodec = 'h264' | 'h265';

/**
 * NAL units of an access unit in which each stands behind a 4-byte length (ISO/IEC 14496-15 4.3.3). Views, not
 * copies. A length beyond the end gives what is there; empty units are passed over.
 */
export function* lengthPrefixedNalUnits(data: Uint8Array, length_size = 4): Generator<Uint8Array> {
  let offset = 0;
  while (offset + length_size <= data.length) {
    let length = 0;
    for (let index = 0; index < length_size; index++) length = length * 256 + data[offset + index]!;
    offset += length_size;
    if (length > 0) yield data.subarray(offset, offset + length);
    offset += length;
  }
}

/**
 * NAL units of a byte stream with start codes (H.264 and H.265, annex B), without the trailing zero bytes that
 * belong to the byte stream and not to the unit. Bytes before the first start code are no part of any unit.
 */
export function* annexBNalUnits(data: Uint8Array): Generator<Uint8Array> {
  let unit_start = -1;
  let search = 0;
  while (true) {
    const code = findStartCode(data, search);
    const unit_end = code === -1 ? data.length : code;
    if (unit_start !== -1) {
      const unit = withoutTrailingZeros(data.subarray(unit_start, unit_end));
      if (unit.length > 0) yield unit;
    }
    if (code === -1) return;
    unit_start = code + 3;
    search = unit_start;
  }
}

/** Joins NAL units, each behind its length in 4 bytes. */
export function joinLengthPrefixed(units: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  for (const unit of units) size += 4 + unit.length;
  const data = new Uint8Array(size);
  const view = new DataView(data.buffer);
  let offset = 0;
  for (const unit of units) {
    view.setUint32(offset, unit.length);
    data.set(unit, offset + 4);
    offset += 4 + unit.length;
  }
  return data;
}

/** `nal_unit_type` (H.264 7.3.1, H.265 7.3.1.2). */
export function nalUnitType(codec: NalCodec, unit: Uint8Array): number {
  return codec === 'h264' ? unit[0]! & 0x1f : (unit[0]! >> 1) & 0x3f;
}

/** The payload with emulation prevention bytes removed (H.264 7.4.1, H.265 7.4.2), header included. */
export function withoutEmulationPrevention(unit: Uint8Array): Uint8Array {
  const payload = new Uint8Array(unit.length);
  let length = 0;
  let zeros = 0;
  for (const byte of unit) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    payload[length++] = byte;
  }
  return payload.subarray(0, length);
}

/** Offset of the next `00 00 01`, or -1. */
function findStartCode(data: Uint8Array, from: number): number {
  let one = data.indexOf(1, from + 2);
  while (one !== -1) {
    if (data[one - 1] === 0 && data[one - 2] === 0) return one - 2;
    one = data.indexOf(1, one + 1);
  }
  return -1;
}

function withoutTrailingZeros(unit: Uint8Array): Uint8Array {
  let end = unit.length;
  while (end > 0 && unit[end - 1] === 0) end--;
  return unit.subarray(0, end);
}
