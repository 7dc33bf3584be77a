/**
 * A city whose 34 wards and communes became 7 wards on 1 July 2025, drawn as squares: seven columns of five squares
 * each, one old unit a square (the last one has two). The new wards are the columns, except that a border of theirs runs
 * through the middle of the fourth column: its five old units were split. The name and the code of the old Đông Sơn,
 * which went into Hạc Thành, are used again by a new ward at the other end of the city.
 */

/** South-western corner and side of the squares, degrees. */
const WEST_DEG = 105.7;
const SOUTH_DEG = 19.75;
const SIDE_DEG = 0.02;
const COLUMNS = 7;
const ROWS = 5;

/** Borders of the new wards, in columns from the west. */
const BORDERS = [0, 1, 2, 3.5, 4, 5, 6, 7] as const;

const NEW_WARDS = [
  { code: 'HAC-THANH', name: 'Phường Hạc Thành' },
  { code: 'QUANG-PHU', name: 'Phường Quảng Phú' },
  { code: 'DONG-QUANG', name: 'Phường Đông Quang' },
  { code: 'DONG-TIEN', name: 'Phường Đông Tiến' },
  { code: 'HAM-RONG', name: 'Phường Hàm Rồng' },
  { code: 'NGUYET-VIEN', name: 'Phường Nguyệt Viên' },
  { code: 'DONG-SON', name: 'Phường Đông Sơn' },
] as const;

/** The day of the change, as the files write it, and its first moment (midnight in Vietnam). */
export const MERGER_DAY = '2025-07-01';
export const MERGER_MS = Date.UTC(2025, 5, 30, 17);

interface Feature {
  readonly type: 'Feature';
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: {
    readonly type: 'Polygon';
    readonly coordinates: readonly (readonly (readonly number[])[])[];
  };
}

export interface FeatureCollection {
  readonly type: 'FeatureCollection';
  readonly features: readonly Feature[];
}

/** An old unit: its code, and its squares by column and rows. */
interface OldUnit {
  readonly code: string;
  readonly name: string;
  readonly column: number;
  readonly from_row: number;
  readonly to_row: number;
}

function oldUnits(): OldUnit[] {
  const units: OldUnit[] = [];
  for (let column = 0; column < COLUMNS; column += 1) {
    for (let row = 0; row < ROWS; row += 1) {
      if (column === COLUMNS - 1 && row === ROWS - 1) continue;
      const number = String(units.length + 1).padStart(2, '0');
      const is_last = column === COLUMNS - 1 && row === ROWS - 2;
      const names =
        units.length === 0
          ? { code: 'DONG-SON', name: 'Phường Đông Sơn' }
          : { code: `TP-${number}`, name: `${units.length < 30 ? 'Phường' : 'Xã'} số ${number}` };
      units.push({ ...names, column, from_row: row, to_row: is_last ? ROWS : row + 1 });
    }
  }
  return units;
}

/** The 34 units before the change, as a file for the import. */
export function oldWards(): FeatureCollection {
  return collection(
    oldUnits().map(({ code, name, column, from_row, to_row }) =>
      feature({ code, name, valid_from: '2010-01-01' }, column, column + 1, from_row, to_row),
    ),
  );
}

/** The 7 wards after it, each with what it replaces. */
export function newWards(): FeatureCollection {
  return collection(
    NEW_WARDS.map(({ code, name }, n) => {
      const [west, east] = [BORDERS[n]!, BORDERS[n + 1]!];
      const replaces = oldUnits()
        .filter(({ column }) => column < east && column + 1 > west)
        .map((unit) => unit.code);
      return feature({ code, name, valid_from: MERGER_DAY, replaces }, west, east, 0, ROWS);
    }),
  );
}

/** The middle of a square, or another place in it: `across` and `up` from 0 to 1. */
export function placeInCity(column: number, row: number, across = 0.25, up = 0.5) {
  return {
    longitude_deg: WEST_DEG + (column + across) * SIDE_DEG,
    latitude_deg: SOUTH_DEG + (row + up) * SIDE_DEG,
  };
}

/** Code of the unit that a place is in, before and after the change. */
export function unitsAt(
  column: number,
  row: number,
  across = 0.25,
): { readonly before: string; readonly after: string } {
  const before = oldUnits().find(
    (unit) => unit.column === column && unit.from_row <= row && row < unit.to_row,
  )!;
  const ward = BORDERS.findIndex((border, n) => n > 0 && column + across < border) - 1;
  return { before: before.code, after: NEW_WARDS[ward]!.code };
}

function feature(
  properties: Readonly<Record<string, unknown>>,
  west: number,
  east: number,
  south: number,
  north: number,
): Feature {
  const x = (column: number) => rounded(WEST_DEG + column * SIDE_DEG);
  const y = (row: number) => rounded(SOUTH_DEG + row * SIDE_DEG);
  const ring = [
    [x(west), y(south)],
    [x(east), y(south)],
    [x(east), y(north)],
    [x(west), y(north)],
    [x(west), y(south)],
  ];
  return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } };
}

function collection(features: readonly Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}

function rounded(angle_deg: number): number {
  return Math.round(angle_deg * 1e7) / 1e7;
}
