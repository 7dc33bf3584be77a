import {
  AUDIO_LEFT_OUT,
  type AudioVerdict,
  type ExtractionAssignment,
  mayTakeAudio,
  type TracksWanted,
  tracksToTake,
} from '@minhchung/domain';

/** What a source says of a stream that it did not take because nobody wanted it. */
const NOT_ASKED_FOR = /\s*\(not asked for\)$/;

/** What an item takes beside the pictures, and why not more. */
export interface SoundOfItem {
  readonly verdict: AudioVerdict;
  readonly tracks: TracksWanted;
}

/** Whether the sound of an assignment's camera is taken; asked anew with every attempt, for owners may withdraw. */
export function soundOf(assignment: ExtractionAssignment, now_ms: number): SoundOfItem {
  const { camera, agreements, request, order } = assignment;
  const wish = { wants_audio: request.wants_audio, has_lawful_order: order !== null };
  const verdict = mayTakeAudio(camera, agreements, wish, now_ms);
  return { verdict, tracks: tracksToTake(camera, verdict) };
}

/** The streams that a source left, each sound with the reason: `audio: aac (the agreement does not allow it)`. */
export function withAudioReason(streams_left_out: readonly string[], verdict: AudioVerdict): string[] {
  if (verdict === 'taken') return [...streams_left_out];
  return streams_left_out.map((stream) =>
    stream.startsWith('audio') && NOT_ASKED_FOR.test(stream)
      ? stream.replace(NOT_ASKED_FOR, ` (${AUDIO_LEFT_OUT[verdict]})`)
      : stream,
  );
}
