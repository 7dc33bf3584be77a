import {
  CodedError,
  type DeviceAddress,
  type DeviceClient,
  type ExtractionAssignment,
  type FootageSource,
  type MediaReader,
  type ReplayClient,
  type TimeSource,
} from '@minhchung/domain';
import { createOnvifReplaySource, createRecordingFolderSource } from '@minhchung/footage';

/** What reaches the two kinds of recorders. */
export interface SourceAdapters {
  readonly openDevice: (address: DeviceAddress) => DeviceClient;
  readonly replay: ReplayClient;
  readonly reader: MediaReader;
  readonly time: TimeSource;
  /** Folders below which a recording folder must lie when it is read; left out: anywhere. */
  readonly recording_roots?: readonly string[];
}

/** Opens the origin of an assignment's footage. Throws `SOURCE_UNREACHABLE` for a recorder without an address. */
export function createSourceOpener(
  adapters: SourceAdapters,
): (assignment: ExtractionAssignment) => FootageSource {
  return ({ recorder, camera, address }) => {
    if (recorder.folder !== null) {
      const { path, pattern, zone } = recorder.folder;
      const { reader, time, recording_roots: roots } = adapters;
      const layout = { pattern, zone };
      return createRecordingFolderSource({ folder: path, layout, reader, time, ...(roots && { roots }) });
    }
    if (address === null) {
      throw new CodedError('SOURCE_UNREACHABLE', {
        address: recorder.code,
        reason: 'no address is registered',
      });
    }
    return createOnvifReplaySource({
      device: adapters.openDevice(address),
      replay: adapters.replay,
      address,
      recording: { source_token: camera.source_token },
    });
  };
}
