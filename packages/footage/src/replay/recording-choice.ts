import {
  CodedError,
  intersectSpans,
  type RecordingInformation,
  type Span,
  subtractSpans,
  uniteSpans,
} from '@minhchung/domain';
import { STATED_SLACK_MS } from '../limits.ts';

/**
 * Which recordings of a device are meant: one by its token, or all of one video source. A null source means the
 * only one of a recorder with a single channel.
 */
export type RecordingSelector =
  | { readonly recording_token: string }
  | { readonly source_token: string | null };

/** A stretch of time and the recording that holds it. */
export interface HeldStretch {
  readonly recording_token: string;
  readonly device_span: Span;
}

/**
 * The recordings meant, oldest first. Throws `SOURCE_BROKEN` where there is none: a channel the recorder does
 * not know is a mistake in its registration, and must not be read as "it holds nothing".
 */
export function chooseRecordings(
  recordings: readonly RecordingInformation[],
  selector: RecordingSelector,
  address: string,
): RecordingInformation[] {
  const chosen =
    'recording_token' in selector
      ? recordings.filter((recording) => recording.recording_token === selector.recording_token)
      : recordingsOfSource(recordings, selector.source_token);
  if (chosen.length === 0) {
    const named = 'recording_token' in selector ? selector.recording_token : selector.source_token;
    const wanted = named ?? 'the only channel';
    throw new CodedError('SOURCE_BROKEN', { address, reason: `it has no recording of "${wanted}"` });
  }
  return chosen.sort((a, b) => (a.earliest_ms ?? 0) - (b.earliest_ms ?? 0));
}

function recordingsOfSource(
  recordings: readonly RecordingInformation[],
  source_token: string | null,
): RecordingInformation[] {
  const sources = new Set(recordings.map((recording) => recording.source_token));
  if (source_token === null && sources.size !== 1) return [];
  return recordings.filter((recording) => source_token === null || recording.source_token === source_token);
}

/** False for a recording that says itself that it lies outside the asked span; null times say nothing. */
export function mayMeet({ earliest_ms, latest_ms, status }: RecordingInformation, asked: Span): boolean {
  if (earliest_ms !== null && earliest_ms >= asked.end_ms) return false;
  if (status === 'Recording') return true;
  // Recorders state whole seconds, and not every one says of a recording that it goes on.
  return latest_ms === null || latest_ms + STATED_SLACK_MS > asked.start_ms;
}

/** The span a recording states of itself; null where it leaves an end open. */
export function statedSpans({ earliest_ms, latest_ms }: RecordingInformation): Span[] | null {
  if (earliest_ms === null || latest_ms === null) return null;
  return earliest_ms < latest_ms ? [{ start_ms: earliest_ms, end_ms: latest_ms }] : [];
}

/** From the oldest to the newest instant the recordings say they still hold; null where they say nothing. */
export function retainedSpan(recordings: readonly RecordingInformation[]): Span | null {
  const spans = recordings.flatMap(({ earliest_ms, latest_ms }) =>
    earliest_ms === null || latest_ms === null ? [] : [{ start_ms: earliest_ms, end_ms: latest_ms }],
  );
  const united = uniteSpans(spans);
  const first = united[0];
  return first === undefined ? null : { start_ms: first.start_ms, end_ms: united.at(-1)!.end_ms };
}

/** Who plays what: each instant once, by the first recording that holds it, in order of time. */
export function shareOut(
  held: readonly { readonly recording_token: string; readonly spans: readonly Span[] }[],
  asked: Span,
): HeldStretch[] {
  let open: Span[] = [asked];
  const stretches = held.flatMap(({ recording_token, spans }) => {
    const shared = spans.flatMap((span) => open.flatMap((rest) => intersectSpans(rest, span) ?? []));
    open = subtractSpans(open, shared);
    return shared.map((device_span) => ({ recording_token, device_span }));
  });
  return stretches.sort((a, b) => a.device_span.start_ms - b.device_span.start_ms);
}
