import {
  type Actor,
  CodedError,
  deviceKey,
  firmwareText,
  isAgreedNow,
  isCoded,
  offsetSurelyAt,
  type PlaybackFinding,
  type PlaybackSettings,
  type Recorder,
  type ReplayClient,
  type ShownTime,
} from '@minhchung/domain';
import type { RegistryDeps } from '../deps.ts';
import { editRecord } from '../editing/edit-record.ts';
import { versionOf } from '../editing/version.ts';
import type { ProbeTools } from '../probe/deps.ts';
import { checkMayReach } from '../probe/owners-device.ts';
import { recorderAddress } from '../probe/recorder-address.ts';
import { checkNotRefused, sealedAccount } from '../probe/refused-accounts.ts';
import { runTrial } from '../probe/trials.ts';
import { calibratePlayback } from './calibrate.ts';
import { CLOCK_BOUND_MS_MAX, EDGE_PAST_MS } from './limits.ts';

type Deps = Pick<RegistryDeps, 'store' | 'time' | 'settings' | 'secrets'> & {
  readonly tools: Pick<ProbeTools, 'openDevice'> & { readonly replay: ReplayClient };
};

/** What somebody asks for. */
export interface WantedCalibration {
  readonly recorder: Recorder;
  /** Null: the recorder's own. */
  readonly channel: number | null;
  readonly stated_zone_min: number | null;
  readonly readings: readonly ShownTime[];
  /** Where it was not asked for through the API. */
  readonly performed_by?: 'command';
}

/**
 * Calibrates a recorder in somebody's name and keeps the finding, in its history and in the trail. No picture is
 * kept or shown. Whatever is thrown, the finding stays as it was: `CALIBRATION_*`, `PROBE_*`,
 * `RECORDER_WITHOUT_ADDRESS`, `EditConflict` where the recorder was changed meanwhile, and what reaching it throws.
 */
export function calibrateRecorder(deps: Deps) {
  return async (actor: Actor, wanted: WantedCalibration, signal: AbortSignal): Promise<PlaybackFinding> => {
    const { recorder } = wanted;
    const playback = recorder.playback ?? null;
    if (playback === null) throw new CodedError('CALIBRATION_NOT_PLAYBACK', { recorder: recorder.code });
    const channel = wanted.channel ?? playback.channel;
    await checkMayReach(deps.store, recorder, deps.time.now_ms());
    await checkMayPlay(deps, recorder, playback, channel);
    const present = await presentOf(deps, recorder);
    const address = await recorderAddress(deps, recorder);
    await checkNotRefused(deps, address, false);
    const { host } = new URL(address.device_url);
    const trial = { account_id: actor.account_id, device_key: deviceKey(address.device_url), device: host };
    const outcome = await runTrial<Outcome>(deps, trial, async () => {
      try {
        const order = { recorder: recorder.code, replay: deps.tools.replay, address, playback, channel };
        const { stated_zone_min, readings } = wanted;
        const times = await calibratePlayback({ ...order, present, stated_zone_min, readings }, signal);
        const firmware_version = await firmwareOf(deps, address, signal);
        return { result: { times, firmware_version }, refused_account: null };
      } catch (error) {
        const refused_account = isCoded(error, 'SOURCE_REFUSED')
          ? sealedAccount(deps.secrets, address)
          : null;
        return { result: { error }, refused_account };
      }
    });
    if ('error' in outcome) {
      await recordFailure(deps, actor, wanted, outcome.error);
      throw outcome.error;
    }
    const finding: PlaybackFinding = {
      ...outcome.times,
      calibrated_at_ms: deps.time.now_ms(),
      calibrated_by_person_id: actor.person_id,
      firmware_version: outcome.firmware_version,
      stale: null,
    };
    await keep(deps, actor, wanted, finding);
    return finding;
  };
}

/** How one calibration ended. */
type Outcome =
  | {
      readonly times: Awaited<ReturnType<typeof calibratePlayback>>;
      readonly firmware_version: string | null;
    }
  | { readonly error: unknown };

