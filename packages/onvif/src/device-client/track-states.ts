import { intersectSpans, normaliseSpans, parseInstant, type Span } from '@minhchung/domain';
import { find, findAll, textAt, type XmlElement } from '../xml/element.ts';

/** One change of "this track holds data" (topic `tns1:RecordingHistory/Track/State`). */
export interface TrackState {
  readonly recording_token: string;
  readonly track_token: string;
  readonly at_ms: number;
  readonly is_data_present: boolean;
  /** True for the state at the start of the asked span, which is no change. */
  readonly is_start_state: boolean;
}

/**
 * Reads one `tt:FindEventResult`; null for other events, which recorders mix in though they were not asked for.
 * Throws `TIME_INVALID` for a state whose time is no instant: a span cannot be built on a guess.
 */
export function readTrackState(result: XmlElement): TrackState | null {
  const message = find(result, 'Event', 'Message', 'Message');
  const items = [...findAll(find(message, 'Data'), 'SimpleItem')];
  const present = items
    .find((item) => item.attributes.get('Name') === 'IsDataPresent')
    ?.attributes.get('Value');
  if (present === undefined) return null;
  const time = textAt(result, 'Time') ?? message?.attributes.get('UtcTime') ?? '';
  return {
    recording_token: textAt(result, 'RecordingToken') ?? '',
    track_token: textAt(result, 'TrackToken') ?? '',
    at_ms: parseInstant(time),
    is_data_present: isTrue(present),
    is_start_state: isTrue(textAt(result, 'StartStateEvent') ?? 'false'),
  };
}

/**
 * Spans in which any of the tracks holds data, clipped to the asked span: some recorders ignore the time filter
 * and return everything they know. A track whose first change says "no data any more" held some before it.
 * Data that never ends is held until `latest_ms` (the recorder's own statement), or to the end of the question.
 */
export function heldSpans(states: readonly TrackState[], asked: Span, latest_ms: number | null): Span[] {
  const tracks = Map.groupBy(states, (state) => state.track_token);
  const spans = [...tracks.values()].flatMap((track) => spansOfTrack(track, asked, latest_ms));
  return normaliseSpans(spans.flatMap((span) => intersectSpans(span, asked) ?? []));
}

function spansOfTrack(states: readonly TrackState[], asked: Span, latest_ms: number | null): Span[] {
  // Of a start state and a change at the same instant, the change is the later word.
  const ordered = [...states].sort(
    (a, b) => a.at_ms - b.at_ms || Number(b.is_start_state) - Number(a.is_start_state),
  );
  const spans: Span[] = [];
  const first = ordered[0]!;
  let since_ms: number | null = first.is_data_present || first.is_start_state ? null : asked.start_ms;
  for (const state of ordered) {
    if (state.is_data_present) {
      since_ms ??= state.at_ms;
    } else if (since_ms !== null) {
      spans.push({ start_ms: since_ms, end_ms: state.at_ms });
      since_ms = null;
    }
  }
  if (since_ms !== null) {
    const until_ms = latest_ms !== null && latest_ms > since_ms ? latest_ms : asked.end_ms;
    spans.push({ start_ms: since_ms, end_ms: until_ms });
  }
  return spans;
}

function isTrue(text: string): boolean {
  return text === 'true' || text === '1';
}
