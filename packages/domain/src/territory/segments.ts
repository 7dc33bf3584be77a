/** Exact geometry of edges whose ends are integers. */

/** On which side of the line from (ax, ay) to (bx, by) a point lies: 1 left, -1 right, 0 on it. Exact. */
export function sideOfLine(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  px: number,
  py: number,
): -1 | 0 | 1 {
  const left = (bx - ax) * (py - ay);
  const right = (px - ax) * (by - ay);
  if (Math.abs(left) <= Number.MAX_SAFE_INTEGER && Math.abs(right) <= Number.MAX_SAFE_INTEGER) {
    return left > right ? 1 : left < right ? -1 : 0;
  }
  const exact = BigInt(bx - ax) * BigInt(py - ay) - BigInt(px - ax) * BigInt(by - ay);
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
}

/**
 * True when two edges cross, or run along each other for more than a point. Touching at a point is no crossing.
 * `ends` holds x and y of both ends of an edge, from `a` and from `b` on.
 */
export function segmentsCross(ends: Int32Array, a: number, b: number): boolean {
  const [ax, ay, bx, by] = [ends[a]!, ends[a + 1]!, ends[a + 2]!, ends[a + 3]!];
  const [cx, cy, dx, dy] = [ends[b]!, ends[b + 1]!, ends[b + 2]!, ends[b + 3]!];
  const c = sideOfLine(ax, ay, bx, by, cx, cy);
  const d = sideOfLine(ax, ay, bx, by, dx, dy);
  if (c === 0 && d === 0) return overlap(ax, bx, cx, dx) > 0 || overlap(ay, by, cy, dy) > 0;
  if (c * d >= 0) return false;
  return sideOfLine(cx, cy, dx, dy, ax, ay) * sideOfLine(cx, cy, dx, dy, bx, by) < 0;
}

/** Length that two stretches of one axis share. */
function overlap(a: number, b: number, c: number, d: number): number {
  return Math.min(Math.max(a, b), Math.max(c, d)) - Math.max(Math.min(a, b), Math.min(c, d));
}
