/**
 * Writing ISO base media file format boxes (ISO/IEC 14496-12 4.2). A box is a list of byte pieces, so that big
 * tables are never copied to be wrapped.
 */
export type BoxBytes = readonly Uint8Array[];

/** Bytes of all pieces together. */
export function byteLength(pieces: BoxBytes): number {
  let total = 0;
  for (const piece of pieces) total += piece.length;
  return total;
}

/** Four character codes and brands. */
export function fourCharacters(code: string): Uint8Array {
  return Uint8Array.from(code, (character) => character.charCodeAt(0));
}

/** A box around its content. Content must stay below 4 GiB; only `mdat` could be larger, and ours never is. */
export function box(type: string, ...content: (Uint8Array | BoxBytes)[]): BoxBytes {
  const pieces = content.flatMap((part) => (part instanceof Uint8Array ? [part] : part));
  const size = 8 + byteLength(pieces);
  return [concatBytes(u32(size), fourCharacters(type)), ...pieces];
}

/** A box with version and flags (4.2, FullBox). */
export function fullBox(
  type: string,
  version: number,
  flags: number,
  ...content: (Uint8Array | BoxBytes)[]
): BoxBytes {
  return box(type, u32(version * 0x1000000 + flags), ...content);
}

/** One or more unsigned 16-bit numbers, big-endian. */
export function u16(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 2);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    view.setUint16(index * 2, value);
  });
  return bytes;
}

/** One or more unsigned 32-bit numbers, big-endian. */
export function u32(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    view.setUint32(index * 4, value);
  });
  return bytes;
}

/** One or more unsigned 64-bit numbers, big-endian; exact up to 2^53. */
export function u64(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    view.setBigUint64(index * 8, BigInt(value));
  });
  return bytes;
}

/** A run of zero bytes. */
export function zeros(length: number): Uint8Array {
  return new Uint8Array(length);
}

/** Joins pieces into one array. */
export function concatBytes(...pieces: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(byteLength(pieces));
  let offset = 0;
  for (const piece of pieces) {
    joined.set(piece, offset);
    offset += piece.length;
  }
  return joined;
}
