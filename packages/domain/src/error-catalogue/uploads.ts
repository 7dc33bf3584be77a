import { catalogue } from './entry.ts';

/** Errors of footage that people hand in. Those of links never tell what there is. */
export const UPLOAD_ERRORS = catalogue({
  AWAITS_UPLOAD: {
    status: 409,
    text: {
      vi: 'Chỉ chủ camera {camera} lấy được hình. Tạo liên kết gửi hình cho chủ camera, hoặc nộp tệp tại quầy; lượt này chạy tiếp khi có tệp.',
      en: 'Only the owner of camera {camera} can get at its footage. Make a link for the owner to send it, or hand a file in at the desk; the item goes on when a file is here.',
    },
  },
  UPLOAD_OUTSIDE_SPAN: {
    status: 422,
    text: {
      vi: 'Theo giờ đã khai, các tệp đã nộp không có hình nào trong khoảng được duyệt. Sửa giờ đã khai rồi chạy lại, hoặc nộp tệp khác.',
      en: 'By the times declared, the files handed in show nothing of the approved span. Correct the declared time and try again, or hand in another file.',
    },
  },
  UPLOAD_CANNOT_BE_SHORTENED: {
    status: 422,
    text: {
      vi: 'Chỉ một phần khoảng yêu cầu được duyệt, mà không đọc được tệp đã nộp nên không cắt được phần đó. Xin duyệt cả khoảng, hoặc nộp một tệp đọc được.',
      en: 'Only a part of the span was approved, and the file handed in cannot be read, so that part cannot be cut out of it. Have the whole span approved, or hand in a file that can be read.',
    },
  },
  UPLOAD_LINK_INVALID: {
    status: 404,
    text: {
      vi: 'Liên kết gửi hình không đúng, đã dùng hoặc đã hết hạn. Liên hệ công an phường để nhận liên kết mới.',
      en: 'The link for sending footage is wrong, used or expired. Ask the ward police for a new one.',
    },
  },
  UPLOAD_NOT_APPROVED: {
    status: 409,
    text: {
      vi: 'Yêu cầu này chưa được duyệt, nên chưa nhận hình. Chờ quyết định rồi nộp lại.',
      en: 'This request has not been approved yet, so no footage is taken for it. Wait for the decision, then hand it in.',
    },
  },
  UPLOAD_ITEM_ENDED: {
    status: 409,
    text: {
      vi: 'Lượt trích xuất này đã kết thúc ({state}), không nhận thêm hình. Nếu vẫn cần, lập yêu cầu mới.',
      en: 'This item has ended ({state}) and takes no more footage. If it is still needed, file a new request.',
    },
  },
  UPLOAD_UNKNOWN: {
    status: 404,
    text: {
      vi: 'Không có tệp đang gửi này. Có thể đã bị xoá vì bỏ dở quá lâu; gửi lại từ đầu.',
      en: 'There is no such upload. It may have been removed because it was left unfinished for too long; send it anew.',
    },
  },
  UPLOAD_EXPIRED: {
    status: 410,
    text: {
      vi: 'Thời hạn gửi tệp này đã hết và phần đã gửi đã bị xoá. Gửi lại từ đầu.',
      en: 'The time for sending this file is over and what came of it was removed. Send it anew.',
    },
  },
  UPLOAD_TOO_LARGE: {
    status: 413,
    text: {
      vi: 'Tệp quá lớn: tối đa {size_bytes_max} byte. Xuất đoạn ngắn hơn, hoặc chia thành nhiều tệp.',
      en: 'The file is too large: {size_bytes_max} bytes at most. Export a shorter stretch, or several files.',
    },
  },
  UPLOAD_TOO_MANY: {
    status: 429,
    text: {
      vi: 'Đã có đủ {count_max} tệp cho lượt này hoặc đang gửi quá nhiều tệp cùng lúc. Gửi xong tệp trước, hoặc xoá bớt.',
      en: 'There are {count_max} files already, for this item or on their way at once. Finish or remove one first.',
    },
  },
  UPLOAD_EMPTY: {
    status: 422,
    text: {
      vi: 'Tệp trống. Kiểm tra lại tệp đã xuất từ đầu ghi rồi chọn lại.',
      en: 'The file is empty. Look at what the recorder exported and choose again.',
    },
  },
  UPLOAD_BUSY: {
    status: 423,
    text: {
      vi: 'Tệp này đang được gửi từ một cửa sổ hoặc thiết bị khác. Chờ vài giây rồi thử lại.',
      en: 'This file is being sent from another window or device. Wait some seconds and try again.',
    },
  },
  UPLOAD_NO_SPACE: {
    status: 507,
    text: {
      vi: 'Máy chủ hết chỗ chứa. Phần đã gửi được giữ lại; thử lại sau. Người quản trị cần giải phóng ổ đĩa.',
      en: 'The server has no room left. What was sent is kept; try again later. An administrator must free disk space.',
    },
  },
  UPLOAD_CHANGED: {
    status: 500,
    text: {
      vi: 'Tệp đã nộp không còn như khi nhận (mã băm khác). Không dùng tệp này; gửi lại và báo người quản trị.',
      en: 'The file handed in is no longer what was received (its hash differs). It is not used; send it again and tell an administrator.',
    },
  },
  UPLOAD_TIME_INVALID: {
    status: 422,
    text: {
      vi: 'Giờ bắt đầu của tệp không đọc được hoặc nằm trong tương lai. Ghi như 22/11/2026 14:05:30, theo đồng hồ đã chọn.',
      en: 'The start of the file cannot be read, or lies in the future. Write it like 22/11/2026 14:05:30, by the clock you chose.',
    },
  },
  UPLOAD_CLOCK_DIFFERS: {
    status: 422,
    text: {
      vi: 'Các tệp của một lượt phải khai theo cùng một đồng hồ. Tệp trước khai theo đồng hồ khác; khai lại hoặc xoá tệp trước.',
      en: 'All files of one item must be dated by the same clock. An earlier one was dated by the other; declare anew, or remove the earlier file.',
    },
  },
  UPLOAD_NOTHING_TO_FINISH: {
    status: 409,
    text: {
      vi: 'Chưa có tệp nào gửi xong để chuyển đi xử lý. Gửi ít nhất một tệp.',
      en: 'No file has come in whole yet. Send at least one.',
    },
  },
  UPLOAD_OWNER_NOT_TOLD: {
    status: 409,
    text: {
      vi: 'Việc báo cho chủ camera đang được hoãn, nên chưa gửi liên kết cho chủ camera. Nộp tệp tại quầy, hoặc chờ hết thời hạn hoãn.',
      en: 'Telling the owner has been put off, so no link can go to the owner. Hand the file in at the desk, or wait until the delay is over.',
    },
  },
  UPLOAD_NO_OWNER: {
    status: 422,
    text: {
      vi: 'Camera {camera} không có chủ được ghi. Nộp tệp tại quầy.',
      en: 'No owner is registered for camera {camera}. Hand the file in at the desk.',
    },
  },
});
