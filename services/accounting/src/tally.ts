import { CAMERA_STATES, type CameraState } from '@minhchung/domain';

/** Cameras counted by state, with the share of working ones over both denominators. */
export interface CameraTally {
  readonly cameras: number;
  readonly by_state: Readonly<Record<CameraState, number>>;
  readonly working: number;
  readonly known: number;
  readonly working_of_all: number | null;
  readonly working_of_known: number | null;
}

/** Cameras by state, while they are being counted. */
export type StateCounts = Record<CameraState, number>;

export function emptyCounts(): StateCounts {
  return Object.fromEntries(CAMERA_STATES.map((state) => [state, 0])) as StateCounts;
}

/**
 * What the counts come to. A camera whose state is unknown says nothing about how well the network works, but a
 * report that leaves it out of the denominator flatters: so both shares are told.
 */
export function tallyOf(by_state: StateCounts): CameraTally {
  const cameras = CAMERA_STATES.reduce((sum, state) => sum + by_state[state], 0);
  const working = by_state.online + by_state.degraded;
  const known = cameras - by_state.unknown;
  return {
    cameras,
    by_state,
    working,
    known,
    working_of_all: cameras === 0 ? null : working / cameras,
    working_of_known: known === 0 ? null : working / known,
  };
}
