import { type RecordedFootage, startDevice } from '@minhchung/testkit';
import type { ExactnessCase } from './factors.ts';
import { type CaseRecorder, heldOf } from './recorder.ts';
import { holesOf, offsetsOf, STAGE } from './stage.ts';

const PASSWORD = 'mat-khau-thu';

/** A simulated recorder with ONVIF Search and Replay. */
export async function replayRecorder(one: ExactnessCase, footage: RecordedFootage): Promise<CaseRecorder> {
  const { before_ms, after_ms } = offsetsOf(one);
  const device = await startDevice({
    channels: [{ name: 'T01', footage, holes: holesOf(one) }],
    clock_offset_ms: before_ms,
    clock_steps: after_ms === before_ms ? [] : [{ at_true_ms: STAGE.set_at_ms, offset_ms: after_ms }],
    password: PASSWORD,
  });
  return {
    seed: {
      recorder: { kind: 'onvif', device_url: device.device_url, folder: null },
      source_token: device.channel(1).source_token,
      credentials: { username: 'admin', password: PASSWORD },
    },
    held: heldOf(one, footage),
    nal_units: null,
    close: () => device.close(),
  };
}
