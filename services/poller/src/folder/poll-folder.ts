import { isCoded, type Recorder, type RecordingInformation } from '@minhchung/domain';
import type { ClaimedPoll } from '@minhchung/store';
import type { PollOutcome } from '../camera-state.ts';

/** What a folder holds of one camera, in device time. */
export interface HeldByFolder {
  readonly earliest_ms: number | null;
  readonly latest_ms: number | null;
  /** For how long, true time, nothing was seen to be new or to grow. */
  readonly unchanged_ms: number;
}

/** Follows the folders of recorders. */
export interface FolderFollower {
  /** One bounded pass over the files of one camera (`source_token`; null: the folder is one camera's). */
  follow(recorder: Recorder, source_token: string | null, signal: AbortSignal): Promise<HeldByFolder>;
  /** What an earlier pass learned, without touching the disk; null: nothing yet. */
  recall(recorder: Recorder, source_token: string | null): Promise<HeldByFolder | null>;
}

/** Errors that hold for the whole folder, whichever camera's files were asked for. */
const OF_THE_FOLDER = ['SOURCE_UNREACHABLE', 'FOLDER_NOT_ALLOWED'] as const;

/**
 * Asks the folder of a recorder what it holds of each camera. Cameras whose turn does not come before the deadline
 * are answered from what an earlier pass learned. Never throws for what a disk or share does, `signal` included.
 */
export async function pollFolder(
  { recorder, cameras }: ClaimedPoll,
  follower: FolderFollower,
  deadline: AbortSignal,
): Promise<PollOutcome> {
  const recordings: RecordingInformation[] = [];
  let failure: PollOutcome | null = null;
  for (const source_token of new Set(cameras.map((camera) => camera.source_token))) {
    try {
      const held = await heldOf(recorder, source_token, follower, deadline);
      if (held === null) failure ??= { answered: false, code: 'DEVICE_TIMEOUT', reason: 'timeout' };
      else recordings.push(asRecording(source_token, held));
    } catch (error) {
      const failed = failureOf(error);
      if (isCoded(error, ...OF_THE_FOLDER)) return failed;
      failure ??= failed;
    }
  }
  return failure !== null && recordings.length === 0 ? failure : { answered: true, recordings };
}

async function heldOf(
  recorder: Recorder,
  source_token: string | null,
  follower: FolderFollower,
  deadline: AbortSignal,
): Promise<HeldByFolder | null> {
  if (deadline.aborted) return await follower.recall(recorder, source_token);
  try {
    return await follower.follow(recorder, source_token, deadline);
  } catch (error) {
    if (!deadline.aborted) throw error;
    return await follower.recall(recorder, source_token);
  }
}

function asRecording(source_token: string | null, held: HeldByFolder): RecordingInformation {
  const token = source_token ?? '';
  return {
    ...{ recording_token: token, source_token: token, source_name: '', status: 'Recording' },
    ...held,
  };
}

function failureOf(error: unknown): PollOutcome {
  if (isCoded(error)) return { answered: false, code: error.code, reason: '' };
  return { answered: false, code: 'DEVICE_BROKEN', reason: 'fault' };
}
