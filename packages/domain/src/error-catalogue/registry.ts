import { catalogue } from './entry.ts';

/** Errors of registering the camera network, and of naming what is not in it. */
export const REGISTRY_ERRORS = catalogue({
  UNKNOWN_UNIT: {
    status: 404,
    text: {
      vi: 'Không có đơn vị "{unit}". Tạo đơn vị trước, hoặc sửa mã.',
      en: 'There is no unit "{unit}". Create it first, or correct the code.',
    },
  },
  UNKNOWN_NETWORK: {
    status: 404,
    text: {
      vi: 'Không có mạng "{network}". Tạo mạng trước, hoặc sửa mã.',
      en: 'There is no network "{network}". Create it first, or correct the code.',
    },
  },
  UNKNOWN_SCHEME: {
    status: 404,
    text: {
      vi: 'Không có mô hình "{scheme}". Tạo mô hình trước, hoặc sửa mã.',
      en: 'There is no scheme "{scheme}". Create it first, or correct the code.',
    },
  },
  UNKNOWN_SITE: {
    status: 404,
    text: {
      vi: 'Không có điểm nhân rộng "{site}" trong mô hình này. Tạo điểm trước, hoặc sửa mã.',
      en: 'There is no site "{site}" in this scheme. Create it first, or correct the code.',
    },
  },
  UNKNOWN_CAMERA: {
    status: 404,
    text: {
      vi: 'Không có camera "{camera}". Chọn lại từ danh sách camera.',
      en: 'There is no camera "{camera}". Choose one from the list of cameras.',
    },
  },
  NETWORK_EXISTS: {
    status: 409,
    text: {
      vi: 'Đã có mạng mang mã {code}. Dùng mã khác.',
      en: 'Network code {code} is taken. Use another.',
    },
  },
  SCHEME_EXISTS: {
    status: 409,
    text: {
      vi: 'Đã có mô hình mang mã {code}. Dùng mã khác.',
      en: 'Scheme code {code} is taken. Use another.',
    },
  },
  SITE_EXISTS: {
    status: 409,
    text: {
      vi: 'Mô hình này đã có điểm mang mã {code}. Dùng mã khác.',
      en: 'This scheme already has a site with code {code}. Use another.',
    },
  },
  DEVICE_URL_INVALID: {
    status: 422,
    text: {
      vi: 'Địa chỉ thiết bị không hợp lệ. Viết dạng http://192.168.1.20/onvif/device_service, tối đa {max} ký tự.',
      en: 'The device address is not valid. Write it as http://192.168.1.20/onvif/device_service, at most {max} characters.',
    },
  },
  DEVICE_URL_WITH_ACCOUNT: {
    status: 422,
    text: {
      vi: 'Địa chỉ thiết bị không được chứa tài khoản và mật khẩu. Chuyển chúng sang cột riêng.',
      en: 'The device address must not contain user name and password. Move them to their own columns.',
    },
  },
  FOLDER_PATH_INVALID: {
    status: 422,
    text: {
      vi: 'Thư mục ghi hình phải là đường dẫn tuyệt đối, không có "..", ví dụ /srv/ghi-hinh/cam-01.',
      en: 'The recording folder must be an absolute path without "..", for example /srv/recordings/cam-01.',
    },
  },
  FOLDER_NOT_ALLOWED: {
    status: 422,
    text: {
      vi: 'Thư mục ghi hình của đầu ghi {recorder} không nằm trong các thư mục được phép đọc. Chọn thư mục nằm trong đó, hoặc nhờ người vận hành thêm thư mục vào tuỳ chọn registry.recording_roots.',
      en: 'The recording folder of recorder {recorder} lies in none of the folders that may be read. Choose one below them, or ask the operator to add it to the option registry.recording_roots.',
    },
  },
  FOLDER_PATTERN_INVALID: {
    status: 422,
    text: {
      vi: 'Mẫu tên tệp không dùng được. Ghi tên một kiểu có sẵn (mediamtx, mediamtx_unix, frigate, ffmpeg, ffmpeg_unix, files), hoặc mẫu cho biết năm, tháng, ngày, giờ, phút, giây, mỗi mục một lần (%Y %m %d %H %M %S, thêm %f nếu có; hoặc %s), ví dụ %Y-%m-%d_%H-%M-%S.mp4.',
      en: 'The file name pattern cannot be used. Enter the name of a known kind (mediamtx, mediamtx_unix, frigate, ffmpeg, ffmpeg_unix, files), or a pattern that tells year, month, day, hour, minute and second, each once (%Y %m %d %H %M %S, and %f if there is one; or %s), for example %Y-%m-%d_%H-%M-%S.mp4.',
    },
  },
  CAMERA_KIND_FIXED: {
    status: 409,
    text: {
      vi: 'Camera {camera} đã đăng ký là camera hộ gia đình; nhập tệp không thể biến nó thành camera cộng đồng, vì như vậy là bỏ qua chủ camera. Ghi lại "hộ gia đình"; nếu camera nay là của phường, phường quyết định ngừng sử dụng mã này và đăng ký lại bằng mã khác.',
      en: 'Camera {camera} is registered as a household camera; an import cannot make it a community one, for that would pass over its owner. Write "household" again; if it belongs to the ward now, the ward has to decide to retire this code and register the camera anew under another.',
    },
  },
  RECORDER_OF_HOUSEHOLD: {
    status: 409,
    text: {
      vi: 'Đầu ghi {recorder} là của hộ gia đình (camera {camera}); nhập tệp không thể thêm camera cộng đồng vào đó, vì hình ảnh của đầu ghi cần thoả thuận của chủ camera. Ghi "hộ gia đình" kèm thoả thuận, hoặc sửa mã đầu ghi.',
      en: 'Recorder {recorder} is a household\'s (camera {camera}); an import cannot add a community camera to it, for footage of that recorder needs its owner\'s agreement. Write "household" with an agreement, or correct the recorder code.',
    },
  },
  CAMERA_OWNER_FIXED: {
    status: 409,
    text: {
      vi: 'Bản thoả thuận của camera {camera} là của chủ đang đăng ký; tệp ghi tên chủ khác nhưng không có thoả thuận mới. Ghi lại tên chủ cũ, hoặc nhập thoả thuận của chủ mới cùng ngày bắt đầu.',
      en: "The agreement for camera {camera} was made by the registered owner; the file names another one without a new agreement. Write the registered owner again, or enter the new owner's agreement with the day it begins.",
    },
  },
  CREDENTIALS_WITHOUT_AGREEMENT: {
    status: 409,
    text: {
      vi: 'Mật khẩu của đầu ghi {recorder} không được lưu: không có camera nào của đầu ghi này là camera cộng đồng hoặc có thoả thuận của chủ camera đang có hiệu lực. Nhập thoả thuận mới của chủ camera trước, rồi nhập lại mật khẩu.',
      en: 'The password of recorder {recorder} is not kept: none of its cameras is a community camera or has an agreement of its owner in force. Import a new agreement of the owner first, then enter the password again.',
    },
  },
});
