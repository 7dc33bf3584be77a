import { catalogue } from './entry.ts';

/** Errors of the HTTP interface, of signing in, of settings and of the command. */
export const API_ERRORS = catalogue({
  NOT_SIGNED_IN: {
    status: 401,
    text: {
      vi: 'Chưa đăng nhập, hoặc phiên làm việc đã hết hạn. Đăng nhập lại.',
      en: 'Nobody is signed in, or the session has ended. Sign in again.',
    },
  },
  SIGN_IN_FAILED: {
    status: 401,
    text: {
      vi: 'Đăng nhập không thành công. Kiểm tra tên đăng nhập và mật khẩu rồi thử lại.',
      en: 'Signing in failed. Check the login and the password, then try again.',
    },
  },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    text: {
      vi: 'Đăng nhập sai quá nhiều lần. Thử lại sau {retry_after_s} giây, hoặc nhờ quản trị đặt lại mật khẩu.',
      en: 'Too many failed attempts to sign in. Try again in {retry_after_s} seconds, or ask the administrator for a new password.',
    },
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    text: {
      vi: 'Gửi quá nhiều yêu cầu trong một phút. Thử lại sau {retry_after_s} giây.',
      en: 'Too many calls within a minute. Try again in {retry_after_s} seconds.',
    },
  },
  ORIGIN_REFUSED: {
    status: 403,
    text: {
      vi: 'Yêu cầu đến từ trang "{origin}", không phải từ hệ thống này. Mở đúng địa chỉ hệ thống rồi làm lại.',
      en: 'The call came from "{origin}", which is not this system. Open the system at its own address and do it again.',
    },
  },
  INVALID_INPUT: {
    status: 400,
    text: {
      vi: 'Dữ liệu gửi lên có {count} chỗ chưa đúng. Xem danh sách kèm theo và sửa từng chỗ.',
      en: 'What was sent has {count} mistakes. See the list and correct each.',
    },
  },
  BODY_UNREADABLE: {
    status: 400,
    text: {
      vi: 'Không đọc được nội dung gửi lên: {reason}.',
      en: 'The body that was sent cannot be read: {reason}.',
    },
  },
  BODY_TOO_LARGE: {
    status: 413,
    text: {
      vi: 'Nội dung gửi lên vượt quá {size_bytes_max} byte. Chia nhỏ rồi gửi lại.',
      en: 'The body is larger than {size_bytes_max} bytes. Split it and send the parts.',
    },
  },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    text: {
      vi: 'Không nhận nội dung kiểu "{content_type}" ở đây. Xem tài liệu API để biết kiểu đúng.',
      en: 'Content of type "{content_type}" is not taken here. See the API page for the right type.',
    },
  },
  ROUTE_NOT_FOUND: {
    status: 404,
    text: {
      vi: 'Không có địa chỉ {method} {path}. Xem danh sách tại /docs.',
      en: 'There is no {method} {path}. See the list at /docs.',
    },
  },
  NOT_FOUND: {
    status: 404,
    text: {
      vi: 'Không tìm thấy {what} "{id}". Kiểm tra lại mã, hoặc chọn từ danh sách.',
      en: 'There is no {what} "{id}". Check the identifier, or choose from the list.',
    },
  },
  INTERNAL_ERROR: {
    status: 500,
    text: {
      vi: 'Hệ thống gặp lỗi. Báo quản trị kèm mã yêu cầu trong câu trả lời này.',
      en: 'The system failed. Tell the administrator, with the request id of this answer.',
    },
  },
  PASSWORD_TOO_SHORT: {
    status: 422,
    text: {
      vi: 'Mật khẩu phải có ít nhất {chars_min} ký tự. Một câu ngắn dễ nhớ là đủ.',
      en: 'A password has at least {chars_min} characters. A short sentence does well.',
    },
  },
  OWN_PERSON: {
    status: 403,
    text: {
      vi: 'Quản trị không được tự mở tài khoản cho chính mình hoặc đặt lại mật khẩu tài khoản khác của mình. Nhờ một quản trị khác.',
      en: 'Nobody opens an account for themselves, or resets the password of another account of theirs. Ask another administrator.',
    },
  },
  OWN_ACCOUNT: {
    status: 409,
    text: {
      vi: 'Không thể tự đóng tài khoản đang dùng. Nhờ một quản trị khác.',
      en: 'The account in use cannot close itself. Ask another administrator.',
    },
  },
  SETTINGS_FILE_UNREADABLE: {
    status: 500,
    text: {
      vi: 'Không đọc được tệp cấu hình {file}: {reason}.',
      en: 'The settings file {file} cannot be read: {reason}.',
    },
  },
  SETTINGS_INVALID: {
    status: 500,
    text: {
      vi: 'Cấu hình có {count} chỗ chưa đúng:\n{list_vi}',
      en: 'The settings have {count} mistakes:\n{list_en}',
    },
  },
  SECRET_FILE_UNREADABLE: {
    status: 500,
    text: {
      vi: 'Không đọc được tệp bí mật của mục {key}: {reason}.',
      en: 'The secret file of {key} cannot be read: {reason}.',
    },
  },
  COMMAND_MISUSED: {
    status: 400,
    text: {
      vi: 'Lệnh chưa đúng: {reason}. Xem minhchung --help.',
      en: 'The command is not right: {reason}. See minhchung --help.',
    },
  },
  NOT_READY: {
    status: 503,
    text: {
      vi: 'Hệ thống chưa sẵn sàng: {parts} không trả lời. Thử lại sau ít phút; nếu vẫn vậy, báo quản trị chạy minhchung doctor.',
      en: 'The system is not ready: {parts} does not answer. Try again in a few minutes; if it stays so, ask the administrator to run minhchung doctor.',
    },
  },
  ADDRESS_IN_USE: {
    status: 500,
    text: {
      vi: 'Địa chỉ {host}:{port} đã có chương trình khác dùng. Đổi {option} hoặc dừng chương trình kia.',
      en: 'Another program uses {host}:{port}. Change {option}, or stop that program.',
    },
  },
});
