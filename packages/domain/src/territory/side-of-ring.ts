import type { Ring } from './boundary.ts';
import { sideOfLine } from './segments.ts';

/** Whether a point is within a ring, outside it, or exactly on its line: the number of edges a ray to the east meets. */
export function sideOfRing(x: number, y: number, ring: Ring): 'inside' | 'outside' | 'on' {
  let is_inside = false;
  for (let at = 0; at + 3 < ring.length; at += 2) {
    const [ax, ay, bx, by] = [ring[at]!, ring[at + 1]!, ring[at + 2]!, ring[at + 3]!];
    if (y < Math.min(ay, by) || y > Math.max(ay, by)) continue;
    if (ax < x && bx < x) continue;
    const side = sideOfLine(ax, ay, bx, by, x, y);
    if (side === 0 && x >= Math.min(ax, bx) && x <= Math.max(ax, bx)) return 'on';
    // An edge counts from its lower end up to, not including, its upper end.
    if (ay > y !== by > y && (by > ay ? side > 0 : side < 0)) is_inside = !is_inside;
  }
  return is_inside ? 'inside' : 'outside';
}
