import { FOLDER_PATTERN, type Ward, type WardRecorder } from './ward.ts';
import type { CameraPlan } from './ward-plan.ts';

/** Codes of the places the demo creates before it imports. */
export const PLACES = { unit: 'HAC-THANH', network: 'HT-LAN', scheme: 'MH-LELOI', site: 'D-NGATU' } as const;

const COLUMNS = [
  'Mã camera',
  'Tên camera',
  'Loại camera',
  'Mã đơn vị',
  'Mã mô hình',
  'Mã điểm',
  'Vĩ độ',
  'Kinh độ',
  'Vĩ độ điểm nhìn',
  'Kinh độ điểm nhìn',
  'Góc nhìn',
  'Tầm xa',
  'Mã mạng',
  'Cách kết nối',
  'Mã đầu ghi',
  'Tên đầu ghi',
  'Loại đầu ghi',
  'Địa chỉ thiết bị',
  'Tài khoản',
  'Mật khẩu',
  'Kênh',
  'Thư mục ghi hình',
  'Mẫu tên tệp',
  'Múi giờ tên tệp',
  'Tên chủ camera',
  'Hình thức thoả thuận',
  'Thoả thuận từ ngày',
] as const;

/** The ward's register as its technician keeps it: a CSV with Vietnamese headings. */
export function registerCsv(ward: Ward): string {
  const rows = ward.recorders.flatMap((recorder) =>
    recorder.plan.cameras.map((camera, n) => rowOf(recorder, camera, n + 1)),
  );
  return [COLUMNS as readonly string[], ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

function rowOf(recorder: WardRecorder, camera: CameraPlan, channel: number): string[] {
  const { plan, device, folder } = recorder;
  const is_community = camera.kind === 'community';
  return [
    camera.code,
    camera.name,
    is_community ? 'cộng đồng' : 'hộ gia đình',
    PLACES.unit,
    is_community ? PLACES.scheme : '',
    is_community ? PLACES.site : '',
    String(camera.position.latitude_deg),
    String(camera.position.longitude_deg),
    String(camera.aim_point.latitude_deg),
    String(camera.aim_point.longitude_deg),
    '80',
    '70',
    PLACES.network,
    'trực tiếp',
    plan.code,
    plan.name,
    plan.kind === 'folder' ? 'thư mục' : 'onvif',
    device.device_url,
    recorder.username,
    recorder.password,
    plan.kind === 'folder' ? '' : device.channel(channel).source_token,
    folder ?? '',
    folder === null ? '' : FOLDER_PATTERN,
    folder === null ? '' : 'giờ Việt Nam',
    camera.owner ?? '',
    is_community ? '' : 'tự động',
    is_community ? '' : '01/01/2026',
  ];
}

/** RFC 4180: quoted where it must be. */
function cell(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
