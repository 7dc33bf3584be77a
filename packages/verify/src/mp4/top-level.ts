import { MOVIE_BOX_BYTES_MAX, TOP_LEVEL_BOXES_MAX } from '../limits.ts';
import { boxHeader, Mp4Error } from './boxes.ts';

/** Bytes that can be read anywhere: a file on disk, or a `Blob` in a browser. */
export interface RandomReader {
  readonly size_bytes: number;
  /** Exactly `length` bytes from `offset`; fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Where a file keeps its media data, and the bytes of its index. */
export interface TopLevel {
  /** Bodies of the `mdat` boxes, in order of the file. */
  readonly media: readonly { readonly start: number; readonly end: number }[];
  /** Body of `moov`. */
  readonly movie: DataView;
}

/** What may stand at the top of a plain MP4 file besides media data and index (`meta`: ONVIF export boxes). */
const HARMLESS = new Set(['ftyp', 'free', 'skip', 'meta']);

/** Walks the boxes at the top of a file. Throws `Mp4Error` for anything but a plain, whole MP4 file. */
export async function readTopLevel(reader: RandomReader): Promise<TopLevel> {
  const media: { start: number; end: number }[] = [];
  let movie: DataView | null = null;
  let offset = 0;
  for (let count = 0; offset < reader.size_bytes; count++) {
    if (count >= TOP_LEVEL_BOXES_MAX) throw new Mp4Error('too many boxes');
    const head = viewOf(await reader.read(offset, 16));
    const { type, header_bytes, body_bytes } = boxHeader(head, reader.size_bytes - offset);
    const start = offset + header_bytes;
    if (count === 0 && type !== 'ftyp') throw new Mp4Error('it does not begin with ftyp');
    if (type === 'mdat') {
      media.push({ start, end: start + body_bytes });
    } else if (type === 'moov') {
      if (movie !== null) throw new Mp4Error('box moov is doubled');
      if (body_bytes > MOVIE_BOX_BYTES_MAX) throw new Mp4Error('its index is too large');
      movie = viewOf(await reader.read(start, body_bytes));
    } else if (!HARMLESS.has(type)) {
      throw new Mp4Error(`box ${type} does not belong into a plain MP4 file`);
    }
    offset = start + body_bytes;
  }
  if (movie === null) throw new Mp4Error('box moov is missing');
  return { media, movie };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
