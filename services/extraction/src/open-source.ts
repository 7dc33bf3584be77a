import {
  CodedError,
  type DeviceAddress,
  type DeviceClient,
  type ExtractionAssignment,
  type FolderIndex,
  type FootageSource,
  type MediaReader,
  type ReplayClient,
  type TimeSource,
  type Upload,
} from '@minhchung/domain';
import {
  createOnvifReplaySource,
  createPlaybackUrlSource,
  createRecordingFolderSource,
  createUploadSource,
} from '@minhchung/footage';

import { nativePath } from './handed-in/native-files.ts';

/** What reaches the two kinds of recorders. */
export interface SourceAdapters {
  readonly openDevice: (address: DeviceAddress) => DeviceClient;
  readonly replay: ReplayClient;
  readonly reader: MediaReader;
  readonly time: TimeSource;
  /** Makes a handed-in file available to media tools; left out: nothing can be handed in here. */
  readonly nativeFile?: (upload: Upload, signal: AbortSignal) => Promise<string>;
  /** Folders below which a recording folder must lie when it is read; left out: anywhere. */
  readonly recording_roots?: readonly string[];
  /** What pollers learned of recording folders; left out: every question looks itself. */
  readonly folder_index?: FolderIndex;
}

/** Opens the origin of an assignment's footage. Throws `SOURCE_UNREACHABLE` for a recorder without an address. */
export function createSourceOpener(
  adapters: SourceAdapters,
): (assignment: ExtractionAssignment) => FootageSource {
  return (assignment) => {
    const handed_in = openHandedIn(adapters, assignment);
    if (handed_in !== null) return handed_in;
    const { recorder, camera, address } = assignment;
    if (recorder.folder !== null) {
      const { path, pattern, zone } = recorder.folder;
      const { reader, time, recording_roots: roots, folder_index: index } = adapters;
      const layout = { pattern, zone };
      const followed = { recorder_id: recorder.id, path: camera.source_token ?? '' };
      const known = { ...(roots && { roots }), ...(index && { index }) };
      return createRecordingFolderSource({ folder: path, layout, reader, time, ...followed, ...known });
    }
    if (address === null) {
      throw new CodedError('SOURCE_UNREACHABLE', {
        address: recorder.code,
        reason: 'no address is registered',
      });
    }
    if (recorder.playback != null) {
      const { replay, time } = adapters;
      const clock_offset_ms = assignment.clock_offsets.at(-1)?.min_ms ?? 0;
      const played = { ...recorder, playback: recorder.playback };
      return createPlaybackUrlSource({ replay, address, recorder: played, camera, time, clock_offset_ms });
    }
    return createOnvifReplaySource({
      device: adapters.openDevice(address),
      replay: adapters.replay,
      address,
      recording: { source_token: camera.source_token },
    });
  };
}

/** What people handed in is the source, whatever the recorder is; null where nothing was. */
function openHandedIn(
  adapters: SourceAdapters,
  { uploads = [] }: ExtractionAssignment,
): FootageSource | null {
  const { nativeFile, reader } = adapters;
  if (uploads.length === 0) return null;
  if (nativeFile === undefined) throw new Error('handed-in files cannot be opened here');
  return createUploadSource({
    files: uploads.map((upload) => ({
      name: nativePath(upload),
      start_ms: upload.declared.start_ms,
      unreadable_reason: upload.check?.unreadable_reason ?? null,
      path: (signal) => nativeFile(upload, signal),
    })),
    time_resolution_ms: Math.max(...uploads.map(({ declared }) => declared.resolution_ms)),
    reader,
  });
}
