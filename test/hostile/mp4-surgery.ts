/** Changes in a good MP4 that make it a hostile one. Boxes are found by their four letters. */

/** An ISO base media box (ISO/IEC 14496-12, 4.2). */
export function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const size = content.reduce((sum, part) => sum + part.length, 8);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(size, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...content]);
}

/** The first box of a type, whole; throws where there is none. */
export function boxOf(file: Buffer, type: string): Buffer {
  const start = startOf(file, type);
  return file.subarray(start, start + file.readUInt32BE(start));
}

/** A copy in which one 32-bit field of the first box of a type says something else. `at` counts from its content. */
export function withField(file: Buffer, type: string, at: number, value: number): Buffer {
  const changed = Buffer.from(file);
  changed.writeUInt32BE(value >>> 0, startOf(file, type) + 8 + at);
  return changed;
}

/** A copy in which the size of the first box of a type is a lie. */
export function withSize(file: Buffer, type: string, size: number): Buffer {
  const changed = Buffer.from(file);
  changed.writeUInt32BE(size, startOf(file, type));
  return changed;
}

/** A copy with another last box `moov`: the tables stay right because the media lies before it. */
export function withMovie(file: Buffer, movie: Uint8Array): Buffer {
  return Buffer.concat([file.subarray(0, startOf(file, 'moov')), movie]);
}

function startOf(file: Buffer, type: string): number {
  const found = file.lastIndexOf(type, undefined, 'latin1');
  if (found < 4) throw new Error(`no box ${type}`);
  return found - 4;
}
