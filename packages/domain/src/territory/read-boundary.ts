import { CodedError } from '../errors.ts';
import { type Boundary, boundaryOf, E7_PER_DEG, type Ring, toE7 } from './boundary.ts';
import { checkRings } from './check-rings.ts';
import { BOUNDARY_EXTENT_MAX_DEG, BOUNDARY_RINGS_MAX, BOUNDARY_VERTICES_MAX } from './limits.ts';

/**
 * A drawing from a GeoJSON geometry that nobody has checked yet (RFC 7946: Polygon or MultiPolygon, WGS 84,
 * longitude first). Heights are dropped, repeated points too; the direction of rings does not matter.
 *
 * Throws `BOUNDARY_NOT_GEOJSON`, `BOUNDARY_TOO_LARGE`, `BOUNDARY_POSITION_INVALID`, `BOUNDARY_RING_OPEN`,
 * `BOUNDARY_RING_SHORT`, `BOUNDARY_TOO_WIDE`, and what `checkRings` throws.
 */
export function readBoundary(geometry: unknown): Boundary {
  const polygons = polygonsOf(geometry);
  const budget = { vertices: BOUNDARY_VERTICES_MAX, rings: BOUNDARY_RINGS_MAX };
  const read = polygons.map((rings) =>
    arrayOf(rings, 'a polygon is a list of rings').map((ring) => readRing(ring, budget)),
  );
  if (read.length === 0 || read.some((rings) => rings.length === 0)) throw notGeoJson('there is no ring');
  const boundary = boundaryOf(read);
  const { west, south, east, north } = boundary.box;
  const extent_deg = Math.max(east - west, north - south) / E7_PER_DEG;
  if (extent_deg > BOUNDARY_EXTENT_MAX_DEG) {
    const details = { extent_deg: Math.round(extent_deg), extent_max_deg: BOUNDARY_EXTENT_MAX_DEG };
    throw new CodedError('BOUNDARY_TOO_WIDE', details);
  }
  checkRings(boundary);
  return boundary;
}

function polygonsOf(geometry: unknown): readonly unknown[] {
  if (typeof geometry !== 'object' || geometry === null) throw notGeoJson('there is no geometry');
  const { type, coordinates } = geometry as { readonly type?: unknown; readonly coordinates?: unknown };
  if (type === 'Polygon') return [coordinates];
  if (type === 'MultiPolygon') return arrayOf(coordinates, 'a MultiPolygon is a list of polygons');
  throw notGeoJson(`${String(type).slice(0, 40)} is neither Polygon nor MultiPolygon`);
}

function readRing(positions: unknown, budget: { vertices: number; rings: number }): Ring {
  const points = arrayOf(positions, 'a ring is a list of positions');
  budget.rings -= 1;
  budget.vertices -= points.length;
  if (budget.rings < 0 || budget.vertices < 0) {
    const details = { vertices_max: BOUNDARY_VERTICES_MAX, rings_max: BOUNDARY_RINGS_MAX };
    throw new CodedError('BOUNDARY_TOO_LARGE', details);
  }
  const ring: number[] = [];
  for (const [n, point] of points.entries()) {
    const [longitude, latitude] = readPosition(point, n);
    if (n > 0 && ring.at(-2) === longitude && ring.at(-1) === latitude) continue;
    ring.push(longitude, latitude);
  }
  const corner = where(ring[0] ?? 0, ring[1] ?? 0);
  if (ring[0] !== ring.at(-2) || ring[1] !== ring.at(-1)) throw new CodedError('BOUNDARY_RING_OPEN', corner);
  // Three corners and the closing point.
  if (ring.length < 8) throw new CodedError('BOUNDARY_RING_SHORT', corner);
  return Int32Array.from(ring);
}

function readPosition(position: unknown, n: number): readonly [number, number] {
  if (Array.isArray(position)) {
    const [longitude_deg, latitude_deg] = position as readonly unknown[];
    if (isWithin(longitude_deg, 180) && isWithin(latitude_deg, 90)) {
      return [toE7(longitude_deg), toE7(latitude_deg)];
    }
  }
  const value = (JSON.stringify(position) ?? '').slice(0, 60);
  throw new CodedError('BOUNDARY_POSITION_INVALID', { position: n + 1, value });
}

function isWithin(angle_deg: unknown, most_deg: number): angle_deg is number {
  return typeof angle_deg === 'number' && Math.abs(angle_deg) <= most_deg;
}

function arrayOf(value: unknown, reason: string): readonly unknown[] {
  if (!Array.isArray(value)) throw notGeoJson(reason);
  return value;
}

function notGeoJson(reason: string): CodedError {
  return new CodedError('BOUNDARY_NOT_GEOJSON', { reason });
}

function where(longitude: number, latitude: number) {
  return { longitude_deg: longitude / E7_PER_DEG, latitude_deg: latitude / E7_PER_DEG };
}
