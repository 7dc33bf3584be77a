import { ACCESS_UNIT_BYTES_MAX, MATROSKA_ELEMENT_BYTES_MAX } from '../limits.ts';
import { ByteReader } from '../process/byte-reader.ts';
import { ELEMENT } from './element-ids.ts';

export type MatroskaEvent =
  | { readonly type: 'codec_private'; readonly data: Buffer }
  | {
      readonly type: 'block';
      readonly time_ms: number;
      readonly is_keyframe: boolean;
      readonly data: Buffer;
    };

/** Elements that are entered rather than skipped. */
const CONTAINERS: ReadonlySet<number> = new Set([
  ELEMENT.segment,
  ELEMENT.tracks,
  ELEMENT.track_entry,
  ELEMENT.cluster,
]);

/**
 * Reads what ffmpeg writes to a pipe: one video track in simple blocks, in decode order, with presentation
 * times in milliseconds. Throws `Error` when an element is larger than the limits.
 */
export async function* readMatroska(source: AsyncIterable<Uint8Array>): AsyncGenerator<MatroskaEvent> {
  const reader = new ByteReader(source);
  let cluster_time_ms = 0;
  try {
    for (;;) {
      const id = await readVint(reader, { keep_marker: true });
      const size_bytes = id === null ? null : await readVint(reader, { keep_marker: false });
      if (id === null || size_bytes === null) return;
      if (CONTAINERS.has(id)) continue;
      const is_block = id === ELEMENT.simple_block;
      if (size_bytes > (is_block ? ACCESS_UNIT_BYTES_MAX : MATROSKA_ELEMENT_BYTES_MAX))
        throw new Error(`Matroska element ${id.toString(16)} has ${size_bytes} bytes, more than the limit.`);
      const data = await reader.take(size_bytes);
      if (!data) throw new Error('The Matroska stream ended inside an element.');
      if (id === ELEMENT.timestamp) cluster_time_ms = data.readUIntBE(0, data.length);
      else if (id === ELEMENT.codec_private) yield { type: 'codec_private', data };
      else if (is_block) {
        const time_ms = cluster_time_ms + data.readInt16BE(1);
        yield { type: 'block', time_ms, is_keyframe: (data[3]! & 0x80) !== 0, data: data.subarray(4) };
      }
    }
  } finally {
    await reader.close();
  }
}

/** EBML variable-length integer; null at the end of the stream. An unknown size reads as a very large number. */
async function readVint(
  reader: ByteReader,
  { keep_marker }: { keep_marker: boolean },
): Promise<number | null> {
  const first = await reader.take(1);
  if (!first) return null;
  const length = Math.clz32(first[0]!) - 23;
  if (length > 8) throw new Error('Not a Matroska stream.');
  let value = keep_marker ? first[0]! : first[0]! & (0xff >> length);
  const rest = length > 1 ? await reader.take(length - 1) : Buffer.alloc(0);
  if (!rest) return null;
  for (const byte of rest) value = value * 256 + byte;
  return value;
}
