import { CodedError } from '../errors.ts';
import { type Boundary, E7_PER_DEG, type Ring } from './boundary.ts';
import { BOUNDARY_COMPARISONS_MAX } from './limits.ts';
import { segmentsCross, sideOfLine } from './segments.ts';
import { sideOfRing } from './side-of-ring.ts';

/** Edges of all rings, side by side for speed: where they begin and end. */
interface Edges {
  readonly count: number;
  /** Four integers an edge: x and y of its ends. */
  readonly ends: Int32Array;
}

/**
 * Checks that a drawing is what it claims: every ring encloses something, no two edges cross or run along each
 * other, holes lie inside their outline, and parts do not overlap. Rings may touch at points.
 *
 * Throws `BOUNDARY_RING_SHORT`, `BOUNDARY_CROSSES_ITSELF`, `BOUNDARY_HOLE_OUTSIDE`, `BOUNDARY_PARTS_OVERLAP`,
 * `BOUNDARY_TOO_INVOLVED` (more work than an honest drawing makes).
 */
export function checkRings(boundary: Boundary): void {
  for (const ring of boundary.polygons.flat()) {
    if (isFlat(ring)) throw new CodedError('BOUNDARY_RING_SHORT', placeOf(ring[0]!, ring[1]!));
  }
  checkCrossings(edgesOf(boundary));
  checkNesting(boundary);
}

/** True when all corners lie on one line. */
function isFlat(ring: Ring): boolean {
  for (let at = 4; at < ring.length; at += 2) {
    if (sideOfLine(ring[0]!, ring[1]!, ring[2]!, ring[3]!, ring[at]!, ring[at + 1]!) !== 0) return false;
  }
  return true;
}

function edgesOf(boundary: Boundary): Edges {
  const ends = new Int32Array(boundary.vertices * 4);
  let count = 0;
  for (const ring of boundary.polygons.flat()) {
    for (let at = 0; at + 3 < ring.length; at += 2) {
      ends.set(ring.subarray(at, at + 4), count * 4);
      count += 1;
    }
  }
  return { count, ends };
}

/** Every pair of edges that share some of their west-east extent is compared, from west to east. */
function checkCrossings({ count, ends }: Edges): void {
  const west = (n: number) => Math.min(ends[4 * n]!, ends[4 * n + 2]!);
  const east = (n: number) => Math.max(ends[4 * n]!, ends[4 * n + 2]!);
  const order = Array.from({ length: count }, (_, n) => n).sort((a, b) => west(a) - west(b));
  let comparisons = 0;
  for (const [place, n] of order.entries()) {
    const end = east(n);
    const south = Math.min(ends[4 * n + 1]!, ends[4 * n + 3]!);
    const north = Math.max(ends[4 * n + 1]!, ends[4 * n + 3]!);
    for (let next = place + 1; next < count; next += 1) {
      const other = order[next]!;
      if (west(other) > end) break;
      comparisons += 1;
      if (comparisons > BOUNDARY_COMPARISONS_MAX) throw new CodedError('BOUNDARY_TOO_INVOLVED');
      const [y1, y2] = [ends[4 * other + 1]!, ends[4 * other + 3]!];
      if (Math.min(y1, y2) > north || Math.max(y1, y2) < south) continue;
      if (segmentsCross(ends, 4 * n, 4 * other)) {
        throw new CodedError('BOUNDARY_CROSSES_ITSELF', placeOf(ends[4 * other]!, y1));
      }
    }
  }
}

/** Nothing crosses any more, so one corner that is not on the other ring tells where the whole ring is. */
function checkNesting({ polygons }: Boundary): void {
  const outlines = polygons.map((rings) => ({ outline: rings[0]!, holes: rings.slice(1) }));
  for (const { outline, holes } of outlines) {
    for (const [n, hole] of holes.entries()) {
      const is_in_other = holes.some((other, m) => m !== n && sideOf(hole, other) === 'inside');
      if (sideOf(hole, outline) !== 'inside' || is_in_other) {
        throw new CodedError('BOUNDARY_HOLE_OUTSIDE', placeOf(hole[0]!, hole[1]!));
      }
    }
  }
  for (const [n, { outline }] of outlines.entries()) {
    for (const [m, other] of outlines.entries()) {
      // A part within another's hole is an island in a lake.
      const is_overlapping =
        m !== n &&
        sideOf(outline, other.outline) === 'inside' &&
        !other.holes.some((hole) => sideOf(outline, hole) === 'inside');
      if (is_overlapping) throw new CodedError('BOUNDARY_PARTS_OVERLAP', placeOf(outline[0]!, outline[1]!));
    }
  }
}

/** Where a ring lies that does not cross the other: by its first corner that is not on the other's line. */
function sideOf(ring: Ring, other: Ring): 'inside' | 'outside' {
  for (let at = 0; at < ring.length; at += 2) {
    const side = sideOfRing(ring[at]!, ring[at + 1]!, other);
    if (side !== 'on') return side;
  }
  return 'inside';
}

function placeOf(longitude: number, latitude: number) {
  return { longitude_deg: longitude / E7_PER_DEG, latitude_deg: latitude / E7_PER_DEG };
}
