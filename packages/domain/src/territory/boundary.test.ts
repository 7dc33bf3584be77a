import { expect, test } from 'vitest';
import { boundaryOfText, boundaryText } from './boundary.ts';
import { BOUNDARY_VERTICES_MAX } from './limits.ts';
import { readBoundary } from './read-boundary.ts';

type P = readonly [number, number];

const square = (west: number, south: number, side = 1): P[] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];
const polygon = (...rings: (readonly P[])[]) => ({ type: 'Polygon', coordinates: rings });
const multi = (...polygons: (readonly P[])[][]) => ({ type: 'MultiPolygon', coordinates: polygons });

const codeOf = (geometry: unknown): string => {
  try {
    readBoundary(geometry);
    return 'fine';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

test('a drawing survives being stored as text', () => {
  const read = readBoundary(multi([square(105, 19), square(105.2, 19.2, 0.3)], [square(107, 19)]));
  expect(boundaryOfText(boundaryText(read))).toEqual(read);
  expect(read.vertices).toBe(15);
  expect(JSON.parse(boundaryText(readBoundary(polygon(square(105.1234567, 19)))))).toEqual(
    polygon([
      [105.1234567, 19],
      [106.1234567, 19],
      [106.1234567, 20],
      [105.1234567, 20],
      [105.1234567, 19],
    ]),
  );
});

test('heights and repeated points are dropped', () => {
  const [a, b, c, d] = square(105, 19) as [P, P, P, P, P];
  const high = { type: 'Polygon', coordinates: [[[...a, 3], b, b, c, d, [...a, 3]]] };
  expect(readBoundary(high)).toEqual(readBoundary(polygon(square(105, 19))));
});

test.each<[string, unknown, string]>([
  ['nothing', null, 'BOUNDARY_NOT_GEOJSON'],
  ['a point', { type: 'Point', coordinates: [105, 19] }, 'BOUNDARY_NOT_GEOJSON'],
  ['a polygon without rings', { type: 'Polygon', coordinates: [] }, 'BOUNDARY_NOT_GEOJSON'],
  ['rings that are no lists', { type: 'Polygon', coordinates: [{}] }, 'BOUNDARY_NOT_GEOJSON'],
  ['coordinates that are text', { type: 'Polygon', coordinates: 'x' }, 'BOUNDARY_NOT_GEOJSON'],
  ['text for a number', { type: 'Polygon', coordinates: [[['105', 19]]] }, 'BOUNDARY_POSITION_INVALID'],
  ['metres of VN-2000', polygon(square(585_000, 2_190_000)), 'BOUNDARY_POSITION_INVALID'],
  ['latitude first', polygon(square(19, 105)), 'BOUNDARY_POSITION_INVALID'],
  ['not a number', polygon([[Number.NaN, 19]]), 'BOUNDARY_POSITION_INVALID'],
  ['an open ring', polygon(square(105, 19).slice(0, 4)), 'BOUNDARY_RING_OPEN'],
  [
    'a line there and back',
    polygon([
      [105, 19],
      [106, 19],
      [105, 19],
      [105, 19],
    ]),
    'BOUNDARY_RING_SHORT',
  ],
  [
    'corners on one line',
    polygon([
      [105, 19],
      [106, 19],
      [107, 19],
      [105, 19],
    ]),
    'BOUNDARY_RING_SHORT',
  ],
  [
    'an outline round the earth',
    polygon([
      [-170, -10],
      [170, -10],
      [170, 10],
      [-170, -10],
    ]),
    'BOUNDARY_TOO_WIDE',
  ],
  [
    'a bow tie',
    polygon([
      [105, 19],
      [106, 20],
      [106, 19],
      [105, 20],
      [105, 19],
    ]),
    'BOUNDARY_CROSSES_ITSELF',
  ],
  [
    'a spike',
    polygon([
      [105, 19],
      [106, 19],
      [106, 20],
      [106, 21],
      [106, 20],
      [105, 20],
      [105, 19],
    ]),
    'BOUNDARY_CROSSES_ITSELF',
  ],
  ['a hole across the outline', polygon(square(105, 19), square(105.5, 19.5)), 'BOUNDARY_CROSSES_ITSELF'],
  ['a hole beside the outline', polygon(square(105, 19), square(107, 19)), 'BOUNDARY_HOLE_OUTSIDE'],
  [
    'a hole within a hole',
    polygon(square(105, 19), square(105.2, 19.2, 0.5), square(105.3, 19.3, 0.1)),
    'BOUNDARY_HOLE_OUTSIDE',
  ],
  ['a part within another', multi([square(105, 19)], [square(105.2, 19.2, 0.1)]), 'BOUNDARY_PARTS_OVERLAP'],
  ['the same part twice', multi([square(105, 19)], [square(105, 19)]), 'BOUNDARY_CROSSES_ITSELF'],
  [
    'an island in a lake',
    multi([square(105, 19), square(105.2, 19.2, 0.5)], [square(105.3, 19.3, 0.1)]),
    'fine',
  ],
  ['parts that touch at a corner', multi([square(105, 19)], [square(106, 20)]), 'fine'],
  [
    'a part that touches the middle of an edge with a corner',
    multi(
      [square(105, 19)],
      [
        [
          [106, 19.5],
          [107, 19.2],
          [107, 19.8],
          [106, 19.5],
        ],
      ],
    ),
    'fine',
  ],
])('%s', (_what, geometry, code) => {
  expect(codeOf(geometry)).toBe(code);
});

test('a drawing with too many corners is refused before it is looked at', () => {
  const ring: P[] = Array.from({ length: BOUNDARY_VERTICES_MAX + 1 }, () => [105, 19] as const);
  expect(codeOf(polygon(ring))).toBe('BOUNDARY_TOO_LARGE');
});

test('a drawing made to cost time is given up', () => {
  // A comb whose teeth all run from west to east: every edge shares its extent with every other.
  const teeth = BOUNDARY_VERTICES_MAX / 2 - 4;
  const ring: P[] = Array.from(
    { length: teeth },
    (_, n) =>
      [
        [n % 2 === 0 ? 105 : 106, 19 + (2 * n) / 1e5],
        [n % 2 === 0 ? 106 : 105, 19 + (2 * n) / 1e5],
      ] as P[],
  ).flat();
  expect(codeOf(polygon([...ring, [104, 20], [104, 19], ring[0]!]))).toBe('BOUNDARY_TOO_INVOLVED');
});

test('a real outline of the most corners allowed is read', () => {
  const corners = BOUNDARY_VERTICES_MAX - 1;
  const ring: P[] = Array.from({ length: corners }, (_, n) => {
    const angle = (2 * Math.PI * n) / corners;
    const radius = 1 + 0.05 * Math.sin(40 * angle) + 0.001 * Math.sin(3_000 * angle);
    return [105 + radius * Math.cos(angle), 19 + radius * Math.sin(angle)] as const;
  });
  expect(codeOf(polygon([...ring, ring[0]!]))).toBe('fine');
});
