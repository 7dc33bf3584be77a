import { expect, test } from 'vitest';
import { BURNED_CLOCK_EPOCH_MS, decodeBurnedClock, encodeBurnedClock } from './cells.ts';
import { crc16 } from './crc16.ts';
import { burnedClockLayout } from './layout.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 1, 2, 3, 456);

test('the checksum is the catalogued CRC-16', () => {
  expect(crc16(Buffer.from('123456789'))).toBe(0x29b1);
});

test('a time and counter survive encoding and decoding', () => {
  for (const time_ms of [BURNED_CLOCK_EPOCH_MS, NOW_MS, BURNED_CLOCK_EPOCH_MS + 2 ** 40 - 1])
    expect(decodeBurnedClock(encodeBurnedClock(time_ms, 511))).toEqual({
      true_time_ms: time_ms,
      counter: 255,
      valid: true,
    });
});

test('grey values are read as the nearer of black and white', () => {
  const cells = encodeBurnedClock(NOW_MS, 7).map((value) => (value ? 160 : 90));
  expect(decodeBurnedClock(cells).valid).toBe(true);
});

test('any one misread cell makes the clock invalid', () => {
  for (let cell = 0; cell < 64; cell++) {
    const cells = encodeBurnedClock(NOW_MS, 7);
    cells[cell] = 255 - cells[cell]!;
    expect(decodeBurnedClock(cells).valid).toBe(false);
  }
});

test('an instant that 40 bits cannot hold is refused', () => {
  expect(() => encodeBurnedClock(BURNED_CLOCK_EPOCH_MS - 1, 0)).toThrow(RangeError);
  expect(() => encodeBurnedClock(BURNED_CLOCK_EPOCH_MS + 2 ** 40, 0)).toThrow(RangeError);
  expect(() => encodeBurnedClock(NOW_MS + 0.5, 0)).toThrow(RangeError);
});

test('cells are 8 px at CIF and 16 px at 1080p, and the strip fits the picture', () => {
  expect(burnedClockLayout({ width: 352, height: 288 }).cell_px).toBe(8);
  expect(burnedClockLayout({ width: 1920, height: 1080 }).cell_px).toBe(16);
  for (const [width, height] of [
    [128, 96],
    [352, 288],
    [640, 360],
    [1280, 720],
    [3840, 2160],
  ] as const) {
    const layout = burnedClockLayout({ width, height });
    expect(layout.width_px).toBeLessThanOrEqual(width);
    expect(layout.cell_px % 2).toBe(0);
    expect(layout.columns * layout.rows).toBe(64);
  }
});
