import { type CodedError, isCoded, type Span } from '@minhchung/domain';
import { brokenDevice } from '../broken-device.ts';
import { RECORDINGS_MAX } from '../limits.ts';
import { packageRequest, type SoapRequest } from '../soap/envelope.ts';
import { find, findAll, type XmlElement } from '../xml/element.ts';
import { type RecordingAnswer, readRecordingInformation, readRecordingItem } from './recording-answers.ts';
import { runSearch } from './search.ts';
import { FIND_RECORDINGS, findTrackStates } from './search-requests.ts';
import { heldSpans, readTrackState, type TrackState } from './track-states.ts';

/** Sends one request to a service of the device. Throws `DEVICE_UNSUPPORTED` where it has no such service. */
export type ServiceCall = (service: 'search' | 'recording', request: SoapRequest) => Promise<XmlElement>;

/**
 * Every recording the device knows: by search where it can search, else by the recording service, whose list
 * is completed one by one with `GetRecordingInformation` as far as the device answers that.
 */
export async function listRecordings(call: ServiceCall, address: string): Promise<RecordingAnswer[]> {
  const search = (request: SoapRequest) => call('search', request);
  try {
    const results = await runSearch('Recording', FIND_RECORDINGS, search, address);
    return eachOnce(results.flatMap((result) => readRecordingInformation(result) ?? []));
  } catch (error) {
    if (!isCoded(error, 'DEVICE_UNSUPPORTED', 'DEVICE_BROKEN')) throw error;
    return await listByRecordingService(call, address, error);
  }
}

/** One answer per token, the last one: recorders repeat results across pages, and the later one is fresher. */
function eachOnce(recordings: readonly RecordingAnswer[]): RecordingAnswer[] {
  return [...new Map(recordings.map((one) => [one.information.recording_token, one])).values()];
}

async function listByRecordingService(
  call: ServiceCall,
  address: string,
  search_error: CodedError,
): Promise<RecordingAnswer[]> {
  const list = await call('recording', packageRequest('getRecordings')).catch((error) => {
    // A device without both services is told of by its first error, which is the one a technician can use.
    throw isCoded(error, 'DEVICE_UNSUPPORTED') ? search_error : error;
  });
  const items = findAll(list, 'RecordingItem').flatMap((item) => readRecordingItem(item) ?? []);
  if (items.length > RECORDINGS_MAX) {
    throw brokenDevice(address, {
      vi: 'nó liệt kê nhiều bản ghi hơn mức có thể',
      en: 'it lists more recordings than can be',
    });
  }
  const completed: RecordingAnswer[] = [];
  for (const item of items) completed.push(await complete(call, item));
  return completed;
}

async function complete(call: ServiceCall, item: RecordingAnswer): Promise<RecordingAnswer> {
  const request = packageRequest('getRecordingInformation', item.information.recording_token);
  try {
    const element = find(await call('search', request), 'RecordingInformation');
    return (element === undefined ? null : readRecordingInformation(element)) ?? item;
  } catch (error) {
    if (isCoded(error, 'DEVICE_UNSUPPORTED', 'DEVICE_BROKEN')) return item;
    throw error;
  }
}

/**
 * Spans of one recording that hold video within the asked span. By the recorder's own history of its tracks;
 * where it keeps none, from the earliest to the latest instant of the recording: holes inside then show only
 * when it is replayed. Throws `DEVICE_BROKEN` for an unknown recording and for times that are none.
 */
export async function findRecordedSpans(
  call: ServiceCall,
  recording: RecordingAnswer,
  asked: Span,
  address: string,
): Promise<Span[]> {
  const { recording_token, earliest_ms, latest_ms } = recording.information;
  const states = await trackStates(call, recording, asked, address);
  if (states !== null && states.length > 0) return heldSpans(states, asked, latest_ms);
  return wholeRecording(earliest_ms, latest_ms, asked, address, recording_token);
}

async function trackStates(call: ServiceCall, recording: RecordingAnswer, asked: Span, address: string) {
  const { recording_token } = recording.information;
  const { video_tracks } = recording;
  const search = (request: SoapRequest) => call('search', request);
  try {
    const results = await runSearch('Event', findTrackStates(recording_token, asked), search, address);
    return differing(results.flatMap((result) => readTrackState(result) ?? []))
      .filter((state) => state.recording_token === recording_token)
      .filter((state) => video_tracks.length === 0 || video_tracks.includes(state.track_token));
  } catch (error) {
    if (isCoded(error, 'DEVICE_UNSUPPORTED')) return null;
    if (!isCoded(error, 'TIME_INVALID')) throw error;
    const { text } = error.details;
    throw brokenDevice(
      address,
      {
        vi: `thời điểm đổi trạng thái bản ghi không hợp lệ ("${text}")`,
        en: `a recording's change of state has no valid time ("${text}")`,
      },
      error,
    );
  }
}

/** Each statement once: pages that overlap would count a beginning or an end twice. */
function differing(states: readonly TrackState[]): TrackState[] {
  return [...new Map(states.map((state) => [JSON.stringify(state), state])).values()];
}

function wholeRecording(
  earliest_ms: number | null,
  latest_ms: number | null,
  asked: Span,
  address: string,
  recording_token: string,
): Span[] {
  if (earliest_ms === null || latest_ms === null) {
    throw brokenDevice(address, {
      vi: `nó không cho biết bản ghi ${recording_token} giữ khoảng thời gian nào`,
      en: `it does not say what span recording ${recording_token} holds`,
    });
  }
  const start_ms = Math.max(asked.start_ms, earliest_ms);
  const end_ms = Math.min(asked.end_ms, latest_ms);
  return start_ms < end_ms ? [{ start_ms, end_ms }] : [];
}
