import { catalogue } from './entry.ts';

/** Errors of knowing the network: clocks read by eye, the work list, agreed retention. */
export const NETWORK_STATE_ERRORS = catalogue({
  UNKNOWN_CLOCK: {
    status: 404,
    text: {
      vi: 'Không có đồng hồ "{clock}". Mở lại từ trang của camera.',
      en: 'There is no clock "{clock}". Open it from the page of its camera.',
    },
  },
  CLOCK_CHALLENGE_EXPIRED: {
    status: 409,
    text: {
      vi: 'Mốc giờ máy chủ đã quá {minutes} phút hoặc đã dùng. Lấy mốc giờ mới rồi đọc lại đồng hồ thiết bị.',
      en: 'The server time is older than {minutes} minutes or was used already. Take a new one and read the device again.',
    },
  },
  CLOCK_SIGHT_IMPOSSIBLE: {
    status: 400,
    text: {
      vi: 'Thời điểm nhìn thấy nằm ngoài khoảng từ lúc lấy mốc giờ đến lúc gửi. Lấy mốc giờ mới rồi đọc lại.',
      en: 'The moment of seeing does not lie between taking the server time and sending it. Take a new one and read again.',
    },
  },
  HOST_CLOCK_NOT_SYNCHRONISED: {
    status: 409,
    text: {
      vi: 'Máy chủ chưa đồng bộ giờ nên không thể ghi độ lệch đồng hồ nào. Bật NTP trên máy chủ (xem "minhchung doctor").',
      en: 'This server’s own clock is not synchronised, so no offset can be recorded. Switch NTP on (see "minhchung doctor").',
    },
  },
  CLOCK_READING_OUT_OF_ORDER: {
    status: 409,
    text: {
      vi: 'Đồng hồ này đã có lần đọc muộn hơn. Đọc lại đồng hồ bây giờ.',
      en: 'There is a later reading of this clock already. Read it again now.',
    },
  },
  CAMERA_HAS_CLOCK: {
    status: 409,
    text: {
      vi: 'Camera {camera} đã có đồng hồ riêng trong sổ.',
      en: 'Camera {camera} has a clock of its own in the register already.',
    },
  },
  UNKNOWN_FINDING: {
    status: 404,
    text: {
      vi: 'Không có việc "{finding}" trong danh sách, hoặc đã đóng. Tải lại danh sách việc.',
      en: 'There is no open entry "{finding}" on the work list. Load the list again.',
    },
  },
  SNOOZE_TOO_LONG: {
    status: 400,
    text: {
      vi: 'Chỉ được tạm gác một việc trong tương lai và tối đa {days} ngày.',
      en: 'An entry can be put off to a time to come, {days} days ahead at most.',
    },
  },
});
