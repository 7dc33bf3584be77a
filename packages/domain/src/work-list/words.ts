import { CLOCK_SUSPICION_TEXTS, type ClockSuspicion } from '../clock-suspicion.ts';
import type { Bilingual } from '../errors.ts';
import type { Finding, FindingDetails, FindingKind } from './finding.ts';

/** A finding as a technician reads it: what is wrong, and what to do next. Since when is the finding's own field. */
export interface FindingWords {
  readonly what: Bilingual;
  readonly next: Bilingual;
}

/** A short name of each kind, for headings and counts. */
export const FINDING_NAMES: Readonly<Record<FindingKind, Bilingual>> = {
  offline: { vi: 'Mất kết nối', en: 'Offline' },
  answers_wrongly: { vi: 'Trả lời sai', en: 'Answers wrongly' },
  credentials_refused: { vi: 'Mật khẩu bị từ chối', en: 'Password refused' },
  certificate_changed: { vi: 'Chứng thư thay đổi', en: 'Certificate changed' },
  address_not_allowed: { vi: 'Địa chỉ ngoài mạng cho phép', en: 'Address not allowed' },
  not_recording: { vi: 'Không ghi hình', en: 'Not recording' },
  retention_short: { vi: 'Lưu trữ ngắn hơn thoả thuận', en: 'Keeps less than agreed' },
  clock_off: { vi: 'Đồng hồ sai', en: 'Clock off' },
  clock_unreadable: { vi: 'Không đọc được đồng hồ', en: 'Clock unreadable' },
  picture_blind: { vi: 'Hình ảnh không nhìn thấy', en: 'Picture blind' },
  picture_moved: { vi: 'Góc nhìn bị xê dịch', en: 'View moved' },
  agreement_unconfirmed: { vi: 'Thoả thuận quá hạn xác nhận', en: 'Agreement to be confirmed' },
  attestation_old: { vi: 'Xác nhận hoạt động đã cũ', en: 'Attestation too old' },
};

const NEXT: Readonly<Record<FindingKind, Bilingual>> = {
  offline: {
    vi: 'Kiểm tra điện, dây mạng và bộ chuyển mạch tại chỗ; sau đó thử kết nối lại từ màn hình đầu ghi.',
    en: 'Check power, network cable and switch on site; then try the connection again from the recorder’s page.',
  },
  answers_wrongly: {
    vi: 'Khởi động lại thiết bị, kiểm tra ONVIF đang bật và phiên bản phần mềm; chạy lại "probe".',
    en: 'Restart the device, check that ONVIF is on and its firmware version; run "probe" again.',
  },
  credentials_refused: {
    vi: 'Nhập lại tài khoản của thiết bị. Hệ thống không thử lại cho đến khi có mật khẩu mới, để thiết bị không bị khoá.',
    en: 'Enter the device account again. It is not tried until then, so that the device does not lock itself.',
  },
  certificate_changed: {
    vi: 'Hỏi ai đã thay thiết bị hoặc chứng thư; nếu đúng, xác nhận chứng thư mới. Cho đến lúc đó không gửi gì cho thiết bị.',
    en: 'Ask who replaced the device or its certificate; if that is right, confirm the new one. Nothing is sent until then.',
  },
  address_not_allowed: {
    vi: 'Sửa địa chỉ thiết bị, hoặc nhờ quản trị thêm dải địa chỉ này vào mạng.',
    en: 'Correct the device address, or have the administrator add its range to the network.',
  },
  not_recording: {
    vi: 'Kiểm tra ổ cứng hoặc thẻ nhớ và lịch ghi trên đầu ghi; đối chiếu kênh ghi với camera.',
    en: 'Check disk or card and the recording schedule at the recorder; compare the recorded channel with the camera.',
  },
  retention_short: {
    vi: 'Lắp ổ cứng lớn hơn, giảm bitrate, hoặc sửa số ngày đã thoả thuận.',
    en: 'Fit a larger disk, lower the bit rate, or correct the agreed days.',
  },
  clock_off: {
    vi: 'Bật NTP trên thiết bị và chỉnh giờ tại chỗ, ghi lại thời điểm chỉnh. Hệ thống không tự chỉnh giờ.',
    en: 'Switch NTP on and set the time on site, and note when. The system never sets it by itself.',
  },
  clock_unreadable: {
    vi: 'Đọc giờ trên màn hình thiết bị và nhập vào hệ thống ("đọc đồng hồ bằng mắt").',
    en: 'Read the time on the device’s screen and enter it ("clock read by eye").',
  },
  picture_blind: {
    vi: 'Lau ống kính, bỏ vật che, kiểm tra đèn hồng ngoại.',
    en: 'Clean the lens, remove what covers it, check the infrared light.',
  },
  picture_moved: {
    vi: 'Chỉnh lại hướng camera, hoặc cập nhật điểm nhìn trên bản đồ.',
    en: 'Turn the camera back, or update its aim point on the map.',
  },
  agreement_unconfirmed: {
    vi: 'Gửi chủ camera đường dẫn xác nhận hằng năm, hoặc đến gặp chủ camera.',
    en: 'Send the owner the link of the yearly confirmation, or call on the owner.',
  },
  attestation_old: {
    vi: 'Đến xem camera còn hoạt động không, hoặc gửi chủ camera đường dẫn xác nhận.',
    en: 'See on site whether it works, or send the owner the link to confirm.',
  },
};

