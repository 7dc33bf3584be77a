import type { Bilingual } from '@minhchung/domain';

/** What a person does about an item that stopped, by the code of its reason. */
const STEPS: Readonly<Record<string, Bilingual>> = {
  SOURCE_REFUSED: {
    vi: 'Nhập lại tài khoản của đầu ghi, rồi thử lại.',
    en: 'Enter the account of the recorder anew, then try again.',
  },
  SECRET_UNREADABLE: {
    vi: 'Nhập lại mật khẩu thiết bị (khoá niêm phong đã đổi), rồi thử lại.',
    en: 'Enter the password of the device anew (the sealing key has changed), then try again.',
  },
  SOURCE_STALLED: {
    vi: 'Kiểm tra đường truyền và thiết bị, rồi thử lại; tốt nhất vào giờ vắng.',
    en: 'Check the line and the device, then try again, best at a quiet hour.',
  },
  SOURCE_TOO_SLOW: {
    vi: 'Kiểm tra đường truyền và thiết bị, rồi thử lại; tốt nhất vào giờ vắng.',
    en: 'Check the line and the device, then try again, best at a quiet hour.',
  },
  SOURCE_BROKEN: {
    vi: 'Xem ảnh thử và ghi lại hãng, firmware của thiết bị; thử lại, hoặc nhờ chủ camera giao tệp.',
    en: 'Look at a still and note maker and firmware of the device; try again, or ask the owner to hand in the file.',
  },
  ITEM_DEADLINE: {
    vi: 'Thử lại; nếu lặp lại, thôi lượt này và yêu cầu các khoảng ngắn hơn.',
    en: 'Try again; if that repeats, give this one up and ask for shorter spans.',
  },
  FOLDER_NOT_ALLOWED: {
    vi: 'Quản trị thêm thư mục vào registry.recording_roots, rồi thử lại.',
    en: 'Have the administrator add the folder to registry.recording_roots, then try again.',
  },
  OWNER_ASKS_FIRST: {
    vi: 'Chờ chủ camera trả lời trên trang của mình, rồi thử lại; hoặc thôi.',
    en: 'Let the owner answer on the owner’s page, then try again; or give it up.',
  },
};

const OF_AGREEMENT: Bilingual = {
  vi: 'Thoả thuận không còn cho phép. Thôi lượt này; muốn lấy phải có thoả thuận mới hoặc lệnh hợp pháp.',
  en: 'The agreement does not allow it any more. Give it up; a new agreement or a lawful order would be needed.',
};
const OF_ARCHIVE: Bilingual = {
  vi: 'Báo quản trị kiểm tra kho lưu trữ (`minhchung doctor`), rồi thử lại.',
  en: 'Have the administrator look at the archive (`minhchung doctor`), then try again.',
};
const OF_UPLOAD: Bilingual = {
  vi: 'Nhờ giao lại đúng tệp của khoảng thời gian này, rồi thử lại.',
  en: 'Have the right file for this span handed in again, then try again.',
};
const OTHERWISE: Bilingual = {
  vi: 'Xem nhật ký của máy trích xuất và `minhchung doctor`, rồi thử lại; hoặc thôi.',
  en: 'See the extractor’s log and `minhchung doctor`, then try again; or give it up.',
};

/** What to do next about an item that stopped for this reason. */
export function nextStep(code: string | null): Bilingual {
  const known = code === null ? undefined : STEPS[code];
  if (known !== undefined) return known;
  if (code?.startsWith('AGREEMENT_')) return OF_AGREEMENT;
  if (code?.startsWith('ARCHIVE_')) return OF_ARCHIVE;
  return code?.startsWith('UPLOAD_') ? OF_UPLOAD : OTHERWISE;
}
