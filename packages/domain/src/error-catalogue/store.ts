import { catalogue } from './entry.ts';

/** Errors of the database, of paging and of sealed secrets. */
export const STORE_ERRORS = catalogue({
  ALREADY_EXISTS: {
    status: 409,
    text: {
      vi: 'Đã có {kind} "{name}". Dùng bản ghi đã có, hoặc chọn mã khác.',
      en: 'There is already a {kind} "{name}". Use the existing record, or choose another code.',
    },
  },
  PAGE_INVALID: {
    status: 422,
    text: {
      vi: 'Trang được hỏi không hợp lệ ({reason}). Bắt đầu lại từ đầu danh sách.',
      en: 'The page asked for is not valid ({reason}). Start again at the beginning of the list.',
    },
  },
  AUDIT_DETAILS_TOO_LARGE: {
    status: 500,
    text: {
      vi: 'Chi tiết của nhật ký dài {size_bytes} byte, quá giới hạn {max_bytes}. Đây là lỗi chương trình; hãy báo lại.',
      en: 'The details of an audit event have {size_bytes} bytes, over the limit of {max_bytes}. This is a fault of the program; report it.',
    },
  },
  STORE_BUSY: {
    status: 503,
    text: {
      vi: 'Cơ sở dữ liệu {path} bị chương trình khác khóa suốt {waited_ms} ms. Tìm chương trình đang giữ tệp rồi thử lại.',
      en: 'Another program kept the database {path} locked for {waited_ms} ms. Find what holds the file, then try again.',
    },
  },
  STORE_FULL: {
    status: 507,
    text: {
      vi: 'Hết chỗ trên ổ đĩa khi ghi cơ sở dữ liệu {path}. Thao tác chưa được thực hiện; giải phóng dung lượng rồi thử lại.',
      en: 'The disk is full while writing the database {path}. Nothing of this act was kept; free some space, then try again.',
    },
  },
  STORE_OPEN_FAILED: {
    status: 500,
    text: {
      vi: 'Không mở được cơ sở dữ liệu {path}: {reason}. Kiểm tra thư mục có tồn tại và có quyền ghi.',
      en: 'The database {path} cannot be opened: {reason}. Check that its folder exists and can be written to.',
    },
  },
  KEY_FILE_EXPOSED: {
    status: 500,
    text: {
      vi: 'Người dùng khác đọc được tệp khóa {path} (quyền {mode}). Đổi quyền bằng lệnh: chmod 600, rồi đổi mật khẩu các thiết bị.',
      en: 'Other users can read the key file {path} (mode {mode}). Set it with: chmod 600, then change the passwords of the devices.',
    },
  },
  KEY_FILE_BROKEN: {
    status: 500,
    text: {
      vi: 'Tệp khóa {path} không dùng được: {reason}. Khôi phục tệp từ bản sao lưu; không có nó thì phải nhập lại mật khẩu thiết bị.',
      en: 'The key file {path} cannot be used: {reason}. Restore it from the backup; without it device passwords must be entered anew.',
    },
  },
  SECRET_UNREADABLE: {
    status: 500,
    text: {
      vi: 'Không mở được mật khẩu đã niêm phong ({purpose}, {subject_id}): sai khóa hoặc dữ liệu bị thay đổi. Nhập lại mật khẩu.',
      en: 'The sealed secret ({purpose}, {subject_id}) cannot be opened: another key sealed it, or it was changed. Enter the password anew.',
    },
  },
});
