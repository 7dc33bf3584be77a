/**
 * Distances and bearings on a sphere. Over the few kilometres of a ward the sphere differs from the ellipsoid by
 * less than 0.6 %, far less than anybody knows a camera's position.
 */
import type { Position } from '../vocabulary/network.ts';

/** Mean radius of the earth (IUGG). */
const EARTH_RADIUS_M = 6_371_008.8;

/** Distance over ground in metres (haversine). */
export function distance_m(from: Position, to: Position): number {
  const lat1 = radians(from.latitude_deg);
  const lat2 = radians(to.latitude_deg);
  const half_lat = Math.sin((lat2 - lat1) / 2);
  const half_lon = Math.sin(radians(to.longitude_deg - from.longitude_deg) / 2);
  const h = half_lat ** 2 + Math.cos(lat1) * Math.cos(lat2) * half_lon ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Direction from one point to another at the start, degrees clockwise from north, 0 to 360. */
export function bearing_deg(from: Position, to: Position): number {
  const lat1 = radians(from.latitude_deg);
  const lat2 = radians(to.latitude_deg);
  const delta = radians(to.longitude_deg - from.longitude_deg);
  const east = Math.sin(delta) * Math.cos(lat2);
  const north = Math.cos(lat1) * Math.sin(lat2) - Math.sin(lat1) * Math.cos(lat2) * Math.cos(delta);
  return normal_deg(degrees(Math.atan2(east, north)));
}

/** The point reached by going `length_m` in a direction (degrees clockwise from north). */
export function destination(from: Position, direction_deg: number, length_m: number): Position {
  const angle = length_m / EARTH_RADIUS_M;
  const lat1 = radians(from.latitude_deg);
  const direction = radians(direction_deg);
  const lat2 = Math.asin(
    Math.sin(lat1) * Math.cos(angle) + Math.cos(lat1) * Math.sin(angle) * Math.cos(direction),
  );
  const delta = Math.atan2(
    Math.sin(direction) * Math.sin(angle) * Math.cos(lat1),
    Math.cos(angle) - Math.sin(lat1) * Math.sin(lat2),
  );
  const longitude_deg = normal_deg(from.longitude_deg + degrees(delta) + 180) - 180;
  return { latitude_deg: degrees(lat2), longitude_deg };
}

/** The angle between two directions, 0 to 180 degrees. */
export function angleBetween_deg(a_deg: number, b_deg: number): number {
  const difference = normal_deg(a_deg - b_deg);
  return Math.min(difference, 360 - difference);
}

/** True for a point on earth. */
export function isPosition(position: Position): boolean {
  const { latitude_deg, longitude_deg } = position;
  return (
    Number.isFinite(latitude_deg) &&
    Number.isFinite(longitude_deg) &&
    Math.abs(latitude_deg) <= 90 &&
    Math.abs(longitude_deg) <= 180
  );
}

function normal_deg(angle_deg: number): number {
  return ((angle_deg % 360) + 360) % 360;
}

function radians(angle_deg: number): number {
  return (angle_deg * Math.PI) / 180;
}

function degrees(angle: number): number {
  return (angle * 180) / Math.PI;
}
