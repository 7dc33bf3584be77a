import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { angleBetween_deg, bearing_deg, destination, distance_m, isPosition } from './geodesy.ts';

const thanhHoa = { latitude_deg: 19.807, longitude_deg: 105.776 };
const position = fc.record({
  latitude_deg: fc.double({ min: -80, max: 80, noNaN: true }),
  longitude_deg: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('geodesy', () => {
  it('measures a degree of latitude as 111.195 km', () => {
    const north = { ...thanhHoa, latitude_deg: thanhHoa.latitude_deg + 1 };
    expect(distance_m(thanhHoa, north)).toBeCloseTo(111_195, 0);
    expect(bearing_deg(thanhHoa, north)).toBeCloseTo(0);
    expect(bearing_deg(north, thanhHoa)).toBeCloseTo(180);
  });
  it('measures from Hà Nội to Thành phố Hồ Chí Minh', () => {
    const hanoi = { latitude_deg: 21.0285, longitude_deg: 105.8542 };
    const saigon = { latitude_deg: 10.8231, longitude_deg: 106.6297 };
    expect(distance_m(hanoi, saigon) / 1000).toBeCloseTo(1137.7, 0);
  });
  it('arrives where distance and bearing say', () => {
    fc.assert(
      fc.property(
        position,
        fc.double({ min: 0, max: 359.9, noNaN: true }),
        fc.double({ min: 1, max: 5_000, noNaN: true }),
        (from, direction, length) => {
          const there = destination(from, direction, length);
          expect(isPosition(there)).toBe(true);
          expect(distance_m(from, there)).toBeCloseTo(length, 2);
          expect(angleBetween_deg(bearing_deg(from, there), direction)).toBeLessThan(0.01);
        },
      ),
    );
  });
  it('knows no point beyond the poles', () => {
    expect(isPosition({ latitude_deg: 91, longitude_deg: 0 })).toBe(false);
    expect(isPosition({ latitude_deg: Number.NaN, longitude_deg: 0 })).toBe(false);
  });
});
