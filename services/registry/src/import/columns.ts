/** What the cells of a column hold, and so how they are read. */
export type ColumnName =
  | 'camera_code'
  | 'camera_name'
  | 'kind'
  | 'unit_code'
  | 'scheme_code'
  | 'site_code'
  | 'coordinates'
  | 'latitude'
  | 'longitude'
  | 'aim_coordinates'
  | 'aim_latitude'
  | 'aim_longitude'
  | 'field_of_view_deg'
  | 'range_m'
  | 'network_code'
  | 'reach'
  | 'recorder_code'
  | 'recorder_name'
  | 'recorder_kind'
  | 'device_url'
  | 'username'
  | 'password'
  | 'source_token'
  | 'folder_path'
  | 'folder_pattern'
  | 'folder_zone'
  | 'playback_vendor'
  | 'playback_template'
  | 'owner_name'
  | 'owner_phone'
  | 'agreement_mode'
  | 'agreement_purposes'
  | 'agreement_audio'
  | 'agreement_valid_from'
  | 'agreement_valid_to';

export interface Column {
  readonly name: ColumnName;
  /** Heading in Vietnamese: accepted in a file, and shown to people. */
  readonly label_vi: string;
  /** Further headings people use. Case, diacritics and punctuation do not matter in any of them. */
  readonly aliases: readonly string[];
  readonly required: boolean;
  /** Never repeated in a report, an error or a log. */
  readonly secret: boolean;
}

function column(
  name: ColumnName,
  label_vi: string,
  aliases: readonly string[] = [],
  flags: { readonly required?: boolean; readonly secret?: boolean } = {},
): Column {
  return { name, label_vi, aliases, required: flags.required ?? false, secret: flags.secret ?? false };
}

/** Every column of the register, in the order in which the guide explains them. */
export const COLUMNS: readonly Column[] = [
  column('camera_code', 'Mã camera', ['mã mắt camera', 'mã số camera', 'mã cam', 'ký hiệu camera', 'code'], {
    required: true,
  }),
  column(
    'camera_name',
    'Tên camera',
    ['vị trí lắp đặt', 'vị trí lắp đặt camera', 'địa điểm lắp đặt', 'tên vị trí', 'tên mắt camera', 'name'],
    { required: true },
  ),
  column('kind', 'Loại camera', ['loại', 'phân loại', 'loại hình camera', 'camera kind'], { required: true }),
  column('unit_code', 'Mã đơn vị', ['mã phường', 'mã xã', 'mã phường xã', 'unit'], { required: true }),
  column('scheme_code', 'Mã mô hình', ['mô hình', 'scheme']),
  column('site_code', 'Mã điểm', ['mã điểm nhân rộng', 'điểm nhân rộng', 'site']),
  column('coordinates', 'Toạ độ', [
    'tọa độ gps',
    'vị trí gps',
    'gps',
    'tọa độ lắp đặt',
    'tọa độ camera',
    'google maps',
    'link google map',
    'coordinates',
  ]),
  column('latitude', 'Vĩ độ', ['lat', 'latitude_deg', 'tọa độ vĩ độ', 'tọa độ x'], { required: true }),
  column('longitude', 'Kinh độ', ['lon', 'lng', 'long', 'longitude_deg', 'tọa độ kinh độ', 'tọa độ y'], {
    required: true,
  }),
  column('aim_coordinates', 'Toạ độ điểm nhìn', ['tọa độ hướng nhìn']),
  column('aim_latitude', 'Vĩ độ điểm nhìn', ['vĩ độ hướng nhìn']),
  column('aim_longitude', 'Kinh độ điểm nhìn', ['kinh độ hướng nhìn']),
  column('field_of_view_deg', 'Góc nhìn', ['góc quan sát', 'góc quay', 'field of view']),
  column('range_m', 'Tầm xa', ['tầm nhìn', 'tầm quan sát', 'range']),
  column('network_code', 'Mã mạng', ['mạng', 'network'], { required: true }),
  column('reach', 'Cách kết nối', ['kết nối', 'hình thức kết nối']),
  column('recorder_code', 'Mã đầu ghi', ['đầu ghi', 'recorder']),
  column('recorder_name', 'Tên đầu ghi'),
  column('recorder_kind', 'Loại đầu ghi', [], { required: true }),
  column('device_url', 'Địa chỉ thiết bị', ['địa chỉ onvif', 'địa chỉ kết nối', 'url']),
  column('username', 'Tài khoản', ['tên đăng nhập', 'user']),
  column('password', 'Mật khẩu', ['pass', 'mật khẩu đăng nhập'], { secret: true }),
  column('source_token', 'Kênh', ['kênh ghi', 'kênh số', 'channel']),
  column('folder_path', 'Thư mục ghi hình', ['thư mục']),
  column('folder_pattern', 'Mẫu tên tệp'),
  column('folder_zone', 'Múi giờ tên tệp', ['múi giờ']),
  column('playback_vendor', 'Hãng đầu ghi', ['hãng', 'hãng sản xuất']),
  column('playback_template', 'Mẫu địa chỉ xem lại'),
  column('owner_name', 'Tên chủ camera', [
    'chủ camera',
    'họ tên chủ hộ',
    'chủ hộ',
    'họ và tên chủ hộ',
    'owner',
  ]),
  column('owner_phone', 'Điện thoại chủ camera', [
    'điện thoại',
    'số điện thoại',
    'sđt',
    'số điện thoại chủ hộ',
    'phone',
  ]),
  column('agreement_mode', 'Hình thức thoả thuận', ['thoả thuận', 'hình thức thỏa thuận', 'agreement']),
  column('agreement_purposes', 'Mục đích thoả thuận', ['mục đích']),
  column('agreement_audio', 'Được lấy âm thanh', ['âm thanh', 'cho phép lấy âm thanh', 'audio']),
  column('agreement_valid_from', 'Thoả thuận từ ngày', ['hiệu lực từ', 'thoả thuận từ']),
  column('agreement_valid_to', 'Thoả thuận đến ngày', ['hiệu lực đến', 'thoả thuận đến']),
];

const BY_NAME = new Map(COLUMNS.map((entry) => [entry.name, entry]));

/** The column of this name. */
export function columnOf(name: ColumnName): Column {
  return BY_NAME.get(name)!;
}

/** True for a text that names a column of the register. */
export function isColumnName(text: string): text is ColumnName {
  return BY_NAME.has(text as ColumnName);
}
