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
 * and return everything they know. Data that never ends is held until `latest_ms` (the recorder's own statement),
 * or to the end of the question.
 *
 * Where the statements leave a doubt the span counts as held: replay then shows what is there, while a span
 * wrongly called empty would never be looked at.
 */
export function heldSpans(states: readonly TrackState[], asked: Span, latest_ms: number | null): Span[] {
  const tracks = Map.groupBy(states, (state) => state.track_token);
  const spans = [...tracks.values()].flatMap((track) => spansOfTrack(track, asked, latest_ms));
  return normaliseSpans(spans.flatMap((span) => intersectSpans(span, asked) ?? []));
}

function spansOfTrack(states: readonly TrackState[], asked: Span, latest_ms: number | null): Span[] {
  const changes = states.filter(({ is_start_state }) => !is_start_state);
  const ordered = states
    .filter((state) => !state.is_start_state || !changes.some(({ at_ms }) => at_ms === state.at_ms))
    .sort((a, b) => a.at_ms - b.at_ms);
  // A clock that was set back makes two stretches overlap, and their statements nest: two begin, two end.
  // Recorders that merely repeat "there is data" for every file never close what they opened so often.
  const nested = sweep(ordered, asked, true);
  const { spans, open_since_ms } = nested.depth <= 1 ? nested : sweep(ordered, asked, false);
  if (open_since_ms === null) return spans;
  const until_ms = latest_ms !== null && latest_ms > open_since_ms ? latest_ms : asked.end_ms;
  return [...spans, { start_ms: open_since_ms, end_ms: until_ms }];
}

/** Walks the statements in order of time. An end without a beginning ends what began at the statement before. */
function sweep(ordered: readonly TrackState[], asked: Span, may_nest: boolean) {
  const spans: Span[] = [];
  let depth = 0;
  let since_ms = asked.start_ms;
  for (const { is_data_present, is_start_state, at_ms } of ordered) {
    if (is_data_present) {
      if (depth === 0) since_ms = at_ms;
      depth = may_nest ? depth + 1 : 1;
    } else {
      depth = Math.max(0, depth - 1);
      if (depth === 0 && !is_start_state) spans.push({ start_ms: since_ms, end_ms: at_ms });
      if (depth === 0) since_ms = at_ms;
    }
  }
  return { spans, depth, open_since_ms: depth > 0 ? since_ms : null };
}

function isTrue(text: string): boolean {
  return text === 'true' || text === '1';
}
