import type { ClockOffsetEstimate, ClockReading } from '@minhchung/domain';
import { expect, it } from 'vitest';
import { readClock, untilTelling } from './read-clock.ts';

const HOST = { synchronised: true, bound_ms: 0 };
const MEASUREMENT = { target_width_ms: 100, readings_max: 8, drift_ppm: 100 };
const TIME = { now_ms: () => performance.timeOrigin + performance.now() };
const PERIOD_MS = 300_000;

/** A clock that states whole seconds, this far from the host's. */
function deviceAt(offset_ms: number) {
  const device = {
    readings: 0,
    async readClock(): Promise<ClockReading> {
      device.readings += 1;
      const sent_at_ms = TIME.now_ms();
      const device_time_ms = Math.floor((sent_at_ms + offset_ms) / 1000) * 1000;
      return {
        device_time_ms,
        resolution_ms: 1000,
        method: 'onvif_utc',
        sent_at_ms,
        received_at_ms: sent_at_ms + 1,
      };
    },
  };
  return device;
}

/** Known to 100 ms a period ago. */
function knownAround(offset_ms: number): ClockOffsetEstimate {
  const last_reading_ms = Math.floor(TIME.now_ms()) - PERIOD_MS;
  return {
    ...{ epoch_from_ms: last_reading_ms, began_as: 'first', readings: 6, method: 'onvif_utc' },
    ...{ min_ms: offset_ms - 60, max_ms: offset_ms + 40, first_reading_ms: last_reading_ms, last_reading_ms },
  };
}

async function read(device: ReturnType<typeof deviceAt>, known: ClockOffsetEstimate | null) {
  const { signal } = new AbortController();
  await untilTelling(known, HOST, TIME, signal);
  return await readClock(device, known, HOST, MEASUREMENT, TIME, signal);
}

it('reads a known clock once, and narrows what drift has widened since', async () => {
  const device = deviceAt(2_473_300);
  const finding = await read(device, knownAround(2_473_300));
  expect(device.readings).toBe(1);
  const [estimate] = finding.to_save;
  expect(estimate!.min_ms).toBeLessThanOrEqual(2_473_300);
  expect(estimate!.max_ms).toBeGreaterThanOrEqual(2_473_300);
  expect(estimate!.max_ms - estimate!.min_ms).toBeLessThanOrEqual(130);
});

it('asks a device that answers slowly once, though its clock is known only widely', async () => {
  const device = deviceAt(0);
  await read(device, { ...knownAround(0), min_ms: -3_000, max_ms: 3_000 });
  expect(device.readings).toBe(1);
});

it('measures a clock that was set since with as many readings as that takes', async () => {
  const device = deviceAt(3_600_000);
  const finding = await read(device, knownAround(0));
  expect(finding).toMatchObject({ stepped: true, readings: device.readings });
  expect(device.readings).toBeGreaterThan(2);
  expect(finding.to_save).toHaveLength(1);
  const [estimate] = finding.to_save;
  expect(estimate).toMatchObject({ began_as: 'step' });
  expect(estimate!.max_ms - estimate!.min_ms).toBeLessThanOrEqual(150);
});
