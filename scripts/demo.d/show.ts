import { formatVietnam } from '@minhchung/domain';
import type { Accounts, Figures } from './figures.ts';
import type { KnownCamera } from './register.ts';
import type { Asked, RequestDetails } from './request.ts';
import type { Site } from './server.ts';
import type { Staff } from './staff.ts';
import { type Cell, type Style, styled, table } from './table.ts';
import type { WardTimes } from './ward-plan.ts';

/** Vietnamese first, as everything the product says. */
const STATES: Readonly<Record<string, readonly [string, Style]>> = {
  online: ['hoạt động', 'green'],
  degraded: ['suy giảm', 'yellow'],
  offline: ['mất kết nối', 'red'],
  refused: ['từ chối', 'red'],
  unknown: ['chưa rõ', 'dim'],
};

const OUTCOMES: Readonly<Record<string, readonly [string, Style]>> = {
  archived: ['đã lưu trữ đủ', 'green'],
  partial: ['lưu trữ một phần', 'yellow'],
  waiting: ['đang chờ', 'cyan'],
  no_footage: ['không còn hình', 'red'],
  not_obtained: ['không lấy được', 'red'],
  failed: ['lỗi', 'red'],
  queued: ['trong hàng đợi', 'dim'],
  running: ['đang trích xuất', 'dim'],
};

export function headline(text: string): string {
  return `\n${styled(text, 'bold')}\n`;
}

export function outcomeText(state: string): Cell {
  const [text, style] = OUTCOMES[state] ?? [state, 'dim'];
  return { text, style };
}

/** What happened to each camera, from its clock to its clip. */
export function cameraTable(
  known: readonly KnownCamera[],
  asked: Asked,
  outcome: RequestDetails,
  frames: ReadonlyMap<string, number>,
): string {
  const rows = asked.found.map(({ camera, distance_m }) => {
    const state = known.find(({ code }) => code === camera.code);
    const item = outcome.items.find(({ camera_id }) => camera_id === camera.id);
    const [state_text, state_style] = STATES[state?.state ?? 'unknown'] ?? ['?', 'dim'];
    return [
      camera.code,
      camera.name,
      `${Math.round(distance_m)} m`,
      { text: state_text, style: state_style },
      offsetText(state?.offset ?? null),
      outcomeText(item?.state ?? ''),
      String(frames.get(camera.code) ?? '–'),
      item?.reason?.text.vi ?? '',
    ];
  });
  return table(
    ['camera', 'vị trí', 'cách', 'trạng thái', 'đồng hồ lệch', 'kết quả', 'khung', 'vì sao'],
    rows,
  );
}

/** `+41 phút 13,3 giây ± 0,04`: the middle of what is known, and how far off it may be. */
function offsetText(offset: KnownCamera['offset']): string {
  if (offset === null) return 'chưa đo được';
  const middle_ms = (offset.min_ms + offset.max_ms) / 2;
  const bound_s = ((offset.max_ms - offset.min_ms) / 2000).toFixed(2).replace('.', ',');
  const sign = middle_ms < 0 ? '−' : '+';
  const seconds = Math.abs(middle_ms) / 1000;
  const minutes = Math.floor(seconds / 60);
  const rest = (seconds - minutes * 60).toFixed(2).replace('.', ',');
  return `${sign}${minutes > 0 ? `${minutes} phút ` : ''}${rest} giây ± ${bound_s}`;
}

export function wantedText(times: WardTimes): string {
  return `${formatVietnam(times.wanted.start_ms)} → ${formatVietnam(times.wanted.end_ms)} (60 giây)`;
}

/** What the auditor reads. */
export function accountsText(accounts: Accounts): string {
  const rows = accounts.per_case.map((row) => [
    row.case_number,
    String(row.requests),
    String(row.requested),
    String(row.approved),
    String(row.delivered),
    String(row.waiting),
    String(row.no_footage),
  ]);
  return [
    table(['hồ sơ', 'yêu cầu', 'lượt yêu cầu', 'được duyệt', 'đã giao', 'đang chờ', 'không còn hình'], rows),
    `  ${accounts.year_line.sentence.vi}`,
    `  Nhật ký: ${accounts.trail.events} sự kiện, ${accounts.trail.broken_at_sequence === null ? 'liền mạch' : 'BỊ SỬA'}.`,
    '',
  ].join('\n');
}

/** How exact the clips are, held against the clock burned into every picture. */
export function exactnessText(figures: Figures): string {
  return [
    `  ${figures.frames_checked} khung hình đã đối chiếu với đồng hồ in trong ảnh · frames held against the burned-in clock`,
    `  sai số giờ thiết bị tối đa · device time error at most: ${figures.device_frame_error_ms_max} ms`,
    `  ngoài khoảng đã nêu · outside the stated bound (± ${figures.bound_ms_max} ms): ${figures.truth_outside_bounds}`,
    `  thiếu · missing: ${figures.wanted_frames_missing}   trùng · twice: ${figures.frames_doubled}` +
      `   bản xem sai · wrong in playable copies: ${figures.playable_frames_wrong}`,
    '',
  ].join('\n');
}

/** Where to go on looking, when the service stays up. */
export function invitation(site: Site, staff: Staff): string {
  const people = [staff.administrator, staff.technician, staff.officer, staff.approver, staff.auditor];
  return [
    headline('Hệ thống đang chạy · The service is up'),
    `  API: ${site.base_url}/docs`,
    `  Dữ liệu · data: ${site.directory}`,
    '',
    table(
      ['vai trò · role', 'họ tên', 'tài khoản · login', 'mật khẩu · password'],
      people.map(({ role, full_name, login, password }) => [role, full_name, login, password]),
    ),
    '  Ctrl-C: dừng và dọn dẹp · ends everything the demo started',
    '',
  ].join('\n');
}
