import type { RecordingInformation } from '@minhchung/domain';
import { SOURCE_NAMES_AGE_MS_MAX, SOURCE_NAMES_AGE_MS_MIN } from '../limits.ts';
import type { LearnedDevice } from './device-memory.ts';
import { nameSources, type SourceQuestions } from './source-names.ts';

/**
 * The recordings with the source each is of. The device is asked about that once a day, and when there is a
 * recording that was not there before: in between the answer is remembered.
 */
export async function nameRecordings(
  recordings: readonly RecordingInformation[],
  memory: LearnedDevice,
  questions: SourceQuestions,
): Promise<RecordingInformation[]> {
  if (recordings.length === 0) return [];
  const age_ms = performance.now() - memory.sources_asked_at_ms;
  const { sources } = memory;
  const is_new = sources === null || recordings.some(({ recording_token }) => !(recording_token in sources));
  const is_due = age_ms > (is_new ? SOURCE_NAMES_AGE_MS_MIN : SOURCE_NAMES_AGE_MS_MAX);
  if (sources === null || is_due) {
    memory.sources = await nameSources(recordings, questions);
    memory.sources_asked_at_ms = performance.now();
  }
  const names = memory.sources;
  return recordings.map((recording) => ({
    ...recording,
    source_token: names?.[recording.recording_token] ?? recording.source_token,
  }));
}
