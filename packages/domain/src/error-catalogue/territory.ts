import { catalogue } from './entry.ts';

/** Errors of units, their drawings, and changes of the map. */
export const TERRITORY_ERRORS = catalogue({
  BOUNDARY_NOT_GEOJSON: {
    status: 422,
    text: {
      vi: 'Ranh giới không phải hình GeoJSON dùng được: {reason}. Xuất lại dưới dạng Polygon hoặc MultiPolygon, hệ WGS 84.',
      en: 'The boundary is no usable GeoJSON: {reason}. Export it again as a Polygon or MultiPolygon in WGS 84.',
    },
  },
  BOUNDARY_TOO_LARGE: {
    status: 422,
    text: {
      vi: 'Ranh giới có quá nhiều điểm: tối đa {vertices_max} đỉnh và {rings_max} vòng. Giản lược hình (1 m là đủ) rồi gửi lại.',
      en: 'The boundary has too many points: at most {vertices_max} corners and {rings_max} rings. Simplify it (1 m is enough) and send it again.',
    },
  },
  BOUNDARY_POSITION_INVALID: {
    status: 422,
    text: {
      vi: 'Điểm thứ {position} của ranh giới ({value}) không phải toạ độ WGS 84 dạng [kinh độ, vĩ độ]. Nếu là VN-2000 thì chuyển sang WGS 84; nếu vĩ độ đứng trước thì đổi chỗ.',
      en: 'Point {position} of the boundary ({value}) is no WGS 84 position [longitude, latitude]. Convert it if it is VN-2000; swap the two if latitude comes first.',
    },
  },
  BOUNDARY_RING_OPEN: {
    status: 422,
    text: {
      vi: 'Một vòng ranh giới bắt đầu tại {longitude_deg}, {latitude_deg} không khép kín. Lặp lại điểm đầu ở cuối vòng.',
      en: 'A ring of the boundary that begins at {longitude_deg}, {latitude_deg} is not closed. Repeat its first point at its end.',
    },
  },
  BOUNDARY_RING_SHORT: {
    status: 422,
    text: {
      vi: 'Một vòng ranh giới tại {longitude_deg}, {latitude_deg} không bao quanh gì cả. Vòng cần ít nhất ba đỉnh không thẳng hàng; sửa hoặc bỏ vòng đó.',
      en: 'A ring of the boundary at {longitude_deg}, {latitude_deg} encloses nothing. A ring needs three corners not on one line; mend or remove it.',
    },
  },
  BOUNDARY_TOO_WIDE: {
    status: 422,
    text: {
      vi: 'Ranh giới rộng {extent_deg} độ, quá mức {extent_max_deg} độ. Kiểm tra toạ độ sai hoặc nhiều đơn vị bị gộp.',
      en: 'The boundary is {extent_deg} degrees wide, more than {extent_max_deg}. Look for a wrong coordinate, or several units in one drawing.',
    },
  },
  BOUNDARY_CROSSES_ITSELF: {
    status: 422,
    text: {
      vi: 'Đường ranh giới tự cắt hoặc chồng lên chính nó gần {longitude_deg}, {latitude_deg}. Sửa hình ở chỗ đó.',
      en: 'The boundary crosses itself, or runs along itself, near {longitude_deg}, {latitude_deg}. Mend the drawing there.',
    },
  },
  BOUNDARY_HOLE_OUTSIDE: {
    status: 422,
    text: {
      vi: 'Một lỗ của ranh giới tại {longitude_deg}, {latitude_deg} nằm ngoài vòng ngoài hoặc nằm trong lỗ khác. Sửa hoặc bỏ lỗ đó.',
      en: 'A hole of the boundary at {longitude_deg}, {latitude_deg} lies outside its outline, or in another hole. Mend or remove it.',
    },
  },
  BOUNDARY_PARTS_OVERLAP: {
    status: 422,
    text: {
      vi: 'Hai phần của ranh giới chồng lên nhau tại {longitude_deg}, {latitude_deg}. Gộp hai phần làm một.',
      en: 'Two parts of the boundary overlap at {longitude_deg}, {latitude_deg}. Join them into one.',
    },
  },
  BOUNDARY_TOO_INVOLVED: {
    status: 422,
    text: {
      vi: 'Ranh giới có quá nhiều cạnh nằm chồng hướng để kiểm tra. Giản lược hình rồi gửi lại.',
      en: 'The boundary has too many edges side by side to be checked. Simplify it and send it again.',
    },
  },
  UNIT_VALIDITY_REVERSED: {
    status: 422,
    text: {
      vi: 'Đơn vị {unit} kết thúc trước khi bắt đầu. Sửa một trong hai ngày.',
      en: 'Unit {unit} ends before it begins. Correct one of the two dates.',
    },
  },
  UNIT_LEVEL: {
    status: 422,
    text: {
      vi: 'Đơn vị {unit}: phường, xã phải thuộc một tỉnh, thành phố; tỉnh, thành phố không thuộc đơn vị nào. Sửa cấp hoặc đơn vị cấp trên.',
      en: 'Unit {unit}: a ward lies below a province, a province below nothing. Correct the level or the unit above.',
    },
  },
  UNIT_PARENT_ENDED: {
    status: 422,
    text: {
      vi: 'Đơn vị {unit} không thể thuộc {parent}: đơn vị đó đã kết thúc lúc {ended}. Chọn đơn vị cấp trên đang có hiệu lực.',
      en: 'Unit {unit} cannot lie below {parent}, which ended at {ended}. Choose a unit above that exists then.',
    },
  },
  UNIT_CODE_TAKEN: {
    status: 409,
    text: {
      vi: 'Mã {code} đã là của "{name}" từ {from} đến {to}. Kết thúc đơn vị đó trước, hoặc dùng mã khác; tên thì được trùng.',
      en: 'Code {code} belongs to "{name}" from {from} to {to}. End that unit first, or use another code; names may repeat.',
    },
  },
  UNIT_SUCCESSOR_NOT_VALID: {
    status: 422,
    text: {
      vi: 'Đơn vị {successor} không thể kế thừa {unit}: nó không có hiệu lực vào lúc đơn vị cũ kết thúc ({at}). Sửa ngày của một trong hai.',
      en: 'Unit {successor} cannot follow {unit}: it does not exist when the old one ends ({at}). Correct the dates of one of them.',
    },
  },
  UNIT_SUCCESSOR_LEVEL: {
    status: 422,
    text: {
      vi: 'Đơn vị {successor} không cùng cấp với {unit} nên không thể kế thừa. Chọn đơn vị cùng cấp.',
      en: 'Unit {successor} is not of the level of {unit} and cannot follow it. Choose a unit of the same level.',
    },
  },
  UNIT_ENDED: {
    status: 409,
    text: {
      vi: 'Đơn vị {unit} đã kết thúc lúc {at}. Muốn sửa ngày kết thúc hoặc đơn vị kế thừa, dùng chính ngày đó hoặc sửa thời hạn của đơn vị.',
      en: 'Unit {unit} has ended at {at}. To add a successor use that very date; to correct the date change the validity of the unit.',
    },
  },
  UNIT_NO_LONGER: {
    status: 409,
    text: {
      vi: 'Đơn vị {unit} đã kết thúc lúc {ended} nên không nhận hồ sơ, camera hay phân công mới. Dùng đơn vị kế thừa: {successors}.',
      en: 'Unit {unit} ended at {ended} and takes nothing new. Use the unit that follows it: {successors}.',
    },
  },
  UNIT_WITHOUT_SUCCESSOR: {
    status: 409,
    text: {
      vi: 'Đơn vị {unit} đã kết thúc lúc {ended} và chưa có đơn vị kế thừa được ghi nhận. Đề nghị quản trị viên ghi đơn vị kế thừa, rồi dùng đơn vị đó.',
      en: 'Unit {unit} ended at {ended}, and no unit is recorded to follow it. Ask an administrator to record the successor, then use that one.',
    },
  },
  UNIT_HAS_WARDS: {
    status: 409,
    text: {
      vi: 'Đơn vị {unit} còn {count} phường, xã có hiệu lực sau ngày kết thúc. Kết thúc các phường, xã đó trước.',
      en: 'Unit {unit} still has {count} wards that exist after its end. End those first.',
    },
  },
  UNIT_NOT_ON_MAP: {
    status: 422,
    text: {
      vi: 'Đơn vị {unit} không có trên bản đồ của ngày đã chọn. Chọn đơn vị có hiệu lực ngày đó, hoặc chọn ngày khác.',
      en: 'Unit {unit} does not exist on the map of the chosen day. Choose a unit that exists then, or another day.',
    },
  },
  UNITS_TOO_MANY: {
    status: 422,
    text: {
      vi: 'Sổ đơn vị có hơn {units_max} đơn vị. Báo quản trị hệ thống.',
      en: 'There are more than {units_max} units in the register. Tell the administrator.',
    },
  },
  UNIT_FILE_UNREADABLE: {
    status: 422,
    text: {
      vi: 'Không đọc được tệp đơn vị: {reason}. Tệp phải là GeoJSON FeatureCollection, mã hoá UTF-8.',
      en: 'The file of units cannot be read: {reason}. It must be a GeoJSON FeatureCollection in UTF-8.',
    },
  },
  UNIT_FILE_TOO_LARGE: {
    status: 413,
    text: {
      vi: 'Tệp có {count} đơn vị, quá mức {count_max}. Chia tệp làm nhiều phần.',
      en: 'The file has {count} units, more than {count_max}. Split it.',
    },
  },
  UNIT_PROPERTY_MISSING: {
    status: 422,
    text: {
      vi: 'Thiếu thuộc tính {property}. Thêm vào properties của đơn vị này.',
      en: 'The property {property} is missing. Add it to the properties of this unit.',
    },
  },
  UNIT_PROPERTY_INVALID: {
    status: 422,
    text: {
      vi: 'Thuộc tính {property} có giá trị không dùng được: {value}. Cần {expected}.',
      en: 'The property {property} has a value of no use: {value}. Wanted: {expected}.',
    },
  },
  UNIT_CODE_TWICE: {
    status: 422,
    text: {
      vi: 'Mã {code} có hai lần trong tệp cho cùng thời gian. Giữ một đơn vị.',
      en: 'Code {code} stands in the file twice for the same time. Keep one of them.',
    },
  },
});
