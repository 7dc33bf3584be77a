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
