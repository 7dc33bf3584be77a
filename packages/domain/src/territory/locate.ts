import type { Position } from '../vocabulary/network.ts';
import { type Boundary, E7_PER_DEG, type Ring, toE7 } from './boundary.ts';
import { BORDER_TOLERANCE_M } from './limits.ts';
import { sideOfRing } from './side-of-ring.ts';

/** Where a position lies with regard to a territory. */
export type Whereabouts = 'inside' | 'outside' | 'border';

/** Metres of one degree along a meridian of the mean sphere. */
const METRES_PER_DEGREE = 111_195;

/**
 * Where the position lies: on the border when it is within `BORDER_TOLERANCE_M` of any ring, outline or hole; a
 * position in a hole is outside.
 */
export function locate(position: Position, boundary: Boundary): Whereabouts {
  const x = toE7(position.longitude_deg);
  const y = toE7(position.latitude_deg);
  const metres_per_x = (METRES_PER_DEGREE / E7_PER_DEG) * Math.cos((position.latitude_deg * Math.PI) / 180);
  const scale = { x: metres_per_x, y: METRES_PER_DEGREE / E7_PER_DEG };
  // Near a pole a degree of longitude is nothing; no ward lies there, and every box would be near.
  const reach_x = scale.x > 0 ? Math.ceil(BORDER_TOLERANCE_M / scale.x) : Number.POSITIVE_INFINITY;
  const reach_y = Math.ceil(BORDER_TOLERANCE_M / scale.y);
  const { west, south, east, north } = boundary.box;
  if (x < west - reach_x || x > east + reach_x || y < south - reach_y || y > north + reach_y)
    return 'outside';
  // Rings do not cross, so a position is inside when an odd number of them holds it.
  let rings_around = 0;
  for (const ring of boundary.polygons.flat()) {
    if (isNear(x, y, ring, scale)) return 'border';
    if (sideOfRing(x, y, ring) === 'inside') rings_around += 1;
  }
  return rings_around % 2 === 1 ? 'inside' : 'outside';
}

function isNear(
  x: number,
  y: number,
  ring: Ring,
  scale: { readonly x: number; readonly y: number },
): boolean {
  const reach_y = BORDER_TOLERANCE_M / scale.y;
  for (let at = 0; at + 3 < ring.length; at += 2) {
    const south = Math.min(ring[at + 1]!, ring[at + 3]!);
    const north = Math.max(ring[at + 1]!, ring[at + 3]!);
    if (y < south - reach_y || y > north + reach_y) continue;
    const ax = (ring[at]! - x) * scale.x;
    const ay = (ring[at + 1]! - y) * scale.y;
    const bx = (ring[at + 2]! - x) * scale.x;
    const by = (ring[at + 3]! - y) * scale.y;
    if (distanceFromOrigin_m(ax, ay, bx, by) <= BORDER_TOLERANCE_M) return true;
  }
  return false;
}

/** Distance of the origin from the edge between two points, in their unit. */
function distanceFromOrigin_m(ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length2));
  return Math.hypot(ax + along * dx, ay + along * dy);
}
