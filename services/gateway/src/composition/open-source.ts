import { CodedError, type ExtractionAssignment, type FootageSource } from '@minhchung/domain';
import { createOnvifReplaySource } from '@minhchung/footage';
import type { Devices } from './devices.ts';

/** Opens the origin of an assignment's footage: where its recorder keeps it. */
export function sourceOpener(devices: Devices): (assignment: ExtractionAssignment) => FootageSource {
  return ({ recorder, camera, address }) => {
    if (address === null)
      throw new CodedError('SOURCE_UNREACHABLE', { address: recorder.code, reason: 'no address' });
    return createOnvifReplaySource({
      device: devices.openDevice(address),
      replay: devices.replay,
      address,
      recording: { source_token: camera.source_token },
    });
  };
}
