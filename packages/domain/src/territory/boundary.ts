/**
 * A territory as a drawing on WGS 84. Coordinates are integers of 1e-7 degrees (about a centimetre), so that
 * comparisons are exact and a drawing read from its stored text is the same drawing.
 */
export const E7_PER_DEG = 10_000_000;

/** A closed ring: longitude and latitude in turn, first point = last point. */
export type Ring = Int32Array;

/** A box of integer coordinates, borders included. */
export interface BoxE7 {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Polygons, each an outline and its holes (RFC 7946, 3.1.6 and 3.1.7). They neither overlap nor cross. */
export interface Boundary {
  readonly polygons: readonly (readonly Ring[])[];
  readonly box: BoxE7;
  /** Points of all rings, the closing ones included. */
  readonly vertices: number;
}

/** The integer coordinate of an angle in degrees. */
export function toE7(angle_deg: number): number {
  return Math.round(angle_deg * E7_PER_DEG);
}

/** A drawing of these rings. The caller has checked them, or stored them after they were. */
export function boundaryOf(polygons: readonly (readonly Ring[])[]): Boundary {
  const rings = polygons.flat();
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  let vertices = 0;
  for (const ring of rings) {
    vertices += ring.length / 2;
    for (let at = 0; at < ring.length; at += 2) {
      west = Math.min(west, ring[at]!);
      east = Math.max(east, ring[at]!);
      south = Math.min(south, ring[at + 1]!);
      north = Math.max(north, ring[at + 1]!);
    }
  }
  return { polygons, box: { west, south, east, north }, vertices };
}

/** The drawing as a GeoJSON geometry, seven decimals at most; equal drawings give equal texts. */
export function boundaryText(boundary: Boundary): string {
  const polygons = boundary.polygons.map((rings) => rings.map(positionsOf));
  const [only, ...more] = polygons;
  return JSON.stringify(
    more.length === 0
      ? { type: 'Polygon', coordinates: only ?? [] }
      : { type: 'MultiPolygon', coordinates: polygons },
  );
}

/** The drawing of a text that `boundaryText` made. */
export function boundaryOfText(text: string): Boundary {
  const geometry = JSON.parse(text) as
    | { readonly type: 'Polygon'; readonly coordinates: readonly Positions[] }
    | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Positions[])[] };
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return boundaryOf(polygons.map((rings) => rings.map(ringOf)));
}

type Positions = readonly (readonly number[])[];

/** The ring of positions in degrees, as GeoJSON has them: longitude first. */
export function ringOf(positions: Positions): Ring {
  const ring = new Int32Array(positions.length * 2);
  for (const [n, position] of positions.entries()) {
    ring[2 * n] = toE7(position[0]!);
    ring[2 * n + 1] = toE7(position[1]!);
  }
  return ring;
}

function positionsOf(ring: Ring): number[][] {
  const positions: number[][] = [];
  for (let at = 0; at < ring.length; at += 2) {
    positions.push([ring[at]! / E7_PER_DEG, ring[at + 1]! / E7_PER_DEG]);
  }
  return positions;
}
