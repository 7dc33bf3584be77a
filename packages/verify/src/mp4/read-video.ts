import { type Box, childBoxes, Mp4Error, optionalBox, slice, theBox } from './boxes.ts';
import { checkSamplePlaces } from './sample-places.ts';
import { beginsWithSyncSample, presentationTimes, sampleSizes } from './sample-tables.ts';
import { type RandomReader, readTopLevel } from './top-level.ts';

/** What a master itself says, independent of any manifest. */
export interface VideoFacts {
  readonly codec: 'h264' | 'h265';
  readonly width: number;
  readonly height: number;
  /** Ticks per second. */
  readonly timescale: number;
  /** Presentation times in ticks from the first presented frame, ascending: one per frame. */
  readonly frame_ticks: Float64Array;
}

const CODECS = new Map<string, VideoFacts['codec']>([
  ['avc1', 'h264'],
  ['avc3', 'h264'],
  ['hvc1', 'h265'],
  ['hev1', 'h265'],
]);

/**
 * Reads a plain MP4 file with one video track and nothing else. Throws `Mp4Error` for what is not such a file,
 * what is cut off, what hides media data, and for an edit list that would not show every frame.
 */
export async function readVideo(reader: RandomReader): Promise<VideoFacts> {
  const { media, movie } = await readTopLevel(reader);
  return withMp4Errors(() => {
    const moov = childBoxes(movie);
    const trak = childBoxes(theBox(moov, 'trak'));
    const mdia = childBoxes(theBox(trak, 'mdia'));
    if (handlerOf(mdia) !== 'vide') throw new Mp4Error('its track is no video');
    const stbl = childBoxes(theBox(childBoxes(theBox(mdia, 'minf')), 'stbl'));
    const sizes_bytes = sampleSizes(stbl);
    checkSamplePlaces(stbl, sizes_bytes, media);
    if (!beginsWithSyncSample(stbl)) throw new Mp4Error('it does not begin with a keyframe');
    const times = presentationTimes(stbl, sizes_bytes.length).sort();
    const timescale = timescaleOf(theBox(mdia, 'mdhd'));
    checkEditList(trak, times, { media: timescale, movie: timescaleOf(theBox(moov, 'mvhd')) });
    const first = times[0]!;
    return { ...sampleEntry(stbl), timescale, frame_ticks: times.map((time) => time - first) };
  });
}

/** Reading past the end of a box throws a `RangeError`: the box is cut off. */
function withMp4Errors<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof RangeError) throw new Mp4Error('a box is cut off', { cause: error });
    throw error;
  }
}

function handlerOf(mdia: readonly Box[]): string {
  return fourCharacters(theBox(mdia, 'hdlr'), 8);
}

/** Timescale of `mdhd` (8.4.2) or `mvhd` (8.2.2): after two times of 4 or 8 bytes. */
function timescaleOf(header: DataView): number {
  const timescale = header.getUint32(header.getUint8(0) === 1 ? 20 : 12);
  if (timescale === 0) throw new Mp4Error('its timescale is zero');
  return timescale;
}

/** Codec and size of the one sample entry (8.5.2, 12.1.3). */
function sampleEntry(stbl: readonly Box[]): Pick<VideoFacts, 'codec' | 'width' | 'height'> {
  const stsd = theBox(stbl, 'stsd');
  if (stsd.getUint32(4) !== 1) throw new Mp4Error('it has more than one sample description');
  const [entry] = childBoxes(slice(stsd, 8, stsd.byteLength - 8));
  const codec = CODECS.get(entry?.type ?? '');
  if (entry === undefined || codec === undefined) throw new Mp4Error('its codec is not H.264 or H.265');
  return { codec, width: entry.body.getUint16(24), height: entry.body.getUint16(26) };
}

/**
 * An edit list (8.6.6) may do one thing: begin the presentation at the first frame. Anything else would hide
 * frames from a viewer or show them at another time.
 */
function checkEditList(
  trak: readonly Box[],
  sorted_times: Float64Array,
  timescales: { media: number; movie: number },
): void {
  const first = sorted_times[0]!;
  const edts = optionalBox(trak, 'edts');
  if (edts === null) {
    if (first !== 0) throw new Mp4Error('its first frame is not shown at its beginning');
    return;
  }
  const elst = theBox(childBoxes(edts), 'elst');
  const is_long = elst.getUint8(0) === 1;
  if (elst.getUint32(4) !== 1) throw new Mp4Error('its edit list has more than one entry');
  const duration = is_long ? Number(elst.getBigUint64(8)) : elst.getUint32(8);
  const media_time = is_long ? Number(elst.getBigInt64(16)) : elst.getInt32(12);
  if (media_time !== first) throw new Mp4Error('its edit list does not begin at the first frame');
  if (elst.getInt16(is_long ? 24 : 16) !== 1) throw new Mp4Error('its edit list changes the speed');
  const last_shown = (sorted_times.at(-1)! - first) / timescales.media;
  if (duration / timescales.movie < last_shown)
    throw new Mp4Error('its edit list leaves out frames at the end');
}

function fourCharacters(view: DataView, offset: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(offset + index)));
}
