import { BrokenBitstream } from './broken-bitstream.ts';

const MARKER = 0xff;
const START_OF_IMAGE = 0xd8;
const START_OF_SCAN = 0xda;
/** SOF0 to SOF15 (ITU-T T.81 table B.1) but for the three codes among them that mean something else. */
const FIRST_START_OF_FRAME = 0xc0;
const LAST_START_OF_FRAME = 0xcf;
const NO_START_OF_FRAME = [0xc4, 0xc8, 0xcc];

/** True when the bytes begin as a JPEG picture does. */
export function beginsWithJpeg(data: Uint8Array): boolean {
  return data[0] === MARKER && data[1] === START_OF_IMAGE && data[2] === MARKER;
}

/** Width and height of a JPEG picture, from its frame header (ITU-T T.81 B.2.2). Throws `BrokenBitstream`. */
export function readJpegSize(data: Uint8Array): { readonly width: number; readonly height: number } {
  if (!beginsWithJpeg(data)) throw new BrokenBitstream('a picture that is no JPEG');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let offset = 2; offset + 9 <= data.length; ) {
    if (view.getUint8(offset) !== MARKER) break;
    const code = view.getUint8(offset + 1);
    if (code === MARKER) {
      offset += 1; // a fill byte
      continue;
    }
    if (code === START_OF_SCAN) break;
    if (code >= FIRST_START_OF_FRAME && code <= LAST_START_OF_FRAME && !NO_START_OF_FRAME.includes(code)) {
      const [height, width] = [view.getUint16(offset + 5), view.getUint16(offset + 7)];
      if (width === 0 || height === 0) break;
      return { width, height };
    }
    offset += 2 + view.getUint16(offset + 2);
  }
  throw new BrokenBitstream('a JPEG that does not tell its size');
}
