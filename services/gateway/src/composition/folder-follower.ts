import { CodedError, type Recorder } from '@minhchung/domain';
import {
  type FollowedTrack,
  followRecordingFolder,
  type RecordingFolderOptions,
  recallRecordingFolder,
} from '@minhchung/footage';
import { createMediaReader } from '@minhchung/media';
import type { FolderFollower, HeldByFolder } from '@minhchung/poller';
import type { Settings } from '@minhchung/settings';
import type { Store } from '@minhchung/store';
import { SYSTEM_TIME } from './system-time.ts';

/** What follows recording folders in this deployment: their index lies in the database, for extractors too. */
export function createFolderFollower(settings: Settings, store: Store): FolderFollower {
  const reader = createMediaReader(settings.media);
  const { entries_per_pass, files_per_pass } = settings.poller.folders;
  const optionsFor = (recorder: Recorder, source_token: string | null): RecordingFolderOptions => {
    if (recorder.folder === null)
      throw new CodedError('RECORDING_LAYOUT_INVALID', { pattern: '', reason: '' });
    const { path: folder, pattern, zone } = recorder.folder;
    return {
      ...{ folder, layout: { pattern, zone }, reader, time: SYSTEM_TIME, recorder_id: recorder.id },
      ...{ index: store.folderIndex, roots: settings.registry.recording_roots, path: source_token ?? '' },
    };
  };
  return {
    async follow(recorder, source_token, signal) {
      const limits = { entries_max: entries_per_pass, files_opened_max: files_per_pass };
      return asHeld(
        await followRecordingFolder({ ...optionsFor(recorder, source_token), ...limits }, signal),
      );
    },
    async recall(recorder, source_token) {
      const known = await recallRecordingFolder(optionsFor(recorder, source_token));
      return known === null ? null : asHeld(known);
    },
  };
}

function asHeld({ retained, unchanged_ms }: FollowedTrack): HeldByFolder {
  return { earliest_ms: retained?.start_ms ?? null, latest_ms: retained?.end_ms ?? null, unchanged_ms };
}
