import { LIMITS } from '../limits.ts';
import type { Position } from '../vocabulary/network.ts';
import { angleBetween_deg, bearing_deg, distance_m } from './geodesy.ts';

/** Where a camera stands and looks: the part of `Camera` that makes its view cone. */
export interface View {
  readonly position: Position;
  readonly aim_point: Position | null;
  readonly field_of_view_deg: number | null;
  readonly range_m: number | null;
}

/**
 * How a place lies to a view. `inside`: in the cone and in range. `beyond`: in the direction, too far.
 * `aside`: out of the cone. `unknown`: nobody turned the cone on the map yet.
 */
export type ConePlace = 'inside' | 'beyond' | 'aside' | 'unknown';

/**
 * How a disc (a place and how far the incident reaches around it) lies to a camera's view: `inside` as soon as
 * they touch. A camera looks from its position towards its aim point, half the field of view to either side.
 */
export function placeInView(view: View, target: Position, target_radius_m: number): ConePlace {
  const length_m = distance_m(view.position, target);
  if (view.aim_point === null || view.field_of_view_deg === null) return 'unknown';
  const range_m = rangeOf_m(view);
  // At the camera's own feet direction means nothing.
  if (length_m <= target_radius_m) return 'inside';
  const looks_deg = bearing_deg(view.position, view.aim_point);
  const off_axis_deg = angleBetween_deg(looks_deg, bearing_deg(view.position, target));
  const disc_deg = (Math.asin(Math.min(1, target_radius_m / length_m)) * 180) / Math.PI;
  if (off_axis_deg - disc_deg > view.field_of_view_deg / 2) return 'aside';
  return length_m - target_radius_m <= range_m ? 'inside' : 'beyond';
}

/** How far a camera can tell anything: as measured, else at least to its aim point, else an assumption. */
export function rangeOf_m(view: View): number {
  const to_aim_m = view.aim_point === null ? 0 : distance_m(view.position, view.aim_point);
  const range_m = view.range_m ?? Math.max(LIMITS.camera_range_assumed_m, to_aim_m);
  return Math.min(range_m, LIMITS.camera_range_max_m);
}
