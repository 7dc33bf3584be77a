import type { Camera, CameraState, Recorder } from '@minhchung/domain';
import type { Repositories, Store } from '@minhchung/store';
import { type CameraFinding, cameraStateAfter, recordingOf } from './camera-state.ts';
import { type RecorderPoll, retainedOf } from './poll-recorder.ts';

/** What the poll of one recorder changed and left: for counting and for the log. */
export interface RecordedPoll {
  readonly states: Readonly<Record<string, CameraState>>;
  readonly changes: number;
}

/**
 * Writes what one poll saw: states as intervals, coverage and clock offset when they changed. One transaction, so
 * a process killed here leaves a recorder's cameras all as before or all as seen. A change of state is an event of
 * the audit trail; a poll that saw nothing new is not.
 */
export async function recordPoll(
  store: Store,
  recorder: Recorder,
  cameras: readonly Camera[],
  poll: RecorderPoll,
  at_ms: number,
  stale_ms: number,
): Promise<RecordedPoll> {
  const difference_ms = poll.clock?.last_difference_ms ?? null;
  const device_now_ms = difference_ms === null ? null : at_ms + difference_ms;
  return store.transaction(async (tx) => {
    for (const estimate of poll.clock?.to_save ?? []) await tx.clockOffsets.save(recorder.clock_id, estimate);
    const states: Record<string, CameraState> = {};
    const changed: { camera: Camera; finding: CameraFinding }[] = [];
    for (const camera of cameras) {
      const finding = cameraStateAfter(poll.outcome, camera.source_token, device_now_ms, stale_ms);
      states[camera.id] = finding.state;
      const { changed: is_change } = await tx.observations.record(
        camera.id,
        finding.state,
        finding.reason,
        at_ms,
      );
      if (is_change) changed.push({ camera, finding });
      await recordCoverage(tx, camera, poll, at_ms);
    }
    if (poll.clock?.stepped) await tx.audit.append(clockStepEvent(recorder, at_ms));
    for (const { camera, finding } of changed) await tx.audit.append(stateEvent(camera, finding, at_ms));
    return { states, changes: changed.length };
  });
}

async function recordCoverage(
  tx: Repositories,
  camera: Camera,
  poll: RecorderPoll,
  at_ms: number,
): Promise<void> {
  if (!poll.outcome.answered || poll.outcome.recordings === null) return;
  const retained = retainedOf(recordingOf(poll.outcome.recordings, camera.source_token));
  await tx.coverage.record({
    camera_id: camera.id,
    observed_at_ms: at_ms,
    retained_from_device_ms: retained?.from_ms ?? null,
    retained_to_device_ms: retained?.to_ms ?? null,
  });
}

function stateEvent(camera: Camera, finding: CameraFinding, at_ms: number) {
  return {
    at_ms,
    act: 'camera.state_changed',
    account_id: null,
    person_id: null,
    unit_id: camera.unit_id,
    subject_kind: 'camera',
    subject_id: camera.id,
    outcome: 'ok',
    details: { state: finding.state, reason: finding.reason },
  } as const;
}

function clockStepEvent(recorder: Recorder, at_ms: number) {
  return {
    at_ms,
    act: 'clock.stepped',
    account_id: null,
    person_id: null,
    unit_id: recorder.unit_id,
    subject_kind: 'clock',
    subject_id: recorder.clock_id,
    outcome: 'ok',
    details: { recorder: recorder.code },
  } as const;
}