/** A household's recording is played only under an agreement that is in force, though nobody sees it. */
async function checkMayPlay(
  { store, time }: Deps,
  recorder: Recorder,
  playback: PlaybackSettings,
  channel: number,
): Promise<void> {
  for (const camera of await store.cameras.ofRecorder(recorder.id)) {
    const own_channel = camera.source_token ?? String(playback.channel);
    if (camera.kind !== 'household' || own_channel !== String(channel) || camera.retired_at_ms !== null)
      continue;
    if (isAgreedNow(await store.agreements.ofCamera(camera.id), time.now_ms())) continue;
    throw new CodedError('CALIBRATION_NOT_AGREED', { camera: camera.code });
  }
}

async function presentOf({ store, settings, time }: Deps, { clock_id, code }: Recorder) {
  const now_ms = time.now_ms();
  const history = await store.clockOffsets.historyOf(clock_id);
  const known = offsetSurelyAt(
    history,
    { start_ms: now_ms - EDGE_PAST_MS, end_ms: now_ms },
    settings.poller.clock.drift_max_ppm,
  );
  const piece = known.kind === 'unknown' ? undefined : known.pieces.at(-1);
  const bound_ms = piece === undefined ? null : Math.ceil((piece.max_ms - piece.min_ms) / 2);
  if (piece === undefined || bound_ms === null || bound_ms > CLOCK_BOUND_MS_MAX) {
    const bound_s = bound_ms === null ? '?' : Math.ceil(bound_ms / 1_000);
    throw new CodedError('CALIBRATION_CLOCK_UNKNOWN', { recorder: code, bound_s });
  }
  return { device_now_ms: now_ms + Math.round((piece.min_ms + piece.max_ms) / 2), bound_ms };
}

/** Of a device that has ONVIF beside; one that will not say it has none. */
async function firmwareOf(
  { tools }: Deps,
  address: Parameters<ProbeTools['openDevice']>[0],
  signal: AbortSignal,
): Promise<string | null> {
  if (!address.device_url.startsWith('http')) return null;
  const device = tools.openDevice(address);
  try {
    return firmwareText((await device.describe(signal)).firmware_version);
  } catch (error) {
    if (isCoded(error) && error.code.startsWith('DEVICE_')) return null;
    throw error;
  } finally {
    await device.close();
  }
}

async function keep(
  deps: Deps,
  actor: Actor,
  { recorder, performed_by }: WantedCalibration,
  finding: PlaybackFinding,
): Promise<void> {
  const { semantics, zone_offset_min, frame_times, method } = finding;
  await editRecord(deps, {
    ...{ subject_kind: 'recorder', act: 'recorder.calibrate', actor, seen: recorder },
    version: versionOf(recorder),
    lock: (tx) => tx.recorders.lock(recorder.id),
    change: async (_tx, before) => ({ ...before, playback: { ...before.playback!, finding } }),
    async write({ tx }, after) {
      await tx.recorders.update(after);
      return [];
    },
    unitOf: ({ unit_id }) => unit_id,
    details: ({ code }) => ({
      ...{ code, semantics, zone_offset_min, frame_times, method },
      ...(performed_by && { performed_by }),
    }),
  });
}

async function recordFailure(
  { store, time }: Deps,
  actor: Actor,
  { recorder, performed_by }: WantedCalibration,
  error: unknown,
): Promise<void> {
  const { account_id, person_id } = actor;
  await store.audit.append({
    ...{ at_ms: time.now_ms(), act: 'recorder.calibrate', account_id, person_id, unit_id: recorder.unit_id },
    ...{ subject_kind: 'recorder', subject_id: recorder.id, outcome: 'failed' },
    details: {
      code: recorder.code,
      reason: isCoded(error) ? error.code : 'fault',
      ...(performed_by && { performed_by }),
    },
  });
}
