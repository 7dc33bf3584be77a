import { catalogue } from './entry.ts';

/** Errors of recorders that play at an address of their maker's own, and of finding out how they count time. */
export const PLAYBACK_ERRORS = catalogue({
  PLAYBACK_TEMPLATE_INVALID: {
    status: 422,
    text: {
      vi: 'Mẫu địa chỉ xem lại không dùng được: {reason_vi}. Viết như /cam/playback?channel={channel}&starttime={start:underscore}&endtime={end:underscore}.',
      en: 'The playback template cannot be used: {reason}. Write it as /cam/playback?channel={channel}&starttime={start:underscore}&endtime={end:underscore}.',
    },
  },
  RECORDER_KIND_PLAYBACK: {
    status: 422,
    text: {
      vi: 'Đầu ghi {recorder}: địa chỉ xem lại của hãng chỉ dành cho (và bắt buộc với) đầu ghi loại "playback_url". Sửa loại hoặc phần playback.',
      en: 'Recorder {recorder}: a playback address of its maker belongs to recorders of kind "playback_url", and to them always. Correct the kind or the playback part.',
    },
  },
  RECORDER_WITHOUT_ONVIF: {
    status: 409,
    text: {
      vi: 'Đầu ghi {recorder} chỉ kết nối bằng RTSP, không có ONVIF để hỏi. Thử nó bằng "minhchung calibrate {recorder}".',
      en: 'Recorder {recorder} is reached by RTSP alone and has no ONVIF to ask. Try it with "minhchung calibrate {recorder}".',
    },
  },
  PLAYBACK_CHANNEL_UNKNOWN: {
    status: 422,
    text: {
      vi: 'Kênh "{channel}" của đầu ghi {recorder} không phải là số kênh. Ghi số kênh (1, 2, …) như trên đầu ghi.',
      en: 'Channel "{channel}" of recorder {recorder} is no channel number. Enter its number (1, 2, …) as the recorder shows it.',
    },
  },
  PLAYBACK_NOT_CALIBRATED: {
    status: 409,
    text: {
      vi: 'Chưa biết đầu ghi {recorder} hiểu giờ trong địa chỉ xem lại theo cách nào, nên không lấy hình từ nó. Kỹ thuật viên chạy "minhchung calibrate {recorder}", rồi chạy lại lượt trích xuất.',
      en: 'Nobody has found out how recorder {recorder} reads the time in its playback address, so nothing is taken from it. A technician runs "minhchung calibrate {recorder}", then the item is run again.',
    },
  },
  PLAYBACK_FINDING_STALE: {
    status: 409,
    text: {
      vi: 'Đầu ghi {recorder} đã đổi từ lần hiệu chỉnh trước ({reason_vi}), nên cách hiểu giờ đã biết không còn chắc chắn. Kỹ thuật viên chạy lại "minhchung calibrate {recorder}".',
      en: 'Recorder {recorder} changed since it was calibrated ({reason}), so what was known of its times no longer counts. A technician runs "minhchung calibrate {recorder}" again.',
    },
  },
  PLAYBACK_TIMES_DISAGREE: {
    status: 502,
    text: {
      vi: 'Thời gian của hình từ đầu ghi {address} mâu thuẫn nhau ({reason_vi}), nên không biết hình là của lúc nào và không lấy. Hiệu chỉnh lại đầu ghi; nếu vẫn vậy, chép dữ liệu tại chỗ.',
      en: 'The times of frames from recorder {address} contradict one another ({reason}), so nobody knows when they are from and they are not taken. Calibrate it again; if that does not help, copy the footage on the spot.',
    },
  },
  PLAYBACK_NOTHING_CAME: {
    status: 502,
    text: {
      vi: 'Đầu ghi {address} không phát hình nào cho khoảng này, nhưng cũng không cho biết là nó không có: {reason_vi}. Xem thử bằng phần mềm của hãng.',
      en: "Recorder {address} played nothing of this span, and did not say that it holds nothing: {reason}. Look with the maker's own software.",
    },
  },
  CALIBRATION_NOT_PLAYBACK: {
    status: 409,
    text: {
      vi: 'Đầu ghi {recorder} không dùng địa chỉ xem lại của hãng, nên không cần hiệu chỉnh. Đổi loại đầu ghi thành playback_url nếu cần.',
      en: 'Recorder {recorder} is not played by an address of its maker, so there is nothing to calibrate. Set its kind to playback_url if it should be.',
    },
  },
  CALIBRATION_NOT_AGREED: {
    status: 403,
    text: {
      vi: 'Không phát lại hình của camera {camera} để hiệu chỉnh: đây là camera hộ gia đình và không có bản thoả thuận đang có hiệu lực. Nhập thoả thuận của chủ camera trước, hoặc hiệu chỉnh bằng kênh khác (--channel).',
      en: "Nothing of camera {camera} is played to calibrate its recorder: it is a household's camera and no agreement is in force. Enter its owner's agreement first, or calibrate by another channel (--channel).",
    },
  },
  CALIBRATION_CLOCK_UNKNOWN: {
    status: 409,
    text: {
      vi: 'Đồng hồ của đầu ghi {recorder} chưa được đo đủ chính xác (sai số {bound_s} giây), nên không hiệu chỉnh được. Đo đồng hồ trước: chờ lượt kiểm tra, chụp màn hình, hoặc "minhchung clock read".',
      en: 'The clock of recorder {recorder} is not known well enough (±{bound_s} s) to calibrate it. Measure it first: wait for a poll, take a photo of its screen, or run "minhchung clock read".',
    },
  },
  CALIBRATION_TOO_LITTLE_RECORDED: {
    status: 409,
    text: {
      vi: 'Đầu ghi {recorder} không có đủ hình ở hai thời điểm khác nhau trong các ngày qua để hiệu chỉnh. Kiểm tra nó có ghi hình liên tục không, số kênh {channel} có đúng không, rồi thử lại sau một ngày.',
      en: 'Recorder {recorder} does not play footage of two different times of the past days, which calibration needs. Check that it records all the time and that channel {channel} is right, and try again after a day.',
    },
  },
  CALIBRATION_AMBIGUOUS: {
    status: 409,
    text: {
      vi: 'Không kết luận được đầu ghi {recorder} hiểu giờ theo cách nào: {reason_vi}. Không đoán. Bảo đảm đầu ghi đang ghi hình, kiểm tra múi giờ và giờ mùa hè trên nó, rồi hiệu chỉnh lại.',
      en: 'It cannot be told how recorder {recorder} reads times: {reason}. Nothing is guessed. See that it is recording now, check its time zone and daylight saving, and calibrate again.',
    },
  },
  CALIBRATION_NEEDS_READING: {
    status: 409,
    text: {
      vi: 'Đầu ghi {recorder} không gửi thời gian đáng tin cùng hình ({reason_vi}). Xem hai đoạn ở hai thời điểm khác nhau, đọc giờ trên hình đầu tiên và nhập lại (--read). Thời điểm nên hỏi: {suggested}.',
      en: 'Recorder {recorder} sends no times with its pictures that can be trusted ({reason}). Play two stretches of two different times, read the clock off the first picture and enter it (--read). Times to ask for: {suggested}.',
    },
  },
  CALIBRATION_READING_CONTRADICTS: {
    status: 409,
    text: {
      vi: 'Giờ đọc trên hình của đầu ghi {recorder} không khớp với cách hiểu giờ nào ({reason_vi}). Đọc lại đúng hình đầu tiên; nếu vẫn vậy, đồng hồ trên hình hoặc múi giờ của thiết bị sai.',
      en: 'What was read off the pictures of recorder {recorder} agrees with no meaning of its times ({reason}). Read the very first picture again; if that stays, the clock in the picture or the zone of the device is wrong.',
    },
  },
});
