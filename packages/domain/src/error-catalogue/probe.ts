import { catalogue } from './entry.ts';

/** Errors of where devices may be reached, of their certificates, and of trying and finding them. */
export const PROBE_ERRORS = catalogue({
  ADDRESS_NOT_ALLOWED: {
    status: 422,
    text: {
      vi: 'Không kết nối tới {address}: {why_vi}. Kiểm tra lại địa chỉ; nếu thiết bị thật sự ở đó, nhờ người vận hành thêm dải địa chỉ vào mạng của thiết bị và vào tuỳ chọn devices.allowed_networks.',
      en: 'No connection is made to {address}: {why_en}. Check the address; if the device really is there, ask the operator to add its range to the network of the device and to the option devices.allowed_networks.',
    },
  },
  CERTIFICATE_CHANGED: {
    status: 502,
    text: {
      vi: 'Chứng thư của thiết bị {address} khác với chứng thư đã ghi nhớ, nên không gửi gì cho nó. Nếu thiết bị vừa được thay hoặc đặt lại, kỹ thuật viên so vân tay {fingerprint} trên màn hình thiết bị rồi xác nhận chứng thư mới; nếu không, có thể có máy khác đang giả làm thiết bị.',
      en: 'The certificate of device {address} is not the one remembered, so nothing was sent to it. If the device was replaced or reset, a technician compares the fingerprint {fingerprint} on the device itself and confirms the new certificate; if not, another machine may be posing as the device.',
    },
  },
  CERTIFICATE_UNKNOWN: {
    status: 404,
    text: {
      vi: 'Đầu ghi {recorder} chưa từng đưa ra chứng thư có vân tay này. Mở lại danh sách chứng thư của đầu ghi và chép đúng vân tay.',
      en: 'Recorder {recorder} has never shown a certificate with this fingerprint. Open the list of its certificates again and copy the fingerprint from there.',
    },
  },
  DEVICE_TLS_OLD: {
    status: 502,
    text: {
      vi: 'Không lập được kết nối mã hóa với thiết bị {address}: {reason_vi}. Cập nhật firmware và bật TLS 1.2 trên thiết bị, hoặc dùng địa chỉ http:// trong mạng camera riêng.',
      en: 'No encrypted connection to device {address} can be made: {reason}. Update its firmware and switch TLS 1.2 on, or use its http:// address within the separate camera network.',
    },
  },
  CIDR_INVALID: {
    status: 422,
    text: {
      vi: '"{cidr}" không phải là dải địa chỉ. Viết như 192.168.10.0/24 hoặc fd00:10::/64.',
      en: '"{cidr}" is no block of addresses. Write it as 192.168.10.0/24 or fd00:10::/64.',
    },
  },
  PROBE_RUNNING: {
    status: 409,
    text: {
      vi: 'Tài khoản này đang thử một thiết bị khác. Chờ lần thử đó xong rồi thử tiếp.',
      en: 'This account is already trying another device. Wait until that is done, then try again.',
    },
  },
  PROBE_TOO_OFTEN: {
    status: 429,
    text: {
      vi: 'Đã thử {max} thiết bị trong {window_minutes} phút qua. Chờ vài phút rồi thử tiếp.',
      en: '{max} devices were tried within the last {window_minutes} minutes. Wait a few minutes, then go on.',
    },
  },
  PROBE_DEVICE_BUSY: {
    status: 409,
    text: {
      vi: 'Thiết bị {device} đang được người khác thử. Chờ lần thử đó xong (nhiều nhất vài phút) rồi thử lại.',
      en: 'Device {device} is being tried by somebody else. Wait until that is done (a few minutes at most), then try again.',
    },
  },
  PROBE_ACCOUNT_REFUSED: {
    status: 409,
    text: {
      vi: 'Thiết bị {device} vừa từ chối tài khoản này, nên không gửi lại mật khẩu: thiết bị sẽ khóa sau vài lần sai. Sửa mật khẩu; nếu đã đặt lại mật khẩu ở thiết bị thì chọn "thử lại" (try_again, --try-again).',
      en: 'Device {device} refused this account a short while ago, so the password is not sent again: devices lock after a few wrong ones. Correct the password; if it was set anew on the device itself, say so (try_again, --try-again).',
    },
  },
  PROBE_WOULD_LOCK: {
    status: 429,
    text: {
      vi: 'Thiết bị {device} đã từ chối {max} lần trong {window_minutes} phút qua. Không gửi thêm mật khẩu nào để thiết bị không bị khóa: hỏi người quản lý mật khẩu đúng, rồi chờ hết thời gian đó.',
      en: 'Device {device} refused {max} times within the last {window_minutes} minutes. No further password is sent, so that it does not lock: ask who keeps it for the right one, and wait that time out.',
    },
  },
  PROBE_OWNERS_DEVICE: {
    status: 403,
    text: {
      vi: 'Không thử đầu ghi {recorder} bằng tài khoản đã lưu: mọi camera của nó là của hộ gia đình, đã rút thoả thuận hoặc chỉ chủ camera mới xem được. Xin chủ camera thoả thuận mới, hoặc ghi nhận tình trạng bằng lần đến kiểm tra.',
      en: "Recorder {recorder} is not tried with the account kept for it: every camera behind it is a household's whose agreement was withdrawn or which only its owner reaches. Ask the owner for a new agreement, or record its state by a visit.",
    },
  },
  STILL_CODES_LIMIT: {
    status: 429,
    text: {
      vi: 'Hôm nay đã tạo {max} mã cho camera {camera}, là mức tối đa. Dùng mã mới nhất, hoặc tạo mã khác vào ngày mai.',
      en: '{max} codes were made for camera {camera} within 24 hours, which is the most there may be. Use the newest one, or make another tomorrow.',
    },
  },
  STILL_NOT_ALLOWED: {
    status: 403,
    text: {
      vi: 'Không xem ảnh từ camera {camera}: đây là camera hộ gia đình và không có bản thoả thuận đang có hiệu lực. Nhập thoả thuận của chủ camera trước, hoặc xin chủ camera mã dùng một lần.',
      en: "No still is taken from camera {camera}: it is a household's camera and no agreement is in force. Enter its owner's agreement first, or ask the owner for a one-time code.",
    },
  },
  STILL_CODE_WRONG: {
    status: 403,
    text: {
      vi: 'Mã của chủ camera {camera} không đúng, đã dùng hoặc đã hết hạn. Xin chủ camera một mã mới.',
      en: 'The code of the owner of camera {camera} is wrong, used or too old. Ask the owner for a new one.',
    },
  },
  STILL_LIMIT: {
    status: 429,
    text: {
      vi: 'Đã xem {max} ảnh thử trong 24 giờ qua, là mức tối đa. Hãy kiểm tra góc nhìn tại chỗ, hoặc chờ đến ngày mai.',
      en: '{max} stills were looked at within the last 24 hours, which is the most there may be. Check the view on the spot, or wait until tomorrow.',
    },
  },
  STILL_UNUSABLE: {
    status: 502,
    text: {
      vi: 'Thiết bị không đưa ra ảnh dùng được: {reason_vi}. Xem thử luồng hình bằng phần mềm của hãng.',
      en: "The device gave no usable picture: {reason}. Look at its stream with the maker's own software.",
    },
  },
  DISCOVERY_OFF: {
    status: 409,
    text: {
      vi: 'Chưa khai báo cổng mạng nào để tìm thiết bị. Người vận hành ghi tên cổng mạng camera vào tuỳ chọn devices.discovery_interfaces; hiện có: {interfaces}.',
      en: 'No network interface is configured for discovery. The operator names the one of the camera network in the option devices.discovery_interfaces; there are: {interfaces}.',
    },
  },
  DISCOVERY_INTERFACE: {
    status: 422,
    text: {
      vi: 'Không tìm thiết bị qua cổng mạng {interface}: {reason_vi}. Các cổng được phép: {allowed}.',
      en: 'No discovery through interface {interface}: {reason}. Those allowed are: {allowed}.',
    },
  },
  RECORDER_WITHOUT_ADDRESS: {
    status: 409,
    text: {
      vi: 'Đầu ghi {recorder} chưa có địa chỉ thiết bị. Nhập địa chỉ của nó trước.',
      en: 'Recorder {recorder} has no device address. Enter its address first.',
    },
  },
});
