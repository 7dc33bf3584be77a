import type { PlaybackFinding, StaleReason } from '../vocabulary/playback.ts';
import { FIRMWARE_CHARS_MAX, ZONE_STEP_MS } from './limits.ts';

/** What a look at a device says of whether its finding still counts. */
export interface DeviceSeen {
  /** Null: not said. */
  readonly firmware_version: string | null;
  /** By how much its clock was found to have been set since the last look; null: it ran on, or nobody knows. */
  readonly clock_step_ms: number | null;
}

/**
 * The finding marked stale where the device runs other firmware, or its clock was moved as far as zones are apart.
 * Null: nothing changed, or it was stale before.
 */
export function staleFinding(
  finding: PlaybackFinding,
  seen: DeviceSeen,
  now_ms: number,
): PlaybackFinding | null {
  const reason = reasonOf(finding, seen);
  return finding.stale !== null || reason === null
    ? null
    : { ...finding, stale: { reason, since_ms: now_ms } };
}

/** Firmware as it is kept and compared. */
export function firmwareText(version: string): string {
  return version.trim().slice(0, FIRMWARE_CHARS_MAX);
}

function reasonOf(finding: PlaybackFinding, seen: DeviceSeen): StaleReason | null {
  const { firmware_version } = seen;
  const is_other =
    firmware_version !== null &&
    finding.firmware_version !== null &&
    firmwareText(firmware_version) !== finding.firmware_version;
  if (is_other) return 'firmware_changed';
  if (seen.clock_step_ms !== null && Math.abs(seen.clock_step_ms) >= ZONE_STEP_MS) return 'clock_changed';
  return null;
}
