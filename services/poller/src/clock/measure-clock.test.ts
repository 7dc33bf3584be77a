import { setTimeout as sleep } from 'node:timers/promises';
import { type ClockReading, CodedError } from '@minhchung/domain';
import { describe, expect, it } from 'vitest';
import { type ClockMeasurement, measureClock } from './measure-clock.ts';

const MEASUREMENT: ClockMeasurement = { target_width_ms: 100, readings_max: 8, drift_ppm: 50 };
const SYNCHRONISED = { synchronised: true, bound_ms: 2 };
const time = { now_ms: () => performance.timeOrigin + performance.now() };

/** A device whose clock speaks in whole seconds and is `offset_ms` ahead of this host's. */
function device(offset_ms: () => number, answers = Number.POSITIVE_INFINITY) {
  let asked = 0;
  return {
    asked: () => asked,
    async readClock(): Promise<ClockReading> {
      asked += 1;
      if (asked > answers) throw new CodedError('DEVICE_UNREACHABLE', { address: 'x', reason: 'ECONNRESET' });
      const sent_at_ms = time.now_ms();
      await sleep(2);
      const device_time_ms = Math.floor((time.now_ms() + offset_ms()) / 1000) * 1000;
      await sleep(1);
      return {
        device_time_ms,
        resolution_ms: 1000,
        sent_at_ms,
        received_at_ms: time.now_ms(),
        method: 'onvif_utc',
      };
    },
  };
}

describe('measuring a clock', () => {
  it('narrows whole seconds to the target width, with the truth inside', async () => {
    const found = await measureClock(
      device(() => 2_473_300),
      null,
      SYNCHRONISED,
      MEASUREMENT,
      time,
      new AbortController().signal,
    );
    const [estimate] = found.to_save;
    expect(estimate?.min_ms).toBeLessThanOrEqual(2_473_300);
    expect(estimate?.max_ms).toBeGreaterThanOrEqual(2_473_300);
    expect((estimate?.max_ms ?? 0) - (estimate?.min_ms ?? 0)).toBeLessThanOrEqual(
      MEASUREMENT.target_width_ms,
    );
  });

  it('reads once in steady state', async () => {
    const clock = device(() => -37_400);
    const signal = new AbortController().signal;
    const first = await measureClock(clock, null, SYNCHRONISED, MEASUREMENT, time, signal);
    const asked = clock.asked();
    await measureClock(clock, first.to_save.at(-1) ?? null, SYNCHRONISED, MEASUREMENT, time, signal);
    expect(clock.asked()).toBe(asked + 1);
  });

  it('sees a step between two polls and begins a new stretch', async () => {
    let offset_ms = 0;
    const clock = device(() => offset_ms);
    const signal = new AbortController().signal;
    const before = await measureClock(clock, null, SYNCHRONISED, MEASUREMENT, time, signal);
    offset_ms = 3_600_000;
    const after = await measureClock(
      clock,
      before.to_save.at(-1) ?? null,
      SYNCHRONISED,
      MEASUREMENT,
      time,
      signal,
    );
    expect(after.stepped).toBe(true);
    expect(after.to_save.at(-1)?.epoch_from_ms).not.toBe(before.to_save[0]?.epoch_from_ms);
    expect(after.to_save.at(-1)?.min_ms).toBeGreaterThan(3_599_000);
  });

  it('narrows nothing on a host that is not synchronised', async () => {
    const unsynchronised = { synchronised: false, bound_ms: 0 };
    const clock = device(() => 0);
    const found = await measureClock(
      clock,
      null,
      unsynchronised,
      MEASUREMENT,
      time,
      new AbortController().signal,
    );
    expect(found.to_save).toEqual([]);
    expect(clock.asked()).toBe(1);
  });

  it('keeps what it learned when the device falls silent after the first reading', async () => {
    const found = await measureClock(
      device(() => 5_000, 1),
      null,
      SYNCHRONISED,
      MEASUREMENT,
      time,
      new AbortController().signal,
    );
    expect(found.to_save).toHaveLength(1);
    expect(found.readings).toBe(1);
  });
});
