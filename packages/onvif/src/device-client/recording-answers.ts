import { CodedError, parseInstant, type RecordingInformation } from '@minhchung/domain';
import { TOKEN_LENGTH_MAX } from '../limits.ts';
import { find, findAll, textAt, type XmlElement } from '../xml/element.ts';

/** What a recorder says of one recording, with the tokens of its video tracks. */
export interface RecordingAnswer {
  readonly information: RecordingInformation;
  readonly video_tracks: readonly string[];
}

/** Reads `tt:RecordingInformation`. Null without a token. Times that are no times are unknown, not invented. */
export function readRecordingInformation(element: XmlElement): RecordingAnswer | null {
  const recording_token = tokenOf(element);
  if (recording_token === null) return null;
  return {
    information: {
      recording_token,
      ...sourceOf(find(element, 'Source')),
      earliest_ms: instantOrNull(textAt(element, 'EarliestRecording')),
      latest_ms: instantOrNull(textAt(element, 'LatestRecording')),
      status: textAt(element, 'RecordingStatus') ?? 'Unknown',
    },
    video_tracks: findAll(element, 'Track').flatMap((track) => {
      const token = textAt(track, 'TrackToken');
      return token !== null && textAt(track, 'TrackType') === 'Video' ? [token] : [];
    }),
  };
}

/** Reads `tt:GetRecordingsResponseItem`, which knows no times. Null without a token. */
export function readRecordingItem(element: XmlElement): RecordingAnswer | null {
  const recording_token = tokenOf(element);
  if (recording_token === null) return null;
  return {
    information: {
      recording_token,
      ...sourceOf(find(element, 'Configuration', 'Source')),
      earliest_ms: null,
      latest_ms: null,
      status: 'Unknown',
    },
    video_tracks: findAll(find(element, 'Tracks'), 'Track').flatMap((track) => {
      const token = textAt(track, 'TrackToken');
      return token !== null && textAt(track, 'Configuration', 'TrackType') === 'Video' ? [token] : [];
    }),
  };
}

/** An element by the standard; some recorders write it like the tokens of other things, as an attribute. */
function tokenOf(element: XmlElement): string | null {
  const token = textAt(element, 'RecordingToken') ?? element.attributes.get('token') ?? null;
  return token !== null && token.length <= TOKEN_LENGTH_MAX ? token : null;
}

function sourceOf(source: XmlElement | undefined): { source_token: string; source_name: string } {
  return { source_token: textAt(source, 'SourceId') ?? '', source_name: textAt(source, 'Name') ?? '' };
}

/**
 * Milliseconds, or null for no time at all and for what is none: impossible dates, years before the calendar of
 * computers, and the first instant of 1970, which recorders write where they hold nothing.
 */
export function instantOrNull(text: string | null): number | null {
  if (text === null) return null;
  try {
    const instant_ms = parseInstant(text);
    return instant_ms === 0 ? null : instant_ms;
  } catch (error) {
    if (error instanceof CodedError) return null;
    throw error;
  }
}
