import type { Position } from '@minhchung/domain';
import { LIMITS } from '@minhchung/domain';
import type { CellReader } from './cells.ts';
import type { ColumnName } from './columns.ts';
import { coordinatesOf, degreesOf, isSwapped } from './coordinates.ts';

/** The three columns a place can stand in: both numbers in one cell, or one in each. */
interface PlaceColumns {
  readonly both: ColumnName;
  readonly latitude: ColumnName;
  readonly longitude: ColumnName;
}

export const CAMERA_PLACE: PlaceColumns = {
  both: 'coordinates',
  latitude: 'latitude',
  longitude: 'longitude',
};
export const AIM_PLACE: PlaceColumns = {
  both: 'aim_coordinates',
  latitude: 'aim_latitude',
  longitude: 'aim_longitude',
};

/** Two ways of saying the same place may differ by this much: the sixth decimal, a tenth of a metre. */
const SAME_PLACE_DEG = 0.000_001_5;

/**
 * The place of a row. Exchanged numbers are reported and never put right silently: which of the two is wrong,
 * the numbers or the headings, only a person can tell.
 */
export function readPosition(cells: CellReader, columns: PlaceColumns): Position | null {
  const together = readTogether(cells, columns.both);
  const apart = readApart(cells, columns);
  if (together === null || apart === null) return together ?? apart;
  if (isSame(together, apart)) return together;
  return cells.fail(columns.both, 'CSV_COORDINATES_DISAGREE');
}

function readTogether(cells: CellReader, column: ColumnName): Position | null {
  const text = cells.text(column, LIMITS.csv_field_max_chars);
  if (text === null) return null;
  const found = coordinatesOf(text);
  if (found === null) return cells.fail(column, 'CSV_COORDINATES_UNREADABLE');
  return inRange(cells, column, column, found);
}

function readApart(cells: CellReader, { latitude, longitude }: PlaceColumns): Position | null {
  const latitude_deg = readDegrees(cells, latitude);
  const longitude_deg = readDegrees(cells, longitude);
  if (cells.isEmpty(latitude) !== cells.isEmpty(longitude)) {
    const [filled, empty] = cells.isEmpty(latitude) ? [longitude, latitude] : [latitude, longitude];
    return cells.fail(filled, 'CSV_CELLS_TOGETHER', { other: empty });
  }
  if (latitude_deg === null || longitude_deg === null) return null;
  return inRange(cells, latitude, longitude, { latitude_deg, longitude_deg });
}

function readDegrees(cells: CellReader, column: ColumnName): number | null {
  const text = cells.text(column, LIMITS.csv_field_max_chars);
  if (text === null) return null;
  return cells.bareNumber(column) ?? degreesOf(text) ?? cells.fail(column, 'CSV_CELL_NUMBER');
}

function inRange(
  cells: CellReader,
  latitude: ColumnName,
  longitude: ColumnName,
  place: Position,
): Position | null {
  if (isSwapped(place)) return cells.fail(latitude, 'CSV_COORDINATES_SWAPPED');
  if (Math.abs(place.latitude_deg) > 90) return cells.fail(latitude, 'CSV_CELL_RANGE', { min: -90, max: 90 });
  if (Math.abs(place.longitude_deg) > 180) {
    return cells.fail(longitude, 'CSV_CELL_RANGE', { min: -180, max: 180 });
  }
  return place;
}

function isSame(a: Position, b: Position): boolean {
  return (
    Math.abs(a.latitude_deg - b.latitude_deg) < SAME_PLACE_DEG &&
    Math.abs(a.longitude_deg - b.longitude_deg) < SAME_PLACE_DEG
  );
}
