import { expect, test } from 'vitest';
import { DeviceClock } from './device-clock.ts';
import { FakeTime } from './fake-time.ts';

test('a device is wrong by its offset', () => {
  const time = new FakeTime(1_000_000);
  const clock = new DeviceClock(time, 41 * 60_000);
  expect(clock.now_ms() - time.now_ms()).toBe(41 * 60_000);
  time.advance(500);
  expect(clock.now_ms()).toBe(1_000_500 + 41 * 60_000);
});

test('a step changes the offset from its instant on and leaves what was before', () => {
  const time = new FakeTime(1_000_000);
  const clock = new DeviceClock(time, 5000, [{ at_true_ms: 900_000, offset_ms: -3000 }]);
  clock.step(0);
  expect([899_999, 900_000, 999_999, 1_000_000].map((at) => clock.offsetAt(at))).toEqual([
    5000, -3000, -3000, 0,
  ]);
});

test('offsets are whole milliseconds, so that stamped times are exact', () => {
  expect(() => new DeviceClock(new FakeTime(0), 0.5)).toThrow(RangeError);
});
