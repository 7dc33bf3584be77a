import { CHILD_BOXES_MAX } from '../limits.ts';

/** The bytes are not the plain MP4 that a master has to be. */
export class Mp4Error extends Error {
  override readonly name = 'Mp4Error';
}

/** A box of ISO/IEC 14496-12 (4.2) without its header. */
export interface Box {
  readonly type: string;
  readonly body: DataView;
}

/** Boxes that fill `view` exactly. Throws `Mp4Error` when they do not. */
export function childBoxes(view: DataView): Box[] {
  const boxes: Box[] = [];
  let offset = 0;
  while (offset < view.byteLength) {
    if (boxes.length >= CHILD_BOXES_MAX) throw new Mp4Error('too many boxes');
    const header = boxHeader(slice(view, offset, view.byteLength - offset), view.byteLength - offset);
    boxes.push({ type: header.type, body: slice(view, offset + header.header_bytes, header.body_bytes) });
    offset += header.header_bytes + header.body_bytes;
  }
  return boxes;
}

/** Reads a box header; `available` is how many bytes are left for the whole box. Throws `Mp4Error`. */
export function boxHeader(view: DataView, available: number) {
  if (view.byteLength < 8) throw new Mp4Error('a box ends before its header');
  const type = String.fromCharCode(view.getUint8(4), view.getUint8(5), view.getUint8(6), view.getUint8(7));
  const size = view.getUint32(0);
  if (size === 1 && view.byteLength < 16) throw new Mp4Error('a box ends before its header');
  const header_bytes = size === 1 ? 16 : 8;
  const box_bytes = size === 1 ? Number(view.getBigUint64(8)) : size === 0 ? available : size;
  if (box_bytes < header_bytes || box_bytes > available) throw new Mp4Error(`box ${type} has a wrong size`);
  return { type, header_bytes, body_bytes: box_bytes - header_bytes };
}

/** The one child of a type. Throws `Mp4Error` when there is none or more than one. */
export function theBox(boxes: readonly Box[], type: string): DataView {
  const body = optionalBox(boxes, type);
  if (body === null) throw new Mp4Error(`box ${type} is missing`);
  return body;
}

/** The one child of a type, or null. Throws `Mp4Error` when there are several. */
export function optionalBox(boxes: readonly Box[], type: string): DataView | null {
  const found = boxes.filter((box) => box.type === type);
  if (found.length > 1) throw new Mp4Error(`box ${type} is doubled`);
  return found[0]?.body ?? null;
}

/** A part of a view. Throws `Mp4Error` instead of reading beyond the end. */
export function slice(view: DataView, offset: number, length: number): DataView {
  if (offset < 0 || length < 0 || offset + length > view.byteLength) throw new Mp4Error('a box is cut off');
  return new DataView(view.buffer, view.byteOffset + offset, length);
}

/** Four characters of a view, as boxes name types with them. */
export function fourCharacters(view: DataView, offset: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(offset + index)));
}
