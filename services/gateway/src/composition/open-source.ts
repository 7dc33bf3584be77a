import {
  CodedError,
  type ExtractionAssignment,
  type FootageSource,
  type MediaReader,
} from '@minhchung/domain';
import { createOnvifReplaySource, createRecordingFolderSource } from '@minhchung/footage';
import type { Devices } from './devices.ts';
import { SYSTEM_TIME } from './system-time.ts';

/** Opens the origin of an assignment's footage: where its recorder keeps it. */
export function sourceOpener(
  devices: Devices,
  reader: MediaReader,
): (assignment: ExtractionAssignment) => FootageSource {
  return ({ recorder, camera, address }) => {
    if (recorder.folder !== null) {
      const { path, pattern, zone } = recorder.folder;
      return createRecordingFolderSource({
        folder: path,
        layout: { pattern, zone },
        reader,
        time: SYSTEM_TIME,
      });
    }
    if (address === null) {
      throw new CodedError('SOURCE_UNREACHABLE', {
        address: recorder.code,
        reason: 'no address is registered',
      });
    }
    return createOnvifReplaySource({
      device: devices.openDevice(address),
      replay: devices.replay,
      address,
      recording: { source_token: camera.source_token },
    });
  };
}
