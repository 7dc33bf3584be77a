import { type Box, childBoxes, Mp4Error, theBox } from './boxes.ts';
import { audioStart, checkVideoEdits } from './edit-list.ts';
import { type AudioEntry, audioEntry, handlerOf, type VideoEntry, videoEntry } from './sample-entries.ts';
import { checkSamplePlaces, type PlacedTrack } from './sample-places.ts';
import { beginsWithSyncSample, presentationTimes, sampleSizes } from './sample-tables.ts';
import { type RandomReader, readTopLevel } from './top-level.ts';

/** What a master itself says, independent of any manifest. */
export interface VideoFacts extends VideoEntry {
  /** Ticks per second. */
  readonly timescale: number;
  /** Presentation times in ticks from the first presented frame, ascending: one per frame. */
  readonly frame_ticks: Float64Array;
  /** Tracks of sound, in their order. */
  readonly sounds: readonly SoundFacts[];
}

/** What a track of sound in a master says. */
export interface SoundFacts extends AudioEntry {
  readonly timescale: number;
  /** Where its first packet begins against the first presented frame; negative: before it. */
  readonly start_s: number;
  /** When each packet begins, in ticks from the first, ascending. */
  readonly packet_ticks: Float64Array;
}

/** Tracks of sound in one file. */
const SOUNDS_MAX = 16;

/** One track, taken apart as far as all tracks are alike. */
interface Track extends PlacedTrack {
  readonly trak: readonly Box[];
  readonly handler: string;
  readonly timescale: number;
}

/**
 * Reads a plain MP4 file with one track of pictures, and tracks of sound, and nothing else. Throws `Mp4Error` for what
 * is not such a file, what is cut off, what hides media data, and for an edit list that would not show every frame.
 */
export async function readVideo(reader: RandomReader): Promise<VideoFacts> {
  const { media, movie } = await readTopLevel(reader);
  return withMp4Errors(() => {
    const moov = childBoxes(movie);
    const movie_timescale = timescaleOf(theBox(moov, 'mvhd'));
    const tracks = moov.filter(({ type }) => type === 'trak').map(({ body }) => readTrack(childBoxes(body)));
    const [video, ...other_videos] = tracks.filter(({ handler }) => handler === 'vide');
    const sounds = tracks.filter(({ handler }) => handler === 'soun');
    if (video === undefined || other_videos.length > 0) throw new Mp4Error('it needs one track of pictures');
    if (sounds.length + 1 !== tracks.length) throw new Mp4Error('a track is neither pictures nor sound');
    if (sounds.length > SOUNDS_MAX) throw new Mp4Error('it has too many tracks of sound');
    checkSamplePlaces(tracks, media);
    return {
      ...readPictures(video, movie_timescale),
      sounds: sounds.map((sound) => readSound(sound, movie_timescale)),
    };
  });
}

function readTrack(trak: readonly Box[]): Track {
  const mdia = childBoxes(theBox(trak, 'mdia'));
  const stbl = childBoxes(theBox(childBoxes(theBox(mdia, 'minf')), 'stbl'));
  const timescale = timescaleOf(theBox(mdia, 'mdhd'));
  return { trak, handler: handlerOf(mdia), timescale, stbl, sizes_bytes: sampleSizes(stbl) };
}

function readPictures(track: Track, movie_timescale: number): Omit<VideoFacts, 'sounds'> {
  const { trak, stbl, sizes_bytes, timescale } = track;
  if (!beginsWithSyncSample(stbl)) throw new Mp4Error('it does not begin with a keyframe');
  const times = presentationTimes(stbl, sizes_bytes.length).sort();
  checkVideoEdits(trak, times, { media: timescale, movie: movie_timescale });
  const first = times[0]!;
  return { ...videoEntry(stbl), timescale, frame_ticks: times.map((time) => time - first) };
}

function readSound({ trak, stbl, sizes_bytes, timescale }: Track, movie_timescale: number): SoundFacts {
  const entry = audioEntry(stbl);
  const packet_ticks = presentationTimes(stbl, sizes_bytes.length);
  for (let index = 1; index < packet_ticks.length; index++) {
    if (packet_ticks[index]! <= packet_ticks[index - 1]!) throw new Mp4Error('its sound steps back');
  }
  const timescales = { media: timescale, movie: movie_timescale };
  const start_s = audioStart(trak, packet_ticks, entry.samples_per_packet, timescales);
  return { ...entry, timescale, start_s, packet_ticks };
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

/** Timescale of `mdhd` (8.4.2) or `mvhd` (8.2.2): after two times of 4 or 8 bytes. */
function timescaleOf(header: DataView): number {
  const timescale = header.getUint32(header.getUint8(0) === 1 ? 20 : 12);
  if (timescale === 0) throw new Mp4Error('its timescale is zero');
  return timescale;
}
