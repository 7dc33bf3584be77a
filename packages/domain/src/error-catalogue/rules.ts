import { catalogue } from './entry.ts';

/** Errors of the product's own rules: times, spans, requests, decisions, states, names. */
export const RULE_ERRORS = catalogue({
  TIME_INVALID: {
    status: 422,
    text: {
      vi: 'Thời điểm "{text}" không hợp lệ. Viết theo dạng: {expected}.',
      en: 'The time "{text}" is not valid. Write it as: {expected}.',
    },
  },
  SPAN_REVERSED: {
    status: 422,
    text: {
      vi: 'Khoảng thời gian kết thúc trước khi bắt đầu. Đổi lại hai mốc thời gian.',
      en: 'The span ends before it starts. Exchange the two times.',
    },
  },
  SPAN_EMPTY: {
    status: 422,
    text: {
      vi: 'Khoảng thời gian bắt đầu và kết thúc cùng một lúc. Chọn mốc kết thúc muộn hơn.',
      en: 'The span starts and ends at the same instant. Choose a later end.',
    },
  },
  SPAN_IN_FUTURE: {
    status: 422,
    text: {
      vi: 'Khoảng thời gian kết thúc lúc {end}, sau thời điểm hiện tại. Chỉ yêu cầu hình ảnh đã được ghi.',
      en: 'The span ends at {end}, after the present moment. Ask only for what has been recorded.',
    },
  },
  SPAN_TOO_OLD: {
    status: 422,
    text: {
      vi: 'Khoảng thời gian bắt đầu lúc {start}, trước khi có hệ thống camera. Kiểm tra lại năm.',
      en: 'The span starts at {start}, before any camera recorded. Check the year.',
    },
  },
  SPAN_TOO_LONG: {
    status: 422,
    text: {
      vi: 'Khoảng thời gian dài {length_min} phút, quá giới hạn {max_min} phút. Chia thành nhiều yêu cầu có lý do riêng.',
      en: 'The span is {length_min} minutes long, over the limit of {max_min} minutes. Split it into requests with a reason each.',
    },
  },
  CAMERA_MISSING: {
    status: 422,
    text: {
      vi: 'Yêu cầu chưa có camera nào. Chọn ít nhất một camera.',
      en: 'The request names no camera. Choose at least one.',
    },
  },
  CAMERA_TWICE: {
    status: 422,
    text: {
      vi: 'Camera {camera} được chọn hai lần. Bỏ bớt một lần.',
      en: 'Camera {camera} is chosen twice. Remove one of the two.',
    },
  },
  CAMERAS_TOO_MANY: {
    status: 422,
    text: {
      vi: 'Yêu cầu có {count} camera, quá giới hạn {max}. Bỏ bớt, hoặc lập thêm yêu cầu khác.',
      en: 'The request names {count} cameras, over the limit of {max}. Remove some, or file another request.',
    },
  },
  TEXT_MISSING: {
    status: 422,
    text: { vi: 'Chưa nhập mục "{field}".', en: 'The field "{field}" is empty. Fill it in.' },
  },
  TEXT_TOO_LONG: {
    status: 422,
    text: {
      vi: 'Mục "{field}" dài {length} ký tự, quá giới hạn {max}. Viết ngắn lại.',
      en: 'The field "{field}" has {length} characters, over the limit of {max}. Shorten it.',
    },
  },
  VALUE_UNKNOWN: {
    status: 422,
    text: {
      vi: 'Mục "{field}" không nhận giá trị "{value}". Giá trị được nhận: {allowed}.',
      en: 'The field "{field}" does not take "{value}". It takes: {allowed}.',
    },
  },
  CODE_INVALID: {
    status: 422,
    text: {
      vi: 'Mã "{value}" không hợp lệ. Chỉ dùng chữ không dấu, chữ số và dấu - _ . ở giữa.',
      en: 'The code "{value}" is not valid. Use unaccented letters, digits, and - _ . in between.',
    },
  },
  IDENTIFIER_INVALID: {
    status: 422,
    text: {
      vi: '"{value}" không phải là định danh của hệ thống này.',
      en: '"{value}" is not an identifier of this system.',
    },
  },
  REQUEST_NUMBER_INVALID: {
    status: 422,
    text: {
      vi: 'Số yêu cầu "{value}" không hợp lệ. Viết theo dạng TX-2026-P01-000123.',
      en: 'The request number "{value}" is not valid. Write it as TX-2026-P01-000123.',
    },
  },
  CLOCK_READING_INVALID: {
    status: 500,
    text: {
      vi: 'Lần đọc đồng hồ không dùng được: {reason}. Kiểm tra đồng hồ của máy chủ.',
      en: 'The clock reading cannot be used: {reason}. Check the clock of this host.',
    },
  },
  STATE_CONFLICT: {
    status: 409,
    text: {
      vi: 'Không thể thực hiện "{event}" khi đang ở trạng thái "{state}". Tải lại để xem trạng thái mới nhất.',
      en: '"{event}" is not possible in state "{state}". Reload to see what has happened meanwhile.',
    },
  },
  FORBIDDEN: {
    status: 403,
    text: {
      vi: 'Tài khoản không có vai trò được phép thực hiện "{action}". Vai trò được phép: {roles}.',
      en: 'The account has no role that may do "{action}". Roles that may: {roles}.',
    },
  },
  FORBIDDEN_UNIT: {
    status: 403,
    text: {
      vi: 'Tài khoản được phép "{action}" nhưng không phải ở đơn vị {unit}. Liên hệ đơn vị đó.',
      en: 'The account may do "{action}", but not at unit {unit}. Ask that unit.',
    },
  },
  FOOTAGE_NOT_FOR_ROLE: {
    status: 403,
    text: {
      vi: 'Vai trò {role} được xem thông tin về yêu cầu nhưng không được xem hình ảnh.',
      en: 'The role {role} sees facts about requests, but no footage.',
    },
  },
  SAME_PERSON: {
    status: 403,
    text: {
      vi: 'Người yêu cầu không được tự quyết định yêu cầu của mình, kể cả bằng tài khoản khác. Cần một người thứ hai.',
      en: 'Nobody decides on their own request, through another account neither. A second person must decide.',
    },
  },
  ALREADY_DECIDED: {
    status: 409,
    text: {
      vi: 'Đơn vị {unit} đã quyết định yêu cầu này.',
      en: 'Unit {unit} has already decided on this request.',
    },
  },
  NO_DECISION_NEEDED: {
    status: 409,
    text: {
      vi: 'Yêu cầu này không cần quyết định của đơn vị {unit}.',
      en: 'This request needs no decision of unit {unit}.',
    },
  },
  OTHER_UNIT_UNDECIDED: {
    status: 409,
    text: {
      vi: 'Camera thuộc đơn vị {unit}; đơn vị này chưa quyết định. Chờ quyết định của họ.',
      en: 'The camera belongs to unit {unit}, which has not decided yet. Wait for its decision.',
    },
  },
  NOT_APPROVED: {
    status: 403,
    text: {
      vi: 'Yêu cầu chưa được phê duyệt nên chưa thể xem hình ảnh.',
      en: 'The request is not approved yet, so its footage cannot be viewed.',
    },
  },
  URGENT_NOT_CONFIRMED: {
    status: 403,
    text: {
      vi: 'Yêu cầu khẩn không được xác nhận trong {hours} giờ nên không còn được xem hình ảnh.',
      en: 'The urgent request was not confirmed within {hours} hours, so its footage can no longer be viewed.',
    },
  },
  AGREEMENT_MISSING: {
    status: 409,
    text: {
      vi: 'Chủ camera chưa có bản thoả thuận. Cần thoả thuận hoặc lệnh của cơ quan có thẩm quyền.',
      en: 'The owner has made no agreement. An agreement or a lawful order is needed.',
    },
  },
  AGREEMENT_NOT_YET_VALID: {
    status: 409,
    text: {
      vi: 'Bản thoả thuận với chủ camera chưa có hiệu lực.',
      en: 'The agreement with the owner is not in force yet.',
    },
  },
  AGREEMENT_EXPIRED: {
    status: 409,
    text: {
      vi: 'Bản thoả thuận với chủ camera đã hết hạn. Cần gia hạn hoặc có lệnh của cơ quan có thẩm quyền.',
      en: 'The agreement with the owner has expired. Renew it, or have a lawful order.',
    },
  },
  AGREEMENT_WITHDRAWN: {
    status: 409,
    text: {
      vi: 'Chủ camera đã rút bản thoả thuận. Cần thoả thuận mới hoặc lệnh của cơ quan có thẩm quyền.',
      en: 'The owner has withdrawn the agreement. A new one or a lawful order is needed.',
    },
  },
  AGREEMENT_NOT_CONFIRMED: {
    status: 409,
    text: {
      vi: 'Bản thoả thuận chưa được chủ camera xác nhận lại trong năm qua. Liên hệ để xác nhận.',
      en: 'The owner has not confirmed the agreement within the last year. Ask for the confirmation.',
    },
  },
  AGREEMENT_PURPOSE: {
    status: 409,
    text: {
      vi: 'Bản thoả thuận không cho phép mục đích "{purpose}". Cần lệnh của cơ quan có thẩm quyền.',
      en: 'The agreement does not allow the purpose "{purpose}". A lawful order is needed.',
    },
  },
  AGREEMENT_HOURS: {
    status: 409,
    text: {
      vi: 'Bản thoả thuận không cho phép lấy hình ảnh trong khung giờ này. Rút ngắn khoảng thời gian hoặc có lệnh.',
      en: 'The agreement does not allow footage of these hours. Shorten the span, or have a lawful order.',
    },
  },
});