/** The words of one finding. */
export function wordsOf({ kind, details }: Pick<Finding, 'kind' | 'details'>): FindingWords {
  const name = FINDING_NAMES[kind];
  const extra = detailOf(kind, details);
  const what = extra === null ? name : { vi: `${name.vi}: ${extra.vi}`, en: `${name.en}: ${extra.en}` };
  const hint = kind === 'clock_off' ? suspicionText(details.suspicion) : null;
  const next = NEXT[kind];
  return {
    what,
    next: hint === null ? next : { vi: `${hint.vi} ${next.vi}`, en: `${hint.en} ${next.en}` },
  };
}

function detailOf(kind: FindingKind, details: FindingDetails): Bilingual | null {
  const { reason, cameras, interruptions, min_ms, max_ms, agreed_days, held_days } = details;
  if (kind === 'clock_off' && typeof min_ms === 'number' && typeof max_ms === 'number') {
    return offsetText((min_ms + max_ms) / 2);
  }
  if (kind === 'retention_short') {
    return {
      vi: `giữ được ${held_days} ngày, thoả thuận ${agreed_days} ngày`,
      en: `keeps ${held_days} days of ${agreed_days} agreed`,
    };
  }
  if (typeof reason !== 'string') return null;
  const away = REASONS[reason] ?? { vi: reason, en: reason };
  const many = typeof cameras === 'number' && cameras > 1;
  const flaps = typeof interruptions === 'number' && interruptions > 0;
  return {
    vi: away.vi + (many ? `, ${cameras} camera` : '') + (flaps ? `, chập chờn ${interruptions} lần` : ''),
    en: away.en + (many ? `, ${cameras} cameras` : '') + (flaps ? `, came back ${interruptions} times` : ''),
  };
}

const REASONS: Readonly<Record<string, Bilingual>> = {
  timeout: { vi: 'không trả lời kịp', en: 'no answer in time' },
  connection_refused: { vi: 'từ chối kết nối', en: 'connection refused' },
  connection_closed: { vi: 'ngắt kết nối giữa chừng', en: 'connection closed half way' },
  no_route: { vi: 'không có đường mạng tới thiết bị', en: 'no route to the device' },
  name_unknown: { vi: 'không tìm thấy tên máy', en: 'host name not found' },
  unreachable: { vi: 'không tới được thiết bị', en: 'not reachable' },
  credentials_refused: { vi: 'thiết bị không nhận tài khoản', en: 'the device does not take the account' },
  answers_wrongly: { vi: 'câu trả lời không hiểu được', en: 'its answers make no sense' },
  certificate_changed: { vi: 'khác với chứng thư đã tin', en: 'not the one that was trusted' },
  address_not_allowed: { vi: 'không thuộc mạng nào được phép', en: 'in no network that is allowed' },
  not_recorded: { vi: 'đầu ghi không ghi kênh này', en: 'the recorder does not record this channel' },
  recording_empty: { vi: 'chưa có đoạn ghi nào', en: 'nothing was ever recorded' },
  recording_stopped: { vi: 'đã ngừng ghi', en: 'recording has stopped' },
  folder_unreachable: { vi: 'không đọc được thư mục ghi hình', en: 'its recording folder cannot be read' },
  folder_unlike: {
    vi: 'thư mục ghi hình không như đã khai',
    en: 'its recording folder is not as registered',
  },
  folder_not_allowed: {
    vi: 'thư mục ghi hình không được phép đọc',
    en: 'its recording folder may not be read',
  },
  picture_black: { vi: 'ảnh đen giữa ban ngày', en: 'black by daylight' },
  picture_covered: { vi: 'ống kính bị che', en: 'the lens is covered' },
  picture_blurred: { vi: 'ảnh mờ hơn hẳn thường lệ', en: 'far less sharp than usual' },
  picture_frozen: {
    vi: 'thiết bị luôn trả về cùng một ảnh',
    en: 'the device gives the same picture again and again',
  },
  view_elsewhere: { vi: 'không còn nhìn chỗ thường lệ', en: 'no longer shows what it usually shows' },
  attested_visit: { vi: 'theo lần kiểm tra tại chỗ', en: 'by a visit' },
  attested_owner: { vi: 'theo lời chủ camera', en: 'by its owner’s word' },
};

/** How far a clock is off, as people say it. */
export function offsetText(offset_ms: number): Bilingual {
  const amount = durationText(Math.abs(offset_ms));
  return offset_ms >= 0
    ? { vi: `nhanh ${amount.vi}`, en: `${amount.en} fast` }
    : { vi: `chậm ${amount.vi}`, en: `${amount.en} slow` };
}

/** A length of time in its two largest units: `41 phút 13 giây`. */
export function durationText(duration_ms: number): Bilingual {
  const units = [
    [86_400_000, 'ngày', 'd'],
    [3_600_000, 'giờ', 'h'],
    [60_000, 'phút', 'min'],
    [1_000, 'giây', 's'],
  ] as const;
  let rest_ms = Math.round(duration_ms / 1000) * 1000;
  const found = units.flatMap(([unit_ms, vi, en]) => {
    const count = Math.floor(rest_ms / unit_ms);
    rest_ms -= count * unit_ms;
    return count === 0 ? [] : [{ vi: `${count} ${vi}`, en: `${count} ${en}` }];
  });
  const shown = found.length === 0 ? [{ vi: '0 giây', en: '0 s' }] : found.slice(0, 2);
  return { vi: shown.map(({ vi }) => vi).join(' '), en: shown.map(({ en }) => en).join(' ') };
}

function suspicionText(suspicion: FindingDetails[string] | undefined): Bilingual | null {
  return typeof suspicion === 'string' ? (CLOCK_SUSPICION_TEXTS[suspicion as ClockSuspicion] ?? null) : null;
}
