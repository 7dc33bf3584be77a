import { type Box, childBoxes, Mp4Error, optionalBox, theBox } from './boxes.ts';

/** Ticks a second of a track and of the movie it is in. */
export interface Timescales {
  readonly media: number;
  readonly movie: number;
}

/** One entry of `elst` (ISO/IEC 14496-12 8.6.6). */
interface Edit {
  readonly duration: number;
  /** -1: nothing is shown. */
  readonly media_time: number;
}

/**
 * An edit list of pictures may do one thing: begin the presentation at the first frame. Anything else would hide
 * frames from a viewer or show them at another time. Throws `Mp4Error`.
 */
export function checkVideoEdits(
  trak: readonly Box[],
  sorted_times: Float64Array,
  timescales: Timescales,
): void {
  const first = sorted_times[0]!;
  const edits = editsOf(trak);
  if (edits === null) {
    if (first !== 0) throw new Mp4Error('its first frame is not shown at its beginning');
    return;
  }
  const [edit] = edits;
  if (edits.length !== 1 || edit === undefined) throw new Mp4Error('its edit list has more than one entry');
  if (edit.media_time !== first) throw new Mp4Error('its edit list does not begin at the first frame');
  const last_shown = (sorted_times.at(-1)! - first) / timescales.media;
  if (edit.duration / timescales.movie < last_shown) {
    throw new Mp4Error('its edit list leaves out frames at the end');
  }
}

/**
 * Where a track of sound begins against the pictures, in seconds. Its edit list may let it begin later, or pass over a
 * part of its first packet; anything else would hide sound or move it. Throws `Mp4Error`.
 */
export function audioStart(
  trak: readonly Box[],
  packet_ticks: Float64Array,
  samples_per_packet: number,
  timescales: Timescales,
): number {
  const edits = editsOf(trak);
  if (edits === null) return 0;
  const shown = edits.at(-1);
  const empty = edits.length === 2 ? edits[0] : undefined;
  if (shown === undefined || edits.length > 2 || shown.media_time < 0 || (empty && empty.media_time !== -1)) {
    throw new Mp4Error('the edit list of its sound does more than place it');
  }
  if (shown.media_time >= samples_per_packet) throw new Mp4Error('the edit list of its sound hides a packet');
  const last_heard = (packet_ticks.at(-1)! - shown.media_time) / timescales.media;
  if (shown.duration / timescales.movie < last_heard) {
    throw new Mp4Error('the edit list of its sound hides its end');
  }
  return (empty?.duration ?? 0) / timescales.movie - shown.media_time / timescales.media;
}

function editsOf(trak: readonly Box[]): Edit[] | null {
  const edts = optionalBox(trak, 'edts');
  if (edts === null) return null;
  const elst = theBox(childBoxes(edts), 'elst');
  const is_long = elst.getUint8(0) === 1;
  const entry_bytes = is_long ? 20 : 12;
  const count = elst.getUint32(4);
  if (elst.byteLength !== 8 + count * entry_bytes) throw new Mp4Error('box elst has a wrong size');
  return Array.from({ length: count }, (_, index) => {
    const at = 8 + index * entry_bytes;
    if (elst.getInt16(at + entry_bytes - 4) !== 1) throw new Mp4Error('its edit list changes the speed');
    return {
      duration: is_long ? Number(elst.getBigUint64(at)) : elst.getUint32(at),
      media_time: is_long ? Number(elst.getBigInt64(at + 8)) : elst.getInt32(at + 4),
    };
  });
}
