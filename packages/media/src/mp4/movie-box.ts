import type { StreamDescription } from '@minhchung/domain';
import { type BoxBytes, box, concatBytes, fourCharacters, fullBox, u16, u32, u64, zeros } from './box.ts';
import { sampleBoxes } from './sample-boxes.ts';
import type { SampleTable } from './sample-table.ts';
import { MASTER_TIMESCALE, type SampleTimes } from './sample-times.ts';

const TRACK_ID = 1;
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

/**
 * `moov` of a master. Creation times stay 0 (unknown): a device's clock is no calendar, and equal input must
 * give equal bytes.
 */
export function movieBox(stream: StreamDescription, table: SampleTable, times: SampleTimes): BoxBytes {
  // Decode time starts at zero in a file; this is how far the first presentation lies behind it.
  const presentation_start = -times.decode[0]!;
  const media_duration = presentation_start + times.duration;
  return box(
    'moov',
    movieHeader(times.duration),
    box(
      'trak',
      trackHeader(stream, times.duration),
      editList(presentation_start, times.duration),
      box(
        'mdia',
        mediaHeader(media_duration),
        fullBox('hdlr', 0, 0, u32(0), fourCharacters('vide'), zeros(12), fourCharacters('Video\0')),
        box(
          'minf',
          fullBox('vmhd', 0, 1, zeros(8)),
          box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1))),
          box('stbl', sampleDescription(stream), sampleBoxes(table, times)),
        ),
      ),
    ),
  );
}

function movieHeader(duration: number): BoxBytes {
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
    u32(TRACK_ID + 1),
  );
}

function trackHeader(stream: StreamDescription, duration: number): BoxBytes {
  return fullBox(
    'tkhd',
    1,
    TRACK_ENABLED_IN_MOVIE_AND_PREVIEW,
    u64(0, 0),
    u32(TRACK_ID, 0),
    u64(duration),
    zeros(8),
    u16(0, 0, 0, 0),
    UNITY_MATRIX,
    u32(stream.width * 0x10000, stream.height * 0x10000),
  );
}

/** Maps the first presented frame to zero. Not written when it lies there already. */
function editList(presentation_start: number, duration: number): BoxBytes {
  if (presentation_start === 0) return [];
  return box('edts', fullBox('elst', 1, 0, u32(1), u64(duration, presentation_start), u16(1, 0)));
}

function mediaHeader(duration: number): BoxBytes {
  return fullBox(
    'mdhd',
    1,
    0,
    u64(0, 0),
    u32(MASTER_TIMESCALE),
    u64(duration),
    u16(LANGUAGE_UNDETERMINED, 0),
  );
}

/** `stsd` with one `avc1` or `hvc1` entry (ISO/IEC 14496-15 5.4.2 and 8.4.1). */
function sampleDescription(stream: StreamDescription): BoxBytes {
  const [entry, configuration] = stream.codec === 'h264' ? ['avc1', 'avcC'] : ['hvc1', 'hvcC'];
  const visual = concatBytes(
    zeros(6),
    u16(1),
    zeros(16),
    u16(stream.width, stream.height),
    u32(0x480000, 0x480000, 0),
    u16(1),
    zeros(32),
    u16(0x18, 0xffff),
  );
  return fullBox('stsd', 0, 0, u32(1), box(entry, visual, box(configuration, stream.decoder_configuration)));
}
