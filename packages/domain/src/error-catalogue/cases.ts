import { catalogue } from './entry.ts';

/** Errors of tips, incidents, cases, requests and decisions that need the register to be told. */
export const CASE_ERRORS = catalogue({
  UNKNOWN_TIP: {
    status: 404,
    text: {
      vi: 'Không có tin báo "{tip}" trong phạm vi của tài khoản này.',
      en: 'There is no tip "{tip}" within reach of this account.',
    },
  },
  UNKNOWN_INCIDENT: {
    status: 404,
    text: {
      vi: 'Không có vụ việc "{incident}" trong phạm vi của tài khoản này. Tạo vụ việc trước, hoặc chọn lại.',
      en: 'There is no incident "{incident}" within reach of this account. File it first, or choose another.',
    },
  },
  UNKNOWN_CASE: {
    status: 404,
    text: {
      vi: 'Không có hồ sơ "{case}" trong phạm vi của tài khoản này. Mở hồ sơ trước, hoặc chọn lại.',
      en: 'There is no case "{case}" within reach of this account. Open it first, or choose another.',
    },
  },
  UNKNOWN_REQUEST: {
    status: 404,
    text: {
      vi: 'Không có yêu cầu trích xuất "{request}" trong phạm vi của tài khoản này.',
      en: 'There is no extraction request "{request}" within reach of this account.',
    },
  },
  CASE_NUMBER_EXISTS: {
    status: 409,
    text: {
      vi: 'Đơn vị đã có hồ sơ số {number}. Mở hồ sơ đó, hoặc dùng số khác.',
      en: 'The unit already has a case numbered {number}. Open that one, or use another number.',
    },
  },
  CASE_OF_OTHER_UNIT: {
    status: 403,
    text: {
      vi: 'Hồ sơ {case} thuộc đơn vị {unit}, không phải đơn vị của yêu cầu. Dùng hồ sơ của đơn vị mình.',
      en: 'Case {case} belongs to unit {unit}, not to the unit that asks. Use a case of your own unit.',
    },
  },
  CASE_CLOSED: {
    status: 409,
    text: {
      vi: 'Hồ sơ {case} đã đóng nên không nhận thêm yêu cầu. Mở hồ sơ mới.',
      en: 'Case {case} is closed and takes no more requests. Open a new case.',
    },
  },
  CASE_NOT_PROVISIONAL: {
    status: 409,
    text: {
      vi: 'Hồ sơ {case} đã có số chính thức.',
      en: 'Case {case} already has an official number.',
    },
  },
  INCIDENT_OF_OTHER_UNIT: {
    status: 403,
    text: {
      vi: 'Vụ việc {incident} thuộc đơn vị khác với hồ sơ. Chỉ gắn vụ việc của cùng đơn vị.',
      en: 'Incident {incident} belongs to another unit than the case. Link incidents of the same unit only.',
    },
  },
  INCIDENT_CLARIFIED: {
    status: 409,
    text: {
      vi: 'Vụ việc {incident} đã được ghi nhận làm rõ. Mỗi vụ việc chỉ tính một lần.',
      en: 'Incident {incident} has been recorded as clarified. Each incident counts once.',
    },
  },
  CLARIFIED_BEFORE_START: {
    status: 422,
    text: {
      vi: 'Vụ việc {incident} không thể được làm rõ trước khi bắt đầu. Nhập thời điểm không sớm hơn {start}.',
      en: 'Incident {incident} cannot have been clarified before it began. Give a time not before {start}.',
    },
  },
  POSITION_MISSING: {
    status: 422,
    text: {
      vi: 'Chưa có vị trí và thời gian. Chọn vụ việc, hoặc nhập cả vị trí và khoảng thời gian.',
      en: 'Place and time are missing. Name an incident, or give both a position and a span.',
    },
  },
  CAMERA_RETIRED: {
    status: 409,
    text: {
      vi: 'Camera {camera} đã ngừng sử dụng. Chọn camera khác, hoặc bỏ dòng này.',
      en: 'Camera {camera} is retired. Choose another, or remove it here.',
    },
  },
  CAMERA_ASKED_ALREADY: {
    status: 409,
    text: {
      vi: 'Camera {camera} đã được yêu cầu cho khoảng thời gian trùng trong {number} ({state}). Kiểm tra trước khi gửi thêm.',
      en: 'Camera {camera} is already asked for an overlapping span in {number} ({state}). Look there before asking again.',
    },
  },
  REQUEST_PROBLEMS: {
    status: 422,
    text: {
      vi: 'Yêu cầu có {count} lỗi và chưa được gửi. Dữ liệu đã nhập được giữ nguyên; sửa các lỗi rồi gửi lại.',
      en: 'The request has {count} problems and was not submitted. Nothing entered is lost; mend them and submit again.',
    },
  },
  NOT_THE_REQUESTER: {
    status: 403,
    text: {
      vi: 'Chỉ người đã gửi yêu cầu {request} được hủy yêu cầu đó.',
      en: 'Only who submitted request {request} may cancel it.',
    },
  },
  OWNER_ASKS_FIRST: {
    status: 409,
    text: {
      vi: 'Chủ camera {camera} yêu cầu hỏi trước từng lần. Lượt trích xuất chờ chủ camera đồng ý.',
      en: 'The owner of camera {camera} wants to be asked each time. The item waits for the owner to agree.',
    },
  },
  ITEM_REFUSED: {
    status: 409,
    text: { vi: '{unit} từ chối: {reason}', en: 'Refused by {unit}: {reason}' },
  },
  ITEM_CANCELLED: {
    status: 409,
    text: { vi: 'Người yêu cầu hủy: {reason}', en: 'Cancelled by the requester: {reason}' },
  },
});
