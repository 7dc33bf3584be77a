/** One coded picture of an MP4 file. */
export interface Mp4Sample {
  readonly data: Buffer;
  /** Presentation time in ticks of the track, edit list not applied. */
  readonly pts: number;
}

interface Box {
  readonly type: string;
  readonly body: Buffer;
}

/**
 * Samples of the video track of a plain MP4 file (ISO/IEC 14496-12), in decode order. A second reader, sharing
 * nothing with the one that wrote or verifies the file; it knows just the boxes it needs.
 */
export function videoSamples(file: Buffer): Mp4Sample[] {
  const moov = child(boxesOf(file), 'moov');
  for (const { type, body } of boxesOf(moov)) {
    if (type !== 'trak') continue;
    const mdia = child(boxesOf(body), 'mdia');
    if (child(boxesOf(mdia), 'hdlr').toString('latin1', 8, 12) !== 'vide') continue;
    return samplesOf(file, child(boxesOf(child(boxesOf(mdia), 'minf')), 'stbl'));
  }
  throw new RangeError('There is no video track.');
}

function samplesOf(file: Buffer, stbl: Buffer): Mp4Sample[] {
  const tables = boxesOf(stbl);
  const sizes = sizesOf(child(tables, 'stsz'));
  const offsets = offsetsOf(tables, sizes);
  const durations = runs(child(tables, 'stts'), (body, at) => body.readUInt32BE(at));
  const has_shifts = tables.some(({ type }) => type === 'ctts');
  const shifts = has_shifts ? runs(child(tables, 'ctts'), (body, at) => body.readInt32BE(at)) : [];
  let dts = 0;
  return sizes.map((size, n) => {
    const pts = dts + (shifts[n] ?? 0);
    dts += durations[n]!;
    return { data: file.subarray(offsets[n]!, offsets[n]! + size), pts };
  });
}

function sizesOf(stsz: Buffer): number[] {
  const common = stsz.readUInt32BE(4);
  return Array.from({ length: stsz.readUInt32BE(8) }, (_, n) => common || stsz.readUInt32BE(12 + 4 * n));
}

function offsetsOf(tables: readonly Box[], sizes: readonly number[]): number[] {
  const wide = tables.find(({ type }) => type === 'co64');
  const chunks = wide?.body ?? child(tables, 'stco');
  const chunk_count = chunks.readUInt32BE(4);
  const stsc = child(tables, 'stsc');
  const runs_of_chunks = Array.from({ length: stsc.readUInt32BE(4) }, (_, n) => ({
    first: stsc.readUInt32BE(8 + 12 * n),
    samples: stsc.readUInt32BE(12 + 12 * n),
  }));
  const offsets: number[] = [];
  for (let chunk = 1; chunk <= chunk_count; chunk++) {
    let at = wide ? Number(chunks.readBigUInt64BE(8 * chunk)) : chunks.readUInt32BE(4 + 4 * chunk);
    const { samples } = runs_of_chunks.findLast(({ first }) => first <= chunk)!;
    for (let n = 0; n < samples; n++) {
      offsets.push(at);
      at += sizes[offsets.length - 1]!;
    }
  }
  return offsets;
}

/** One value a sample, out of a table of counts and values. */
function runs(table: Buffer, valueAt: (body: Buffer, at: number) => number): number[] {
  return Array.from({ length: table.readUInt32BE(4) }, (_, n) => {
    const value = valueAt(table, 12 + 8 * n);
    return Array.from({ length: table.readUInt32BE(8 + 8 * n) }, () => value);
  }).flat();
}

function boxesOf(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const short_size = bytes.readUInt32BE(at);
    const head = short_size === 1 ? 16 : 8;
    const size = short_size === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short_size || bytes.length - at;
    if (size < head) throw new RangeError('A box shorter than its own head.');
    boxes.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      body: bytes.subarray(at + head, at + size),
    });
    at += size;
  }
  return boxes;
}

function child(boxes: readonly Box[], type: string): Buffer {
  const found = boxes.find((box) => box.type === type);
  if (found === undefined) throw new RangeError(`There is no box ${type}.`);
  return found.body;
}
