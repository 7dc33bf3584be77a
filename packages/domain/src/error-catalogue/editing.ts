import { catalogue } from './entry.ts';

/** Errors of changing the register by hand. */
export const EDITING_ERRORS = catalogue({
  EDIT_CONFLICT: {
    status: 409,
    text: {
      vi: 'Bản ghi này đã được người khác sửa sau khi bạn mở. Chưa có gì của bạn được lưu, cũng không có gì bị ghi đè. So sánh với bản hiện tại kèm theo, sửa lại và lưu với phiên bản {version}.',
      en: 'Somebody changed this record after you opened it. Nothing of yours was saved and nothing was overwritten. Compare with the present record in this answer, and save again with version {version}.',
    },
  },
  DEVICE_REGISTERED: {
    status: 409,
    text: {
      vi: 'Thiết bị ở địa chỉ này đã đăng ký là đầu ghi {other} (camera {camera}) và liên quan đến camera hộ gia đình; không thể đăng ký lần nữa thành đầu ghi {recorder}. Dùng mã đầu ghi {other}, sửa địa chỉ, hoặc ngừng sử dụng camera kia trước.',
      en: 'The device at this address is registered as recorder {other} (camera {camera}), and a household camera is concerned; it cannot be registered again as recorder {recorder}. Use recorder code {other}, correct the address, or retire the other camera first.',
    },
  },
  DEVICE_OF_HOUSEHOLD: {
    status: 409,
    text: {
      vi: 'Thiết bị của đầu ghi {recorder} từng mang camera hộ gia đình {other}, nên camera cộng đồng {camera} không được dùng nó (hoặc kênh đó), kể cả khi camera kia đã ngừng sử dụng hay chuyển chỗ. Nếu thiết bị nay là của phường, hoặc ở địa chỉ này là thiết bị khác, nhờ người quản trị giải phóng thiết bị; nếu không, sửa địa chỉ hoặc kênh.',
      en: 'The device of recorder {recorder} carried the household camera {other}, so community camera {camera} cannot use it (or that channel), though the other camera was retired or moved. If the device is the ward’s now, or another one is at this address, have an administrator release it; else correct the address or the channel.',
    },
  },
  RELEASE_BY_TECHNICIAN: {
    status: 403,
    text: {
      vi: 'Người giải phóng thiết bị của hộ gia đình không được vừa là kỹ thuật viên: việc này cần hai người. Nhờ một quản trị khác.',
      en: 'Whoever releases a household’s device may not be a technician as well: this takes two people. Ask another administrator.',
    },
  },
  NOTHING_TO_RELEASE: {
    status: 409,
    text: {
      vi: 'Không có gì để giải phóng ở thiết bị của đầu ghi {recorder}: nó chưa từng mang camera hộ gia đình, đã được giải phóng, hoặc camera hộ gia đình vẫn đang dùng nó. Ngừng sử dụng camera đó trước.',
      en: 'There is nothing to release at the device of recorder {recorder}: no household’s camera was behind it, it was released, or the household’s camera still is behind it. Retire that camera first.',
    },
  },
  ADDRESS_NEEDS_ACCOUNT: {
    status: 409,
    text: {
      vi: 'Địa chỉ hoặc mạng của đầu ghi {recorder} thay đổi; mật khẩu đã lưu không được gửi đến nơi khác. Nhập lại tài khoản và mật khẩu cùng với địa chỉ mới.',
      en: 'The address or network of recorder {recorder} changes, and the stored password is sent nowhere else. Enter user name and password again together with the new address.',
    },
  },
  CAMERA_HAS_OPEN_ITEMS: {
    status: 409,
    text: {
      vi: 'Camera {camera} còn {items} lượt trích xuất chưa xong. Chờ chúng có kết quả hoặc huỷ yêu cầu, rồi mới ngừng sử dụng camera.',
      en: 'Camera {camera} has {items} extraction items without an outcome. Wait for them, or cancel the request, before retiring the camera.',
    },
  },
  RECORDER_KIND_ADDRESS: {
    status: 422,
    text: {
      vi: 'Đầu ghi {recorder}: thư mục ghi hình chỉ dành cho (và bắt buộc với) đầu ghi loại "folder". Sửa loại hoặc thư mục.',
      en: 'Recorder {recorder}: a recording folder belongs to recorders of kind "folder", and to them always. Correct the kind or the folder.',
    },
  },
  CAMERA_WITHOUT_ADDRESS: {
    status: 409,
    text: {
      vi: 'Camera {camera} được kết nối trực tiếp nhưng đầu ghi {recorder} không có địa chỉ thiết bị. Nhập địa chỉ, hoặc đổi cách kết nối thành "chỉ chủ camera".',
      en: 'Camera {camera} is to be reached by this system, but recorder {recorder} has no device address. Enter the address, or set the reach to owner_only.',
    },
  },
  CAMERA_WITHOUT_AGREEMENT: {
    status: 409,
    text: {
      vi: 'Camera {camera} là của hộ gia đình đã rút thoả thuận, nên chỉ chủ camera kết nối được. Nhập thoả thuận mới của chủ camera trước.',
      en: 'Camera {camera} is of a household that withdrew its agreement, so only its owner reaches it. Enter a new agreement of the owner first.',
    },
  },
  SCHEME_END_INVALID: {
    status: 422,
    text: {
      vi: 'Ngày kết thúc mô hình {scheme} phải sau ngày ra mắt và không ở tương lai; chỉ mô hình đã kết thúc mới có ngày này.',
      en: 'The end of scheme {scheme} must lie after its launch and not in the future; only an ended scheme has one.',
    },
  },
  SITE_OF_OTHER_UNIT: {
    status: 409,
    text: {
      vi: 'Điểm nhân rộng "{site}" không thuộc đơn vị của mô hình này. Chọn mô hình cùng đơn vị.',
      en: 'Site "{site}" belongs to a scheme of another unit. Choose a scheme of the same unit.',
    },
  },
  OWNER_NAME_FIXED: {
    status: 409,
    text: {
      vi: 'Chủ camera "{owner}" đã ký thoả thuận cho camera {camera}; thoả thuận không chuyển sang tên khác. Nếu là người khác, thêm chủ mới và thoả thuận mới; nếu chỉ sửa lỗi chính tả, ghi rõ đây là sửa lỗi.',
      en: 'Owner "{owner}" made an agreement for camera {camera}, which does not pass to another name. For another person add a new owner with a new agreement; for a misspelling, mark the change as a correction.',
    },
  },
  AGREEMENT_TERM_INVALID: {
    status: 422,
    text: {
      vi: 'Bản thoả thuận phải kết thúc sau ngày bắt đầu, và ngày xác nhận, ngày thông báo không ở tương lai. Sửa các ngày rồi lưu lại.',
      en: 'An agreement must end after it begins, and neither confirmation nor notice lies in the future. Correct the dates and save again.',
    },
  },
  ORDER_ACCOUNT_UNNEEDED: {
    status: 409,
    text: {
      vi: 'Lượt trích xuất này không cần tài khoản riêng theo lệnh: yêu cầu không dựa trên lệnh đã được người thứ hai duyệt, lượt đã có kết quả, hoặc đầu ghi đã có tài khoản. Kiểm tra yêu cầu {request}.',
      en: 'This item needs no account of its own: its request does not rest on a lawful order that a second person approved, it has its outcome, or the recorder has an account. Check request {request}.',
    },
  },
  KEY_IN_USE: {
    status: 409,
    text: {
      vi: 'Còn {count} mật khẩu thiết bị được niêm phong bằng khóa cũ; chưa huỷ khóa. Chạy lại lệnh "keys rotate-credentials" cho xong trước.',
      en: '{count} device passwords are still sealed with the old key; it was not destroyed. Run "keys rotate-credentials" to its end first.',
    },
  },
});
