import {
  type CodedError,
  claimRefusal,
  deviceKey,
  deviceRefusal,
  type HeldDevice,
  type Recorder,
} from '@minhchung/domain';
import type { CameraPlan } from './plan-camera.ts';
import type { PlanContext } from './plan-context.ts';
import type { RecorderPlan } from './plan-recorder.ts';

/**
 * Why a group cannot be at its device's address, or null: a household's device under another name, or one that was a household's. Asked only where
 * something of it changes, so that importing the same file again changes nothing. Remembers the group for the rest of
 * the file, for a preview writes nothing that the next group could meet.
 */
export async function planDevice(
  context: PlanContext,
  recorder: RecorderPlan,
  planned: readonly CameraPlan[],
): Promise<CodedError | null> {
  const { after } = recorder;
  if (after.device_url === null) return null;
  const registered = await context.repositories.cameras.ofRecorder(after.id);
  const codes = new Set(planned.map((plan) => plan.after.code));
  const cameras = [
    ...registered.filter(({ code }) => !codes.has(code)),
    ...planned.map((plan) => plan.after),
  ];
  const wanted = { recorder_code: after.code, cameras };
  const others = await othersAtDevice(context, after, after.device_url);
  const claims = await context.repositories.householdDevices.claims(after.network_id, after.device_url);
  const refusals = [
    ...others.map((held) => deviceRefusal(wanted, held)),
    ...cameras.map((camera) => claimRefusal(camera, after.code, cameras, claims)),
  ];
  const refusal = isNew(recorder, planned) ? (refusals.find((one) => one !== null) ?? null) : null;
  if (refusal === null) remember(context, after, wanted);
  return refusal;
}

async function othersAtDevice(
  { repositories, places }: PlanContext,
  recorder: Recorder,
  device_url: string,
): Promise<HeldDevice[]> {
  const found = new Map(places.devices.get(keyOf(recorder)) ?? []);
  for (const other of await repositories.recorders.atDevice(recorder.network_id, device_url)) {
    if (found.has(other.code)) continue;
    found.set(other.code, {
      recorder_code: other.code,
      cameras: await repositories.cameras.ofRecorder(other.id),
    });
  }
  found.delete(recorder.code);
  return [...found.values()];
}

function isNew(recorder: RecorderPlan, planned: readonly CameraPlan[]): boolean {
  if (recorder.before === null) return true;
  if (recorder.changes.some((column) => ['device_url', 'network_code'].includes(column))) return true;
  const told = ['kind', 'recorder_code', 'source_token', 'owner_name'];
  return planned.some(({ before, changes }) => before === null || changes.some((one) => told.includes(one)));
}

function remember({ places }: PlanContext, recorder: Recorder, held: HeldDevice): void {
  const met = places.devices.get(keyOf(recorder)) ?? new Map<string, HeldDevice>();
  places.devices.set(keyOf(recorder), met.set(recorder.code, held));
}

function keyOf({ network_id, device_url }: Recorder): string {
  return JSON.stringify([network_id, deviceKey(device_url ?? '')]);
}
