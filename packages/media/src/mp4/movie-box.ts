import type { StreamDescription } from '@minhchung/domain';
import type { AudioTimes, AudioTrack } from './audio-track.ts';
import { type BoxBytes, box, concatBytes, fourCharacters, fullBox, u16, u32, u64, zeros } from './box.ts';
import { sampleBoxes, type TrackTimes } from './sample-boxes.ts';
import { audioDescription, videoDescription } from './sample-description.ts';
import type { SampleTable } from './sample-table.ts';
import { MASTER_TIMESCALE, microsecondsToTicks, type SampleTimes } from './sample-times.ts';

const VIDEO_TRACK_ID = 1;
/** Volume of `tkhd` (8.3.2), 8.8 fixed point. */
const FULL_VOLUME = 0x100;
/** media_time of an edit that shows nothing for its length (8.6.6). */
const NOTHING_SHOWN = u32(0xffff_ffff, 0xffff_ffff);
/** Fixed-point unity matrix of `mvhd` and `tkhd` (ISO/IEC 14496-12 8.2.2). */
const UNITY_MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
/** ISO 639-2 "und", three times five bits. */
const LANGUAGE_UNDETERMINED = 0x55c4;
const TRACK_ENABLED_IN_MOVIE_AND_PREVIEW = 7;

/** `ftyp` of a master. */
export function fileTypeBox(codec: StreamDescription['codec']): BoxBytes {
  const brands = ['isom', 'iso2', 'mp41', ...(codec === 'h264' ? ['avc1'] : [])];
  return box('ftyp', fourCharacters('isom'), u32(0x200), ...brands.map(fourCharacters));
}

/** The pictures of a master, and when each is shown. */
export interface MoviePictures {
  readonly stream: StreamDescription;
  readonly table: SampleTable;
  readonly times: SampleTimes;
}

/** One track of sound, and when each packet is heard. */
export interface MovieSound {
  readonly track: AudioTrack;
  readonly times: AudioTimes;
}

/** Maps a stretch of a track's own time to the time of the movie; `media_time` null: nothing for that long. */
interface Edit {
  /** In ticks of the movie. */
  readonly duration: number;
  /** In ticks of the track. */
  readonly media_time: number | null;
}

/**
 * `moov` of a master. Creation times stay 0 (unknown): a device's clock is no calendar, and equal input must
 * give equal bytes. The zero of the movie is the first presented frame; edit lists say where each track lies.
 */
export function movieBox(pictures: MoviePictures, sounds: readonly MovieSound[]): BoxBytes {
  const sound_tracks = sounds.map(soundTrack);
  const duration = Math.max(pictures.times.duration, ...sound_tracks.map((track) => track.duration));
  return box(
    'moov',
    movieHeader(duration, VIDEO_TRACK_ID + sounds.length + 1),
    pictureTrack(pictures),
    ...sound_tracks.map((track, index) => track.boxAs(VIDEO_TRACK_ID + 1 + index)),
  );
}

function pictureTrack({ stream, table, times }: MoviePictures): BoxBytes {
  // Decode time starts at zero in a file; this is how far the first presentation lies behind it.
  const presentation_start = -times.decode[0]!;
  const edits = [{ duration: times.duration, media_time: presentation_start }];
  return box(
    'trak',
    trackHeader(VIDEO_TRACK_ID, times.duration, 0, stream),
    presentation_start === 0 ? [] : editList(edits),
    box(
      'mdia',
      mediaHeader(MASTER_TIMESCALE, presentation_start + times.duration),
      handler('vide', 'Video'),
      box(
        'minf',
        fullBox('vmhd', 0, 1, zeros(8)),
        dataInformation(),
        sampleTable(videoDescription(stream), table, times),
      ),
    ),
  );
}

/** A track of sound, and how long the movie is with it. What of its first packet lies before the first frame is passed over. */
function soundTrack({ track, times }: MovieSound) {
  const { stream, table, timescale } = track;
  const empty = microsecondsToTicks(Math.max(0, times.start_us));
  const media_time = Math.round((Math.max(0, -times.start_us) * timescale) / 1_000_000);
  const heard = Math.max(1, Math.round(((times.duration - media_time) * MASTER_TIMESCALE) / timescale));
  const edits = [
    ...(empty > 0 ? [{ duration: empty, media_time: null }] : []),
    { duration: heard, media_time },
  ];
  const duration = empty + heard;
  const boxAs = (track_id: number) =>
    box(
      'trak',
      trackHeader(track_id, duration, FULL_VOLUME, { width: 0, height: 0 }),
      editList(edits),
      box(
        'mdia',
        mediaHeader(timescale, times.duration),
        handler('soun', 'Sound'),
        box(
          'minf',
          fullBox('smhd', 0, 0, zeros(4)),
          dataInformation(),
          sampleTable(audioDescription(stream), table, times),
        ),
      ),
    );
  return { duration, boxAs };
}

function sampleTable(description: BoxBytes, table: SampleTable, times: TrackTimes): BoxBytes {
  return box('stbl', description, sampleBoxes(table, times));
}

function handler(type: string, name: string): BoxBytes {
  return fullBox('hdlr', 0, 0, u32(0), fourCharacters(type), zeros(12), fourCharacters(`${name}\0`));
}

/** The media data lies in this file. */
function dataInformation(): BoxBytes {
  return box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)));
}

function movieHeader(duration: number, next_track_id: number): BoxBytes {
  return fullBox(
    'mvhd',
    1,
    0,
    u64(0, 0),
    u32(MASTER_TIMESCALE),
    u64(duration),
    u32(0x10000),
    u16(0x100, 0),
    zeros(8),
    UNITY_MATRIX,
    zeros(24),
    u32(next_track_id),
  );
}

function trackHeader(
  track_id: number,
  duration: number,
  volume: number,
  size: { readonly width: number; readonly height: number },
): BoxBytes {
  return fullBox(
    'tkhd',
    1,
    TRACK_ENABLED_IN_MOVIE_AND_PREVIEW,
    u64(0, 0),
    u32(track_id, 0),
    u64(duration),
    zeros(8),
    u16(0, 0, volume, 0),
    UNITY_MATRIX,
    u32(size.width * 0x10000, size.height * 0x10000),
  );
}

function editList(edits: readonly Edit[]): BoxBytes {
  const entries = edits.map(({ duration, media_time }) => [
    media_time === null ? concatBytes(u64(duration), NOTHING_SHOWN) : u64(duration, media_time),
    u16(1, 0),
  ]);
  return box('edts', fullBox('elst', 1, 0, u32(edits.length), ...entries));
}

function mediaHeader(timescale: number, duration: number): BoxBytes {
  return fullBox('mdhd', 1, 0, u64(0, 0), u32(timescale), u64(duration), u16(LANGUAGE_UNDETERMINED, 0));
}
