import type { MasterInput, SearchInput } from '@minhchung/evidence';
import type { ArchivedMaster, SearchResult } from './cut-footage-of.ts';
import { describeMasterSound } from './describe-sound.ts';
import type { Search } from './searches.ts';

/** The manifest's words for how an offset came to be known. */
export const BASIS = {
  measured_around: 'measured_before_and_after',
  measured_earlier: 'measured_before',
  measured_later: 'measured_later',
  step_within: 'step_within',
  assumed: 'assumed',
} as const;

/** The manifest's view of one search: what was asked, what was known of the clock, what was surely found. */
export function describeSearch(result: SearchResult): SearchInput {
  const { search, masters, is_sure, undecodable_packet_count, short_breaks } = result;
  return {
    approved_part: search.span,
    device_span: search.device_span,
    offset_min_ms: search.offset.min_ms,
    offset_max_ms: search.offset.max_ms,
    basis: BASIS[search.basis],
    method: search.method,
    measured_at_ms: search.measured_at_ms,
    reading_count: search.reading_count,
    undecodable_packet_count,
    short_breaks,
    note: [...notesOn(search), ...(is_sure ? [] : [UNSURE])].join(' '),
    found_device_spans: is_sure ? masters.flatMap((master) => master.frames.found_spans) : [],
  };
}

const UNSURE =
  'The clock was set back and the order of the frames does not show from which side of that they are: none of them is counted as found.';

function notesOn(search: Search): string[] {
  const notes: string[] = [];
  if (search.basis === 'assumed') {
    notes.push('The clock could not be measured; the margin stated as its offset is an assumption.');
  }
  if (search.basis === 'measured_later') {
    notes.push('Measured after the footage was recorded, and widened for drift in between.');
  }
  if (search.basis === 'measured_earlier') {
    notes.push('Measured before the footage was recorded, and widened for drift in between.');
  }
  if (search.basis === 'step_within') {
    notes.push(
      'The clock was set at an unknown moment near this footage; this is one of the offsets that may have held.',
    );
  }
  if (search.earlier_side !== null || search.later_side !== null) {
    notes.push('The clock was set back: the recorder may hold other footage under the same times.');
  }
  return notes;
}

/** The manifest's view of a master that the search at this place in the list found. */
export function describeMaster(master: ArchivedMaster, search: number): MasterInput {
  const { frames, stream } = master;
  return {
    name: master.name,
    size_bytes: master.size_bytes,
    sha256: master.sha256,
    search,
    codec: stream.codec,
    width: stream.width,
    height: stream.height,
    frame_count: master.frame_count,
    timescale: master.timescale,
    first_frame_device_time_us: master.first_frame_device_time_us,
    last_frame_device_time_us: master.last_frame_device_time_us,
    wanted: {
      frames_before: frames.frames_before,
      frames_inside: frames.frames_inside,
      frames_after: frames.frames_after,
      first_inside_device_time_us: frames.first_inside_device_time_us,
      last_inside_device_time_us: frames.last_inside_device_time_us,
    },
    open_gop: master.open_gop,
    signed_video_sei: master.signed_video_sei,
    ...describeMasterSound(master),
  };
}
