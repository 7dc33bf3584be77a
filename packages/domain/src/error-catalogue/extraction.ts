import { catalogue } from './entry.ts';

/** Errors of the extraction queue and of what it delivers. */
export const EXTRACTION_ERRORS = catalogue({
  LEASE_LOST: {
    status: 409,
    text: {
      vi: 'Lượt trích xuất {item} đã được giao cho tiến trình khác. Tiến trình này dừng lại.',
      en: 'Item {item} has been handed to another worker. This one stops.',
    },
  },
  EXTRACTION_FAULT: {
    status: 500,
    text: {
      vi: 'Lỗi không lường trước khi trích xuất. Yêu cầu được giữ và chạy lại; chi tiết nằm trong nhật ký máy chủ.',
      en: 'An unforeseen fault stopped the extraction. The item is kept and runs again; the server log has the details.',
    },
  },
  NOTHING_IN_SPAN: {
    status: 404,
    text: {
      vi: 'Nguồn hình đã trả lời và không có dữ liệu nào trong khoảng thời gian yêu cầu.',
      en: 'The source answered and holds nothing in the requested span.',
    },
  },
  APPROVED_PART_OUTSIDE: {
    status: 422,
    text: {
      vi: 'Khoảng được duyệt phải nằm trong khoảng được yêu cầu và dài ít nhất {min_ms} ms. Chọn lại khoảng thời gian.',
      en: 'What is approved has to lie inside what was asked for and last at least {min_ms} ms. Choose the span again.',
    },
  },
  APPROVED_PART_OF_REFUSAL: {
    status: 422,
    text: {
      vi: 'Từ chối là từ chối toàn bộ. Muốn cho lấy một phần, hãy duyệt phần đó.',
      en: 'A refusal refuses everything. To let a part be taken, approve that part.',
    },
  },
  APPROVED_PART_OF_URGENT: {
    status: 409,
    text: {
      vi: 'Yêu cầu khẩn cấp đã được lấy trước khi duyệt nên không thu hẹp được nữa. Xác nhận toàn bộ, hoặc từ chối.',
      en: 'An urgent request is taken before it is decided and cannot be shortened any more. Confirm it whole, or refuse.',
    },
  },
  APPROVED_PARTS_APART: {
    status: 409,
    text: {
      vi: 'Đơn vị khác đã duyệt một phần không trùng với phần này, nên không còn gì để trích xuất. Thống nhất lại khoảng thời gian, hoặc từ chối.',
      en: 'Another unit approved a part that this one does not meet, so nothing would be left to take. Agree on a span, or refuse.',
    },
  },
  SOURCE_TOO_SLOW: {
    status: 504,
    text: {
      vi: 'Nguồn hình {address} gửi quá chậm: {media_s} giây hình trong {seconds} giây. Lần này dừng; sẽ thử lại. Kiểm tra đường truyền và thiết bị.',
      en: 'The footage source {address} sends too slowly: {media_s} s of footage in {seconds} s. This attempt stops; it will be tried again. Check the line and the device.',
    },
  },
  ITEM_DEADLINE: {
    status: 504,
    text: {
      vi: 'Lượt trích xuất chạy quá {minutes} phút và đã dừng. Sẽ thử lại; nếu lặp lại, hãy yêu cầu khoảng ngắn hơn.',
      en: 'The extraction ran longer than {minutes} minutes and was stopped. It will be tried again; if that repeats, ask for a shorter span.',
    },
  },
  ITEM_GIVEN_UP: {
    status: 409,
    text: {
      vi: 'Đã thôi không lấy nữa: {reason}',
      en: 'Given up by a person: {reason}',
    },
  },
  DERIVATIVE_LEFT_OUT: {
    status: 500,
    text: {
      vi: 'Đã lưu bản gốc, nhưng chưa tạo được bản xem nhanh: {reason}',
      en: 'The master is archived, but the playable copy could not be made: {reason}',
    },
  },
  CLIP_MISSING: {
    status: 404,
    text: {
      vi: 'Lượt trích xuất {item} chưa có đoạn hình (trạng thái: {state}).',
      en: 'Item {item} has no clip (state: {state}).',
    },
  },
  FILE_UNKNOWN: {
    status: 404,
    text: {
      vi: 'Gói chứng cứ không có tệp "{file}". Xem danh sách tệp của gói.',
      en: 'The package has no file "{file}". See the list of its files.',
    },
  },
  FILE_CHANGED: {
    status: 500,
    text: {
      vi: 'Tệp "{file}" trong kho không còn khớp mã băm đã ký. Dừng tải; báo ngay cho quản trị.',
      en: 'File "{file}" in the archive no longer matches its signed hash. The download stops; tell the administrator at once.',
    },
  },
});
