import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ClockOffsetEstimate,
  type ClockReading,
  type DeviceClient,
  isCoded,
  narrow,
  nextReadingDelay_ms,
  type TimeSource,
} from '@minhchung/domain';
import { PROBE_CLOCK_OFF_MS, PROBE_CLOCK_READINGS, PROBE_CLOCK_WIDTH_MS } from '../limits.ts';
import type { Findings } from './findings.ts';
import type { ProbedClock } from './report.ts';

/** What may be believed of this host's own clock. */
export interface HostClock {
  readonly synchronised: boolean;
  readonly bound_ms: number;
}

const DRIFT_PPM = 100;

/**
 * Bounds the offset of a device's clock by a few readings, each timed to halve what the ones before left open.
 * Null where this host's own clock cannot be trusted.
 */
export async function measureProbedClock(
  device: Pick<DeviceClient, 'readClock'>,
  first: ClockReading,
  context: { readonly time: TimeSource; readonly host: HostClock },
  signal: AbortSignal,
): Promise<ProbedClock | null> {
  const { time, host } = context;
  const conditions = {
    drift_ppm: DRIFT_PPM,
    host_bound_ms: host.bound_ms,
    host_synchronised: host.synchronised,
  };
  let reading = first;
  let estimate: ClockOffsetEstimate | null = null;
  for (let n = 1; ; n += 1) {
    const before: ClockOffsetEstimate | null = estimate;
    estimate = narrow(before, reading, conditions).estimate;
    const is_enough = estimate !== null && estimate.max_ms - estimate.min_ms <= PROBE_CLOCK_WIDTH_MS;
    if (estimate === null || is_enough || n === PROBE_CLOCK_READINGS) break;
    const rtt_ms = reading.received_at_ms - reading.sent_at_ms;
    await sleep(nextReadingDelay_ms(estimate, time.now_ms(), rtt_ms, reading.resolution_ms), null, {
      signal,
    });
    try {
      reading = await device.readClock(signal);
    } catch (error) {
      if (isCoded(error, 'CANCELLED') || !isCoded(error)) throw error;
      break;
    }
  }
  if (estimate === null) return null;
  const { min_ms, max_ms, readings, method } = estimate;
  return { min_ms, max_ms, readings, method };
}

/** Says how a clock stands. */
export function clockFinding(findings: Findings, clock: ProbedClock | null): void {
  if (clock === null) {
    findings.attention(
      'clock',
      'host_not_synchronised',
      {
        vi: 'Đồng hồ của chính máy chủ này chưa được đồng bộ, nên chưa nói được thiết bị lệch bao nhiêu.',
        en: "This server's own clock is not synchronised, so it cannot be said how far the device is off.",
      },
      {
        vi: 'Nhờ người vận hành bật NTP cho máy chủ.',
        en: 'Ask the operator to switch NTP on for the server.',
      },
    );
    return;
  }
  const middle_ms = (clock.min_ms + clock.max_ms) / 2;
  const bound = `${inSeconds(clock.min_ms)} … ${inSeconds(clock.max_ms)} s`;
  if (Math.abs(middle_ms) <= PROBE_CLOCK_OFF_MS) {
    findings.ok('clock', 'clock_right', {
      vi: `Đồng hồ của thiết bị đúng (lệch ${bound}).`,
      en: `The clock of the device is right (off by ${bound}).`,
    });
    return;
  }
  const hour_ms = 3_600_000;
  const is_zone =
    Math.abs(Math.abs(middle_ms) - Math.round(Math.abs(middle_ms) / hour_ms) * hour_ms) < 90_000;
  findings.attention(
    'clock',
    is_zone ? 'clock_zone' : 'clock_off',
    {
      vi: `Đồng hồ của thiết bị lệch ${bound} so với giờ đúng. Trích xuất vẫn được: độ lệch này được tính vào.`,
      en: `The clock of the device is off by ${bound}. Footage can still be found: the offset is taken into account.`,
    },
    is_zone
      ? {
          vi: 'Lệch tròn giờ: múi giờ hoặc giờ mùa hè đặt sai. Đặt múi giờ GMT+7, tắt giờ mùa hè, bật NTP.',
          en: 'Whole hours: the time zone or daylight saving is set wrong. Set GMT+7, no daylight saving, and NTP.',
        }
      : { vi: 'Bật NTP trên thiết bị.', en: 'Switch NTP on in the device.' },
  );
}

function inSeconds(ms: number): string {
  return (ms / 1000).toFixed(Math.abs(ms) < 10_000 ? 2 : 0);
}
