import type { CameraState, ErrorCode, RecordingInformation } from '@minhchung/domain';

/** What one poll of a recorder came to, as far as the state of its cameras depends on it. */
export type PollOutcome =
  | { readonly answered: true; readonly recordings: readonly RecordingInformation[] | null }
  | { readonly answered: false; readonly code: ErrorCode; readonly reason: string };

/** State of one camera with the stable code of why. */
export interface CameraFinding {
  readonly state: CameraState;
  readonly reason: string;
}

/**
 * The state of one camera after a poll of its recorder.
 *
 * - no answer in time or no connection: `offline`; credentials refused: `refused`; nonsense: `degraded`.
 * - answered, but its source is recorded nowhere, or the newest recording ends longer than `stale_ms` before the
 *   device's own present: `degraded`, for a camera that does not record is no witness.
 *
 * `device_now_ms` is the recorder's own clock, so that a wrong clock does not look like a stopped recording; it
 * is null when the clock could not be read, and then staleness is not judged.
 */
export function cameraStateAfter(
  outcome: PollOutcome,
  source_token: string | null,
  device_now_ms: number | null,
  stale_ms: number,
): CameraFinding {
  if (!outcome.answered) return stateOfFailure(outcome.code, outcome.reason);
  if (outcome.recordings === null) return { state: 'online', reason: 'ok' };
  const recording = recordingOf(outcome.recordings, source_token);
  if (!recording) return { state: 'degraded', reason: 'not_recorded' };
  if (recording.latest_ms === null) return { state: 'degraded', reason: 'recording_empty' };
  if (silence_ms(recording, device_now_ms) > stale_ms) {
    return { state: 'degraded', reason: 'recording_stopped' };
  }
  return { state: 'online', reason: 'ok' };
}

/**
 * For how long a recording has brought nothing new: as its folder was seen, else by its newest frame and the device's
 * own clock; 0 where neither tells.
 */
export function silence_ms(
  { latest_ms, unchanged_ms }: RecordingInformation,
  device_now_ms: number | null,
): number {
  if (unchanged_ms !== undefined) return unchanged_ms;
  return device_now_ms === null || latest_ms === null ? 0 : device_now_ms - latest_ms;
}

/** The recording of a source; a recorder with a single recording needs no token. */
export function recordingOf(
  recordings: readonly RecordingInformation[],
  source_token: string | null,
): RecordingInformation | undefined {
  if (source_token === null) return recordings.length === 1 ? recordings[0] : undefined;
  return recordings.find((recording) => recording.source_token === source_token);
}

function stateOfFailure(code: ErrorCode | 'CERTIFICATE_CHANGED', reason: string): CameraFinding {
  switch (code) {
    case 'DEVICE_REFUSED':
      return { state: 'refused', reason: 'credentials_refused' };
    case 'CERTIFICATE_CHANGED':
      return { state: 'refused', reason: 'certificate_changed' };
    case 'ADDRESS_NOT_ALLOWED':
      return { state: 'refused', reason: 'address_not_allowed' };
    case 'DEVICE_TIMEOUT':
      return { state: 'offline', reason: 'timeout' };
    case 'DEVICE_UNREACHABLE':
      return { state: 'offline', reason: reason || 'unreachable' };
    case 'SOURCE_UNREACHABLE':
      return { state: 'offline', reason: 'folder_unreachable' };
    case 'FOLDER_NOT_ALLOWED':
      return { state: 'degraded', reason: 'folder_not_allowed' };
    case 'SOURCE_BROKEN':
    case 'RECORDING_LAYOUT_INVALID':
    case 'FOLDER_OF_CAMERA_UNKNOWN':
      return { state: 'degraded', reason: 'folder_unlike' };
    default:
      return { state: 'degraded', reason: 'answers_wrongly' };
  }
}
