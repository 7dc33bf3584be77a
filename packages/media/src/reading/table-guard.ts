import { MEDIA_LIMITS } from '../limits.ts';

/** Bytes of a box's size and name, ISO/IEC 14496-12 4.2; larger sizes do not come in the boxes looked at here. */
const HEAD_BYTES = 8;
const TRACK = ['mdia', 'minf', 'stbl'];
const FRAGMENT = ['traf'];

/**
 * Looks at the tables of an MP4 index before a reader takes them up: it makes something of every frame that a table tells of, and goes
 * through all frames of a chunk for every one of them, so that a few bytes can claim all memory, or hold the process for minutes. Throws an
 * error for tables that tell of more frames than a file can have. `movie`: the content of a `moov` box.
 */
export function checkSampleTables(movie: Buffer, size_bytes: number): void {
  eachBox(movie, [], (name, track) => {
    if (name === 'trak') checkTrack(track, size_bytes);
  });
}

function checkTrack(track: Buffer, size_bytes: number): void {
  const tables: { readonly name: string; readonly content: Buffer }[] = [];
  eachBox(track, TRACK, (name, content) => {
    tables.push({ name, content });
  });
  // Of plain sound every sample counts as a frame of the same size: a great many, and none is looked at by itself.
  const sizes = tables.filter(({ name, content }) => name === 'stsz' && content.length >= 12);
  const is_plain_sound = sizes.length > 0 && sizes.every(({ content }) => content.readUInt32BE(4) > 0);
  const frames_max = Math.min(size_bytes, MEDIA_LIMITS.file_frames_max);
  for (const { name, content } of tables) {
    if (name === 'stts') demand(sumOfRuns(content) <= (is_plain_sound ? size_bytes : frames_max));
    if (name === 'ctts') demand(sumOfRuns(content) <= frames_max);
    if (name === 'stsc') demand(is_plain_sound || largestChunk(content) <= MEDIA_LIMITS.chunk_frames_max);
  }
  for (const { content } of sizes)
    demand(content.readUInt32BE(8) <= (is_plain_sound ? size_bytes : frames_max));
}

/** The same of one fragment. `content`: that of a `moof` box. */
export function checkFragment(content: Buffer, size_bytes: number): void {
  let frames = 0;
  eachBox(content, FRAGMENT, (name, run) => {
    if (name !== 'trun' || run.length < 8) return;
    frames += run.readUInt32BE(4);
    demand(frames <= Math.min(size_bytes, MEDIA_LIMITS.fragment_frames_max));
  });
}

/** ISO/IEC 14496-12 8.6.1.2 and 8.6.1.3: how many frames follow one another alike. */
function sumOfRuns(content: Buffer): number {
  let sum = 0;
  for (let at = 8; at + 8 <= content.length; at += 8) sum += content.readUInt32BE(at);
  return sum;
}

/** ISO/IEC 14496-12 8.7.4: frames of a chunk. */
function largestChunk(content: Buffer): number {
  let largest = 0;
  for (let at = 8; at + 12 <= content.length; at += 12)
    largest = Math.max(largest, content.readUInt32BE(at + 4));
  return largest;
}

function demand(is_possible: boolean): void {
  if (!is_possible) throw new Error('its index tells of more frames than it can have');
}

/** Calls `look` with every box and its content, going into those named. A box that reaches too far ends where the bytes end. */
function eachBox(
  bytes: Buffer,
  into: readonly string[],
  look: (name: string, content: Buffer) => void,
): void {
  for (let at = 0; at + HEAD_BYTES <= bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    if (size < HEAD_BYTES) return;
    const name = bytes.toString('latin1', at + 4, at + 8);
    const content = bytes.subarray(at + HEAD_BYTES, at + size);
    if (into.includes(name)) eachBox(content, into, look);
    else look(name, content);
    at += size;
  }
}
