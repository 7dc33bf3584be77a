import { type HostBlame, isHostToBlame, type StepCount } from '@minhchung/domain';
import type { ClockFinding } from './measure-clock.ts';

/**
 * Collects what the polls of one sweep say about clocks, so that steps of many devices at once are blamed on the
 * host. For the sweep: make one per sweep; `note` every clock finding; hold the result of a poll whose clock
 * stepped back (`is_suspect`) until enough others were read or the sweep ends, and record it then with
 * `withoutSteps(finding)` when `isHostBlamed()`.
 */
export interface HostSuspicion {
  /** Takes one measurement into account. `was_known`: an offset of this clock was known before. */
  note(finding: ClockFinding, was_known: boolean): void;
  isHostBlamed(): boolean;
  readonly counts: StepCount;
}

/** A suspicion for one sweep. */
export function createHostSuspicion(blame: HostBlame): HostSuspicion {
  const counts = { known_clocks_read: 0, stepped: 0 };
  return {
    note({ readings, stepped }, was_known) {
      if (!was_known || readings === 0) return;
      counts.known_clocks_read += 1;
      if (stepped) counts.stepped += 1;
    },
    isHostBlamed: () => isHostToBlame(counts, blame),
    get counts() {
      return { ...counts };
    },
  };
}

/** The finding with everything of it that depends on this host's clock left out: nothing narrowed, no step. */
export function withoutSteps(finding: ClockFinding): ClockFinding {
  return { ...finding, to_save: [], stepped: false };
}
