import { COLUMNS, type ColumnName } from '../src/import/columns.ts';

/** Cells of one row of a register; what is left out is empty. */
export type Row = Partial<Record<ColumnName, string>>;

/** A household camera with its own ONVIF recorder; every test changes the one cell it is about. */
export const GOOD_ROW: Row = {
  camera_code: 'HG-01',
  camera_name: 'Nhà bà Lê Thị Hoa',
  kind: 'hộ gia đình',
  unit_code: 'HT',
  latitude: '19,8067',
  longitude: '105,7768',
  aim_latitude: '19.8069',
  aim_longitude: '105.7771',
  field_of_view_deg: '80',
  range_m: '40',
  network_code: 'LAN',
  reach: 'trực tiếp',
  recorder_kind: 'onvif',
  device_url: 'http://192.168.1.20/onvif/device_service',
  username: 'admin',
  password: 'm?t kh,u;"bí mật"',
  owner_name: 'Lê Thị Hoa',
  owner_phone: '0912 345 678',
  agreement_mode: 'tự động',
  agreement_valid_from: '01/03/2026',
  agreement_valid_to: '2027-02-28',
};

/** A register as CSV text. `headings`: what stands in the first line instead of the columns' names. */
export function register(
  rows: readonly Row[],
  options: { readonly separator?: string; readonly headings?: Readonly<Record<string, string>> } = {},
): string {
  const { separator = ';', headings = {} } = options;
  const names = COLUMNS.map((column) => column.name).filter((name) => {
    return !name.endsWith('coordinates') || rows.some((row) => row[name] !== undefined);
  });
  const lines = [
    names.map((name) => headings[name] ?? name),
    ...rows.map((row) => names.map((name) => row[name] ?? '')),
  ];
  return lines.map((cells) => `${cells.map((cell) => quoted(cell, separator)).join(separator)}\r\n`).join('');
}

function quoted(cell: string, separator: string): string {
  return cell.includes(separator) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The bytes of a text in UTF-8. */
export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
