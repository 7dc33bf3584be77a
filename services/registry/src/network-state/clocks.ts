import {
  type Actor,
  type Camera,
  CodedError,
  driftBound_ppm,
  driftRate,
  narrow,
  type OffsetInterval,
  offsetOfReading,
  offsetSurelyAt,
  readingOfSight,
  type Span,
} from '@minhchung/domain';
import { networkRules } from '@minhchung/settings';
import type { ClockHome, Repositories } from '@minhchung/store';
import type { RegistryDeps } from '../deps.ts';

type ClockDeps = Pick<RegistryDeps, 'store' | 'settings' | 'time' | 'newId' | 'hostClock'>;

/** The clock of this id with whose it is. Throws `UNKNOWN_CLOCK`. */
export async function findClock({ store }: Pick<ClockDeps, 'store'>, clock_id: string): Promise<ClockHome> {
  const home = await store.clockSights.homeOf(clock_id);
  if (home === null) throw new CodedError('UNKNOWN_CLOCK', { clock: clock_id });
  return home;
}

/** A clock with everything that was ever measured of it. */
export async function describeClock(
  { store, settings }: Pick<ClockDeps, 'store' | 'settings'>,
  home: ClockHome,
) {
  const history = await store.clockOffsets.historyOf(home.clock.id);
  const drift_bound_ppm = driftBound_ppm(history, settings.poller.clock.drift_max_ppm);
  const { recorder_id, camera_id } = home;
  return { ...home.clock, recorder_id, camera_id, history, rate: driftRate(history), drift_bound_ppm };
}

/** Which offset held over a span of true time. */
export async function offsetOver(
  { store, settings }: Pick<ClockDeps, 'store' | 'settings'>,
  clock_id: string,
  span: Span,
) {
  const history = await store.clockOffsets.historyOf(clock_id);
  const knowledge = offsetSurelyAt(history, span, settings.poller.clock.drift_max_ppm);
  return knowledge.kind === 'unknown'
    ? { is_known: false, pieces: [] }
    : { is_known: true, pieces: knowledge.pieces };
}

/** Hands a server time out. Throws `HOST_CLOCK_NOT_SYNCHRONISED`: a wrong server time is worse than none. */
export async function takeServerTime(deps: ClockDeps, actor: Actor, home: ClockHome) {
  await synchronisedHost(deps);
  const { challenge_valid_ms } = networkRules(deps.settings).sight;
  const issued_at_ms = deps.time.now_ms();
  await deps.store.clockSights.forgetBefore(issued_at_ms - 2 * challenge_valid_ms);
  const challenge = { id: deps.newId(), clock_id: home.clock.id, person_id: actor.person_id, issued_at_ms };
  await deps.store.clockSights.issue(challenge);
  return {
    challenge_id: challenge.id,
    server_time_ms: issued_at_ms,
    valid_until_ms: issued_at_ms + challenge_valid_ms,
  };
}

/** What a person enters who has seen a device's screen. */
export interface EnteredSight {
  readonly challenge_id: string;
  readonly shown_ms: number;
  readonly round_trip_ms: number;
  readonly elapsed_ms: number;
}

/**
 * Takes a clock read by eye into its history. Throws `CLOCK_CHALLENGE_EXPIRED` (old, used, or another person's),
 * `CLOCK_SIGHT_IMPOSSIBLE`, `HOST_CLOCK_NOT_SYNCHRONISED`, `CLOCK_READING_OUT_OF_ORDER`.
 */
export async function enterSight(deps: ClockDeps, actor: Actor, home: ClockHome, entered: EnteredSight) {
  const host = await synchronisedHost(deps);
  const entered_at_ms = deps.time.now_ms();
  const { sight } = networkRules(deps.settings);
  return deps.store.transaction(async (tx) => {
    const used = { id: entered.challenge_id, clock_id: home.clock.id, person_id: actor.person_id };
    const challenge = await tx.clockSights.use(used, entered_at_ms);
    if (challenge === null) {
      throw new CodedError('CLOCK_CHALLENGE_EXPIRED', { minutes: sight.challenge_valid_ms / 60_000 });
    }
    const { issued_at_ms } = challenge;
    const reading = readingOfSight({ ...entered, issued_at_ms, entered_at_ms }, sight);
    const history = await tx.clockOffsets.historyOf(home.clock.id);
    const result = narrow(history.at(-1) ?? null, reading, {
      drift_ppm: driftBound_ppm(history, deps.settings.poller.clock.drift_max_ppm),
      host_bound_ms: host.bound_ms,
      host_synchronised: true,
    });
    if (result.kind === 'unchanged') throw new CodedError('CLOCK_READING_OUT_OF_ORDER', {});
    await tx.clockOffsets.save(home.clock.id, result.estimate);
    const seen = offsetOfReading(reading);
    await appendSight(tx, actor, home, entered_at_ms, { ...entered, ...seen, kind: result.kind });
    return { kind: result.kind, reading: seen, estimate: result.estimate };
  });
}

/** Registers the clock on a camera's own display. Throws `CAMERA_HAS_CLOCK`. */
export async function addCameraClock(deps: ClockDeps, actor: Actor, camera: Camera, name: string) {
  const at_ms = deps.time.now_ms();
  const clock = { id: deps.newId(), name, kind: 'camera' as const };
  await deps.store.transaction(async (tx) => {
    if ((await tx.clockSights.ofCamera(camera.id)) !== null) {
      throw new CodedError('CAMERA_HAS_CLOCK', { camera: camera.code });
    }
    await tx.clockSights.addToCamera(camera.id, clock);
    await tx.changes.append({
      ...{ at_ms, actor, act: 'clock.add', subject_kind: 'camera', subject_id: camera.id },
      ...{ unit_id: camera.unit_id, before: {}, after: { clock_id: clock.id } },
    });
    await tx.audit.append({
      ...{ at_ms, act: 'clock.add', account_id: actor.account_id, person_id: actor.person_id },
      ...{ unit_id: camera.unit_id, subject_kind: 'camera', subject_id: camera.id, outcome: 'ok' },
      details: { clock_id: clock.id, name },
    });
  });
  return { clock_id: clock.id, name };
}

/** Display clock minus recorder clock, where both are known. */
export function disagreement(
  display: OffsetInterval | null,
  recorder: OffsetInterval | null,
): OffsetInterval | null {
  if (display === null || recorder === null) return null;
  return { min_ms: display.min_ms - recorder.max_ms, max_ms: display.max_ms - recorder.min_ms };
}

async function synchronisedHost({ hostClock, settings }: ClockDeps) {
  const is_trusted = settings.poller.host_clock === 'trusted';
  const state = (await hostClock?.()) ?? {
    synchronised: is_trusted,
    bound_ms: settings.poller.host_bound_ms,
  };
  if (!state.synchronised) throw new CodedError('HOST_CLOCK_NOT_SYNCHRONISED', {});
  return state;
}

async function appendSight(
  tx: Repositories,
  actor: Actor,
  { clock, unit_id }: ClockHome,
  at_ms: number,
  details: Readonly<Record<string, string | number>>,
): Promise<void> {
  const by = { account_id: actor.account_id, person_id: actor.person_id };
  const subject = { unit_id, subject_kind: 'clock', subject_id: clock.id, outcome: 'ok' } as const;
  await tx.audit.append({ at_ms, act: 'clock.read_by_eye', ...by, ...subject, details });
}
