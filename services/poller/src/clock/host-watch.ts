import type { HostBlame } from '@minhchung/domain';
import type { Logger } from 'pino';
import { createHostSuspicion, type HostSuspicion } from './host-suspicion.ts';
import type { HostClockState } from './measure-clock.ts';

export interface HostWatchOptions {
  /** Asks the operating system. */
  readonly read: () => Promise<HostClockState>;
  /** The clock that may be set, and one that never is, both in milliseconds. */
  readonly wall_ms: () => number;
  readonly monotonic_ms: () => number;
  readonly blame: HostBlame;
  readonly logger: Pick<Logger, 'warn' | 'info' | 'error'>;
}

/** Watches this host's own clock while devices' clocks are measured by it. */
export interface HostWatch {
  /** What may be believed now; asked at most once a minute, and reported in the log when it changes. */
  state(): Promise<HostClockState>;
  /** A suspicion to be collected over one sweep. */
  begin(): HostSuspicion;
  /** True when this sweep's steps are to be forgotten, for they are the host's. To be called once per sweep. */
  judge(suspicion: HostSuspicion): boolean;
}

/** How long an answer of the operating system is good for. */
const RECHECK_MS = 60_000;
/** NTP slews by up to 500 ppm; what goes beyond that and this was a jump. */
const SLEW_PPM = 500;
const JUMP_MIN_MS = 100;
/** After a jump nothing is believed for this long: time for the host to settle. */
const SETTLE_MS = 10 * 60_000;
/** After so many sweeps in a row with the same steps the host was wrong before and is right now. */
const BLAMED_IN_A_ROW_MAX = 3;

export function createHostWatch(options: HostWatchOptions): HostWatch {
  const { read, wall_ms, monotonic_ms, blame, logger } = options;
  let known: { readonly state: HostClockState; readonly at_ms: number } | null = null;
  let before: { readonly wall: number; readonly monotonic: number } | null = null;
  let distrusted_until_ms = Number.NEGATIVE_INFINITY;
  let blamed_in_a_row = 0;

  function watchForJump(bound_ms: number): void {
    const now = { wall: wall_ms(), monotonic: monotonic_ms() };
    if (before !== null) {
      const elapsed_ms = now.monotonic - before.monotonic;
      const jump_ms = now.wall - before.wall - elapsed_ms;
      const allowed_ms = JUMP_MIN_MS + bound_ms + (elapsed_ms * SLEW_PPM) / 1_000_000;
      if (Math.abs(jump_ms) > allowed_ms) {
        distrusted_until_ms = now.monotonic + SETTLE_MS;
        logger.error(
          { jump_ms: Math.round(jump_ms) },
          'the clock of this host jumped: no clock is narrowed for a while',
        );
      }
    }
    before = now;
  }

  return {
    async state() {
      if (known === null || monotonic_ms() - known.at_ms >= RECHECK_MS) {
        const state = await read();
        if (known?.state.synchronised !== state.synchronised) {
          if (state.synchronised) logger.info('the clock of this host is synchronised');
          else logger.warn('this host is not known to be synchronised: no clock is narrowed');
        }
        known = { state, at_ms: monotonic_ms() };
      }
      watchForJump(known.state.bound_ms);
      const is_settled = monotonic_ms() >= distrusted_until_ms;
      return { ...known.state, synchronised: known.state.synchronised && is_settled };
    },

    begin: () => createHostSuspicion(blame),

    judge(suspicion) {
      if (!suspicion.isHostBlamed()) {
        blamed_in_a_row = 0;
        return false;
      }
      blamed_in_a_row += 1;
      if (blamed_in_a_row > BLAMED_IN_A_ROW_MAX) {
        blamed_in_a_row = 0;
        logger.warn(
          suspicion.counts,
          'many clocks still differ from before: they are believed as they are now',
        );
        return false;
      }
      logger.error(
        suspicion.counts,
        'many clocks stepped at once: this host is blamed, nothing of it is recorded',
      );
      return true;
    },
  };
}
