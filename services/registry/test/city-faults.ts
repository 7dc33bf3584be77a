import type { ColumnName } from '../src/import/columns.ts';
import type { CityRow } from './city-workbook.ts';

/** Fifteen kinds of mistakes, each with the cell it spoils and how it has to be reported. */
export const FAULT_KINDS: readonly {
  readonly column: ColumnName;
  readonly code: string;
  readonly cells: (row: CityRow) => Partial<CityRow>;
}[] = [
  { column: 'camera_name', code: 'CSV_CELL_MISSING', cells: () => ({ camera_name: ' ' }) },
  { column: 'kind', code: 'CSV_CELL_CHOICE', cells: () => ({ kind: 'của dân' }) },
  { column: 'unit_code', code: 'UNKNOWN_UNIT', cells: () => ({ unit_code: 'P99' }) },
  { column: 'unit_code', code: 'FORBIDDEN_UNIT', cells: () => ({ unit_code: 'DS' }) },
  { column: 'coordinates', code: 'CSV_COORDINATES_UNREADABLE', cells: () => ({ coordinates: 'gần chợ' }) },
  {
    column: 'coordinates',
    code: 'CSV_COORDINATES_SWAPPED',
    cells: () => ({ coordinates: '105,7852; 19,8066' }),
  },
  {
    column: 'camera_code',
    code: 'CSV_CELL_CODE',
    cells: ({ camera_code }) => ({ camera_code: `${camera_code} mới` }),
  },
  { column: 'camera_code', code: 'CSV_CAMERA_TWICE', cells: () => ({ camera_code: 'TH-0001' }) },
  { column: 'network_code', code: 'UNKNOWN_NETWORK', cells: () => ({ network_code: 'WAN' }) },
  {
    column: 'agreement_valid_from',
    code: 'CSV_CELL_DATE',
    cells: () => ({ agreement_valid_from: '31/02/2026' }),
  },
  {
    column: 'agreement_valid_to',
    code: 'CSV_DATES_REVERSED',
    cells: () => ({ agreement_valid_to: 'ngày 28 tháng 2 năm 2025' }),
  },
  { column: 'username', code: 'CSV_CELLS_TOGETHER', cells: () => ({ password: '' }) },
  { column: 'device_url', code: 'DEVICE_URL_INVALID', cells: () => ({ device_url: 'ftp://10.0.0.1/' }) },
  { column: 'field_of_view_deg', code: 'CSV_CELL_RANGE', cells: () => ({ field_of_view_deg: 720 }) },
  { column: 'site_code', code: 'UNKNOWN_SITE', cells: () => ({ site_code: 'D-404' }) },
];
