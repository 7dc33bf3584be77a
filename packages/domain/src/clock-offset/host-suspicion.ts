/**
 * Is it the devices' clocks that moved, or the host's? One device's clock is set now and then; when a good part
 * of the devices read within one sweep step at once, it is the host that was set, and nothing may be concluded
 * about the devices.
 */

/** When many steps at once are blamed on the host. */
export interface HostBlame {
  /** Share of the clocks read in one sweep, 0 … 1, from which on the host is blamed. */
  readonly share_min: number;
  /** Fewer steps than this prove nothing, whatever their share. */
  readonly steps_min: number;
}

/** Counts of one sweep: clocks that were known before and read again, and those of them that stepped. */
export interface StepCount {
  readonly known_clocks_read: number;
  readonly stepped: number;
}

/** True when the steps of a sweep must be taken for a step of the host's own clock. */
export function isHostToBlame({ known_clocks_read, stepped }: StepCount, blame: HostBlame): boolean {
  return stepped >= blame.steps_min && stepped >= blame.share_min * known_clocks_read;
}
