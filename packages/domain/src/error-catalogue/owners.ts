import { catalogue } from './entry.ts';

/** Errors of owners: registering, links, answers, attestations. Public ones never tell who is registered. */
export const OWNER_ERRORS = catalogue({
  FORM_TOO_OLD: {
    status: 422,
    text: {
      vi: 'Biểu mẫu đã mở quá lâu hoặc không phải do trang này cấp. Mở lại trang đăng ký và điền lại.',
      en: 'The form was open for too long, or was not given out by this page. Open the registration page again and fill it in anew.',
    },
  },
  REGISTRATIONS_FULL: {
    status: 429,
    text: {
      vi: 'Hôm nay đã nhận đủ số đăng ký qua mạng. Thử lại vào ngày mai, hoặc đến trụ sở công an phường.',
      en: 'As many registrations as can be taken in one day have come in. Try again tomorrow, or come to the ward police office.',
    },
  },
  UNKNOWN_REGISTRATION: {
    status: 404,
    text: {
      vi: 'Không có đăng ký "{registration}". Chọn lại từ danh sách đăng ký đang chờ.',
      en: 'There is no registration "{registration}". Choose one from the list of those waiting.',
    },
  },
  REGISTRATION_DECIDED: {
    status: 409,
    text: {
      vi: 'Đăng ký này đã được xử lý ({state}). Tải lại danh sách.',
      en: 'This registration has been dealt with already ({state}). Load the list again.',
    },
  },
  REGISTRATION_NOT_PLACED: {
    status: 422,
    text: {
      vi: 'Chủ camera không ghi toạ độ. Đặt camera lên bản đồ rồi xác nhận lại.',
      en: 'The owner gave no coordinates. Place the camera on the map, then confirm again.',
    },
  },
  UNKNOWN_OWNER: {
    status: 404,
    text: {
      vi: 'Không có chủ camera "{owner}". Chọn lại từ danh sách.',
      en: 'There is no owner "{owner}". Choose one from the list.',
    },
  },
  OWNER_LINK_INVALID: {
    status: 404,
    text: {
      vi: 'Liên kết không đúng, đã dùng hoặc đã hết hạn. Liên hệ công an phường để nhận liên kết mới.',
      en: 'The link is wrong, used or expired. Ask the ward police for a new one.',
    },
  },
  OWNER_NOT_SIGNED_IN: {
    status: 401,
    text: {
      vi: 'Phiên của chủ camera đã kết thúc. Mở liên kết mới do công an phường gửi.',
      en: "The owner's session has ended. Open a new link from the ward police.",
    },
  },
  OWNER_REFUSED: {
    status: 403,
    text: {
      vi: 'Chủ camera {camera} không đồng ý cho trích xuất: {reason}. Nếu vẫn cần, lập yêu cầu mới theo lệnh của cơ quan có thẩm quyền.',
      en: 'The owner of camera {camera} does not agree to this extraction: {reason}. If it is still needed, file a new request under a lawful order.',
    },
  },
  NOTHING_TO_ANSWER: {
    status: 409,
    text: {
      vi: 'Yêu cầu này không chờ chủ camera trả lời (đã trả lời, đã kết thúc hoặc không hỏi). Tải lại trang.',
      en: 'This request does not wait for an answer of the owner (answered, ended, or not asked). Load the page again.',
    },
  },
  UNKNOWN_HANDOVER: {
    status: 404,
    text: {
      vi: 'Không có liên kết "{link}" đang chờ giao. Có thể đã được giao; tạo liên kết mới nếu cần.',
      en: 'There is no link "{link}" waiting to be handed over. It may have been handed over; make a new one if needed.',
    },
  },
  ATTESTATION_NOT_YET: {
    status: 422,
    text: {
      vi: 'Thời điểm kiểm tra nằm trong tương lai hoặc trước khi camera được đăng ký. Sửa ngày giờ.',
      en: 'The time of the visit lies in the future, or before the camera was registered. Correct date and time.',
    },
  },
});
