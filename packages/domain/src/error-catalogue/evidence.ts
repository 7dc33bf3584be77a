import { catalogue } from './entry.ts';

/** Errors of the archive's keys, the signing key and evidence packages. */
export const EVIDENCE_ERRORS = catalogue({
  ARCHIVE_KEY_INVALID: {
    status: 500,
    text: {
      vi: 'Khóa lưu trữ {key} không hợp lệ: {reason}. Đây là lỗi của chương trình, hãy báo kỹ thuật.',
      en: 'The archive key {key} is not valid: {reason}. This is a fault of the program; please report it.',
    },
  },
  ARCHIVE_DISCARDED: {
    status: 409,
    text: {
      vi: 'Lần trích xuất {key} đã bị bỏ và không nhận thêm tệp. Hãy bắt đầu một lần mới.',
      en: 'The attempt {key} was discarded and takes no more files. Begin a new attempt.',
    },
  },
  ARCHIVE_UNFIT: {
    status: 500,
    text: {
      vi: 'Kho lưu trữ {place} không dùng được: {reason}. Sửa cấu hình archive rồi khởi động lại.',
      en: 'The archive {place} cannot be used: {reason}. Mend the archive settings and start again.',
    },
  },
  SIGNING_KEY_UNSAFE: {
    status: 500,
    text: {
      vi: 'Khóa ký {path} không an toàn: {reason}. Sửa quyền (thư mục 0700, tệp 0600); nếu khóa có thể đã bị lộ, hãy thay khóa.',
      en: 'The signing key {path} is not safe: {reason}. Mend its permissions (folder 0700, file 0600); if it may have been read, replace it.',
    },
  },
  SIGNING_KEY_BROKEN: {
    status: 500,
    text: {
      vi: 'Không dùng được khóa ký {path}: {reason}. Khôi phục khóa từ bản sao lưu.',
      en: 'The signing key {path} cannot be used: {reason}. Restore it from the backup.',
    },
  },
  PACKAGE_INCONSISTENT: {
    status: 500,
    text: {
      vi: 'Gói chứng cứ {key} không khớp với kho lưu trữ: {reason}. Gói chưa được ký; hãy trích xuất lại.',
      en: 'The evidence package {key} does not agree with the archive: {reason}. It was not signed; extract it again.',
    },
  },
  PACKAGE_DAMAGED: {
    status: 500,
    text: {
      vi: 'Gói chứng cứ {key} đã hỏng trong kho: {reason}. Không giao gói này; khôi phục từ kho thứ hai.',
      en: 'The evidence package {key} is damaged in the archive: {reason}. Do not hand it over; restore it from a second store.',
    },
  },
  EXPORT_EXISTS: {
    status: 409,
    text: {
      vi: 'Thư mục {path} đã tồn tại. Chọn một thư mục chưa có.',
      en: 'The folder {path} exists already. Name one that does not.',
    },
  },
});
