import type { RecordedCodec } from '../recorded-video/nal-units.ts';

/**
 * Splits one NAL unit into RTP payloads of at most `size_bytes_max`: the unit as it is, or fragments (FU-A of
 * RFC 6184 5.8, FU of RFC 7798 4.4.3).
 */
export function* payloadsOf(
  codec: RecordedCodec,
  nal_unit: Buffer,
  size_bytes_max: number,
): Generator<Buffer[]> {
  if (nal_unit.length <= size_bytes_max) {
    yield [nal_unit];
    return;
  }
  const header_bytes = codec === 'h264' ? 1 : 2;
  const chunk_bytes = size_bytes_max - header_bytes - 1;
  for (let at = header_bytes; at < nal_unit.length; at += chunk_bytes) {
    const is_first = at === header_bytes;
    const is_last = at + chunk_bytes >= nal_unit.length;
    const edges = (is_first ? 0x80 : 0) | (is_last ? 0x40 : 0);
    yield [fragmentHeader(codec, nal_unit, edges), nal_unit.subarray(at, at + chunk_bytes)];
  }
}

function fragmentHeader(codec: RecordedCodec, nal_unit: Buffer, edges: number): Buffer {
  const first = nal_unit[0]!;
  if (codec === 'h264') return Buffer.of((first & 0xe0) | 28, edges | (first & 0x1f));
  return Buffer.of((first & 0x81) | (49 << 1), nal_unit[1]!, edges | ((first >> 1) & 0x3f));
}
