import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Boundary } from './boundary.ts';
import { locate } from './locate.ts';
import { readBoundary } from './read-boundary.ts';

const at = (longitude_deg: number, latitude_deg: number) => ({ longitude_deg, latitude_deg });

const square = (west: number, south: number, side: number) => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];
const LAKE = readBoundary({
  type: 'MultiPolygon',
  coordinates: [[square(105, 19, 1), square(105.2, 19.2, 0.6)], [square(105.4, 19.4, 0.2)]],
});

test('a hole is outside, an island in it is inside again', () => {
  expect(locate(at(105.1, 19.1), LAKE)).toBe('inside');
  expect(locate(at(105.3, 19.3), LAKE)).toBe('outside');
  expect(locate(at(105.5, 19.5), LAKE)).toBe('inside');
  expect(locate(at(106.5, 19.5), LAKE)).toBe('outside');
});

test('within a metre of a ring nobody can say', () => {
  const metre_deg = 1 / 111_195;
  expect(locate(at(105.1, 19 - metre_deg), LAKE)).toBe('border');
  expect(locate(at(105.1, 19 - 2 * metre_deg), LAKE)).toBe('outside');
  expect(locate(at(105.1, 19 + 2 * metre_deg), LAKE)).toBe('inside');
  expect(locate(at(105.2 - metre_deg, 19.5), LAKE)).toBe('border');
  expect(locate(at(106 + metre_deg, 20), LAKE)).toBe('border');
});

test('a ray through a corner counts it once', () => {
  const diamond = readBoundary({
    type: 'Polygon',
    coordinates: [
      [
        [105, 19],
        [106, 20],
        [105, 21],
        [104, 20],
        [105, 19],
      ],
    ],
  });
  expect(locate(at(104.5, 20), diamond)).toBe('inside');
  expect(locate(at(103.5, 20), diamond)).toBe('outside');
  expect(locate(at(104, 19), diamond)).toBe('outside');
  expect(locate(at(104, 21), diamond)).toBe('outside');
});

const position = fc.record({
  longitude_deg: fc.double({ min: 104, max: 107, noNaN: true }),
  latitude_deg: fc.double({ min: 18, max: 21, noNaN: true }),
});

/** A star-shaped ring round a centre, which cannot cross itself, as angles and radii. */
const star = fc
  .array(
    fc.record({
      angle: fc.double({ min: 0.05, max: 1, noNaN: true }),
      radius: fc.double({ min: 0.2, max: 1, noNaN: true }),
    }),
    {
      minLength: 4,
      maxLength: 40,
    },
  )
  .map((corners) => {
    const total = corners.reduce((sum, { angle }) => sum + angle, 0);
    let turned = 0;
    return corners.map(({ angle, radius }) => {
      turned += (2 * Math.PI * angle) / total;
      return { turned, radius };
    });
  })
  .filter((corners) => corners.every(({ turned }, n) => turned - (n === 0 ? 0 : corners[n - 1]!.turned) < 3));

test('a position is inside a star exactly when it is nearer to its centre than the ring in that direction', () => {
  fc.assert(
    fc.property(star, position, (corners, where) => {
      const points = corners.map(({ turned, radius }) => [
        105.5 + radius * Math.cos(turned),
        19.5 + radius * Math.sin(turned),
      ]);
      const boundary = readBoundary({ type: 'Polygon', coordinates: [[...points, points[0]]] });
      const answer = locate(where, boundary);
      if (answer === 'border') return;
      expect(answer === 'inside').toBe(isInStar(points as [number, number][], where));
    }),
    { numRuns: 300 },
  );
});

test('of squares side by side that cover everything, a position lies in exactly one, or at a border', () => {
  const squares: Boundary[] = [];
  for (let x = 0; x < 6; x += 1) {
    for (let y = 0; y < 6; y += 1) {
      const coordinates = [square(104 + x / 2, 18 + y / 2, 0.5)];
      squares.push(readBoundary({ type: 'Polygon', coordinates }));
    }
  }
  fc.assert(
    fc.property(position, (where) => {
      const answers = squares.map((one) => locate(where, one));
      const inside = answers.filter((answer) => answer === 'inside').length;
      expect(inside === 1 || answers.includes('border')).toBe(true);
      expect(inside).toBeLessThanOrEqual(1);
    }),
  );
});

/** By triangles from the centre, which is another way of telling than counting rays. */
function isInStar(
  points: readonly (readonly [number, number])[],
  { longitude_deg, latitude_deg }: ReturnType<typeof at>,
): boolean {
  const [px, py] = [longitude_deg - 105.5, latitude_deg - 19.5];
  return points.some(([lon, lat], n) => {
    const next = points[(n + 1) % points.length]!;
    const [ax, ay, bx, by] = [lon - 105.5, lat - 19.5, next[0] - 105.5, next[1] - 19.5];
    const area = ax * by - ay * bx;
    const u = (px * by - py * bx) / area;
    const v = (ax * py - ay * px) / area;
    return u >= 0 && v >= 0 && u + v <= 1;
  });
}
