import { catalogue } from './entry.ts';

/** Errors of devices, recorders, media and the archive. */
export const SOURCE_ERRORS = catalogue({
  DEVICE_UNREACHABLE: {
    status: 502,
    text: {
      vi: 'Không kết nối được thiết bị {address}: {reason_vi}. Kiểm tra nguồn điện, mạng và địa chỉ.',
      en: 'Device {address} cannot be reached: {reason}. Check its power, network and address.',
    },
  },
  DEVICE_TIMEOUT: {
    status: 504,
    text: {
      vi: 'Thiết bị {address} không trả lời trong {deadline_ms} ms. Thử lại, hoặc kiểm tra đường truyền.',
      en: 'Device {address} did not answer within {deadline_ms} ms. Try again, or check the line.',
    },
  },
  DEVICE_REFUSED: {
    status: 502,
    text: {
      vi: 'Thiết bị {address} từ chối tài khoản. Không thử lại để tránh bị khóa; hãy nhập lại mật khẩu.',
      en: 'Device {address} refused the account. It is not tried again, to avoid a lock-out; enter the password anew.',
    },
  },
  DEVICE_BROKEN: {
    status: 502,
    text: {
      vi: 'Thiết bị {address} trả lời không đúng chuẩn: {reason_vi}. Ghi lại hãng, model và firmware rồi báo kỹ thuật.',
      en: 'Device {address} answered against the standard: {reason}. Note maker, model and firmware and report it.',
    },
  },
  DEVICE_UNSUPPORTED: {
    status: 502,
    text: {
      vi: 'Thiết bị {address} không có chức năng {feature}. Bật chức năng này trên thiết bị hoặc cập nhật firmware; phần phụ thuộc vào nó vẫn là chưa biết.',
      en: 'Device {address} does not offer {feature}. Switch it on in the device or update its firmware; what depends on it stays unknown.',
    },
  },
  SOURCE_UNREACHABLE: {
    status: 502,
    text: {
      vi: 'Không kết nối được nguồn hình {address}: {reason}. Yêu cầu được giữ và thử lại cho đến khi dữ liệu bị ghi đè.',
      en: 'The footage source {address} cannot be reached: {reason}. The item waits and is tried again until the footage would be overwritten.',
    },
  },
  SOURCE_REFUSED: {
    status: 502,
    text: {
      vi: 'Nguồn hình {address} từ chối tài khoản. Kỹ thuật viên cần nhập lại mật khẩu.',
      en: 'The footage source {address} refused the account. A technician must enter the password anew.',
    },
  },
  SOURCE_STALLED: {
    status: 504,
    text: {
      vi: 'Nguồn hình {address} ngừng gửi dữ liệu quá {stalled_ms} ms. Sẽ thử lại.',
      en: 'The footage source {address} sent nothing for {stalled_ms} ms. It will be tried again.',
    },
  },
  SOURCE_BROKEN: {
    status: 502,
    text: {
      vi: 'Nguồn hình {address} gửi dữ liệu sai: {reason}.',
      en: 'The footage source {address} sent wrong data: {reason}.',
    },
  },
  RECORDING_LAYOUT_INVALID: {
    status: 422,
    text: {
      vi: 'Mẫu tên tệp "{pattern}" không dùng được: {reason}. Viết theo dạng: %Y-%m-%d/%H-%M-%S-%f.mp4.',
      en: 'The file name pattern "{pattern}" cannot be used: {reason}. Write it as: %Y-%m-%d/%H-%M-%S-%f.mp4.',
    },
  },
  MEDIA_UNREADABLE: {
    status: 422,
    text: {
      vi: 'Không đọc được tệp {name}: {reason}.',
      en: 'The file {name} cannot be read: {reason}.',
    },
  },
  TOOL_MISSING: {
    status: 500,
    text: {
      vi: 'Thiếu chương trình {tool} trên máy này. Cài đặt: {hint}.',
      en: 'The program {tool} is missing on this machine. Install it: {hint}.',
    },
  },
  TOOL_FAILED: {
    status: 500,
    text: {
      vi: 'Chương trình {tool} báo lỗi: {reason}.',
      en: 'The program {tool} failed: {reason}.',
    },
  },
  TOOL_TIMEOUT: {
    status: 500,
    text: {
      vi: 'Chương trình {tool} chạy quá {deadline_ms} ms và đã bị dừng.',
      en: 'The program {tool} ran longer than {deadline_ms} ms and was stopped.',
    },
  },
  CANCELLED: {
    status: 409,
    text: { vi: 'Đã hủy theo yêu cầu.', en: 'Cancelled on request.' },
  },
  ARCHIVE_EXISTS: {
    status: 409,
    text: {
      vi: 'Đối tượng {key} đã có trong kho và không được ghi đè.',
      en: 'Object {key} exists in the archive and is never overwritten.',
    },
  },
  ARCHIVE_MISSING: {
    status: 404,
    text: { vi: 'Không có đối tượng {key} trong kho.', en: 'There is no object {key} in the archive.' },
  },
  ARCHIVE_COMMITTED: {
    status: 409,
    text: {
      vi: 'Lần trích xuất {key} đã được lưu trữ và không thể bỏ.',
      en: 'The attempt {key} is archived and cannot be discarded.',
    },
  },
  ARCHIVE_FULL: {
    status: 507,
    text: {
      vi: 'Kho lưu trữ hết chỗ khi ghi {key}. Giải phóng dung lượng; yêu cầu được giữ và sẽ chạy lại.',
      en: 'The archive ran out of space while writing {key}. Free some space; the item is kept and runs again.',
    },
  },
  ARCHIVE_BROKEN: {
    status: 500,
    text: {
      vi: 'Kho lưu trữ báo lỗi với {key}: {reason}.',
      en: 'The archive failed on {key}: {reason}.',
    },
  },
});
