import { workbook } from '../../../packages/tables/test/workbook.ts';
import type { ColumnName } from '../src/import/columns.ts';
import { FAULT_KINDS } from './city-faults.ts';

export const CAMERAS = 1_911;
export const WARDS = 34;
export const FAULTS = 60;

/** What a wrong row must be reported as. */
export interface PlantedFault {
  readonly line: number;
  readonly letter: string;
  readonly column: ColumnName;
  readonly code: string;
}

/** Headings as an officer typed them: two lines in a cell, brackets, other words, composed and decomposed letters. */
const HEADINGS = {
  number: 'TT',
  camera_code: 'Mã\ncamera',
  camera_name: 'VỊ TRÍ LẮP ĐẶT'.normalize('NFD'),
  kind: 'Loại camera (*)',
  unit_code: 'Mã phường/xã',
  site_code: 'Điểm nhân rộng',
  coordinates: 'Toạ độ\n(vĩ độ, kinh độ)',
  field_of_view_deg: 'Góc nhìn (độ)',
  range_m: 'TẦM XA (m)',
  network_code: 'ma mang',
  reach: 'Cách kết nối',
  recorder_code: 'Mã đầu ghi',
  recorder_kind: 'Loại đầu ghi',
  device_url: 'Địa chỉ thiết bị',
  username: 'Tài khoản',
  password: 'Mật khẩu',
  source_token: 'Kênh ghi',
  owner_name: 'Họ tên chủ hộ',
  owner_phone: 'Số điện thoại',
  agreement_mode: 'Hình thức thỏa thuận',
  agreement_valid_from: 'Hiệu lực từ',
  agreement_valid_to: 'Hiệu lực đến',
  remark: 'Ghi chú',
} as const;
export type CityRow = Record<keyof typeof HEADINGS, string | number>;

const KEYS = Object.keys(HEADINGS) as (keyof typeof HEADINGS)[];

/** Code of the nth ward, from 0. */
export function wardCode(n: number): string {
  return `P${String(n + 1).padStart(2, '0')}`;
}

/** The column of a field as the spreadsheet names it; all are before Z. */
export function letterOf(column: ColumnName): string {
  return String.fromCharCode(65 + KEYS.indexOf(column as keyof typeof HEADINGS));
}

/**
 * A city's list as one workbook: a letterhead and a title, headings in the fifth row, a title for each ward, a total
 * and a signature; with `is_faulty`, sixty mistakes of fifteen kinds, no two in one row.
 */
export async function cityWorkbook(is_faulty: boolean): Promise<{
  readonly bytes: Uint8Array;
  readonly faults: readonly PlantedFault[];
}> {
  const rows: (string | number | null)[][] = [
    ['CÔNG AN TỈNH THANH HOÁ', null, null, null, null, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
    ['PHÒNG QUẢN LÝ HÀNH CHÍNH', null, null, null, null, 'Độc lập - Tự do - Hạnh phúc'],
    ['DANH SÁCH CAMERA GIÁM SÁT AN NINH TRẬT TỰ, mạng lưới năm 2026'],
    [],
    KEYS.map((key) => HEADINGS[key]),
  ];
  const merges: [number, number, number, number][] = [[3, 1, 3, KEYS.length]];
  const faults: PlantedFault[] = [];
  let ward = -1;
  for (let n = 0; n < CAMERAS; n += 1) {
    const of_ward = Math.floor((n * WARDS) / CAMERAS);
    if (of_ward !== ward) {
      ward = of_ward;
      rows.push([`${ward + 1}. Phường thứ ${ward + 1}`]);
      merges.push([rows.length, 1, rows.length, KEYS.length]);
    }
    const row = cityRow(n, ward);
    const line = rows.length + 1;
    const kind = is_faulty ? faultOf(n) : undefined;
    if (kind !== undefined) {
      Object.assign(row, kind.cells(row));
      faults.push({ line, letter: letterOf(kind.column), column: kind.column, code: kind.code });
    }
    rows.push(KEYS.map((key) => row[key]));
  }
  rows.push(['Tổng cộng:', null, null, CAMERAS], [], [...Array(17).fill(null), 'Người lập biểu']);
  return { bytes: await workbook({ name: 'Tổng hợp', rows, merges }), faults };
}

/** Every thirtieth row from the thirteenth on: households with a device of their own, kind after kind. */
function faultOf(n: number) {
  const index = (n - 13) / 30;
  if (!Number.isInteger(index) || index < 0 || index >= FAULTS) return undefined;
  return FAULT_KINDS[index % FAULT_KINDS.length];
}

/** Nine in ten cameras belong to households; a community recorder has four channels. */
function cityRow(n: number, ward: number): CityRow {
  const is_community = n % 10 >= 4 && n % 10 < 8 && n % 30 < 10;
  const group = Math.floor(n / 10);
  const latitude = (19.75 + (n % 600) / 10_000).toFixed(6);
  const longitude = (105.7 + Math.floor(n / 600) / 100).toFixed(6);
  const code = `TH-${String(n + 1).padStart(4, '0')}`;
  const is_first = n % 10 === 4;
  const has_device = !is_community || is_first;
  const device = is_community ? `10.9.${group >> 8}.${group & 255}` : `10.1.${n >> 8}.${n & 255}`;
  return {
    number: n + 1,
    camera_code: code,
    camera_name: n % 7 === 0 ? `Số ${n} đường Lê Lợi`.normalize('NFD') : `Ngã tư số ${n}\nđường Trần Phú`,
    kind: is_community ? 'Cộng đồng' : 'Hộ gia đình',
    unit_code: wardCode(ward),
    site_code: is_community ? 'D-1' : '',
    coordinates: [
      `${latitude}, ${longitude}`,
      `${latitude.replace('.', ',')}; ${longitude.replace('.', ',')}`,
      `https://www.google.com/maps?q=${latitude},${longitude}`,
    ][n % 3]!,
    field_of_view_deg: 80,
    range_m: n % 2 === 0 ? 40 : '35,5',
    network_code: 'LAN',
    reach: 'trực tiếp',
    recorder_code: is_community ? `NVR-${group}` : '',
    recorder_kind: 'ONVIF',
    device_url: has_device ? `http://${device}/onvif/device_service` : '',
    username: has_device ? 'admin' : '',
    password: has_device ? `mk-${n}` : '',
    source_token: is_community ? `ch${n % 10}` : '',
    owner_name: is_community ? '' : `Chủ hộ ${n}`,
    owner_phone: is_community ? '' : 912_000_000 + n,
    agreement_mode: is_community ? '' : 'tự động',
    agreement_valid_from: is_community ? '' : '1/3/2026',
    agreement_valid_to: is_community ? '' : '28-02-2027',
    remark: n % 50 === 0 ? 'đã kiểm tra' : '',
  };
}
