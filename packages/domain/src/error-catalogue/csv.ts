import { catalogue } from './entry.ts';

/** Errors and notices of a register file (CSV or XLSX): of the file, of its headings, of one row. */
export const CSV_ERRORS = catalogue({
  CSV_TOO_MANY_ROWS: {
    status: 413,
    text: {
      vi: 'Tệp có {count} dòng dữ liệu, quá giới hạn {max} dòng. Chia thành nhiều tệp.',
      en: 'The file has {count} rows of data, over the limit of {max} rows. Split it into several files.',
    },
  },
  CSV_EMPTY: {
    status: 422,
    text: {
      vi: 'Tệp không có dòng tiêu đề hoặc không có dòng dữ liệu nào. Một dòng là tên các cột, mỗi dòng sau là một camera.',
      en: 'The file has no row of headings or no row of data. One row names the columns; each row after it is one camera.',
    },
  },
  CSV_NOT_UTF8: {
    status: 422,
    text: {
      vi: 'Dòng này không được mã hoá UTF-8. Trong Excel hãy chọn "Lưu thành", loại "CSV UTF-8".',
      en: 'This line is not encoded in UTF-8. In Excel choose "Save as", type "CSV UTF-8".',
    },
  },
  CSV_HEADER_UNKNOWN: {
    status: 422,
    text: {
      vi: 'Không có cột "{header}". Có phải là "{nearest}"? Sửa tên cột, hoặc chọn cột đó là gì (hay bỏ qua) khi nhập.',
      en: 'There is no column "{header}". Did you mean "{nearest}"? Correct the name, or say what the column is (or that it is to be left out) with the import.',
    },
  },
  CSV_HEADER_IGNORED: {
    status: 422,
    text: {
      vi: 'Cột "{header}" không thuộc danh sách camera và được bỏ qua.',
      en: 'Column "{header}" is none of the register and is left out.',
    },
  },
  CSV_HEADER_MISSING: {
    status: 422,
    text: {
      vi: 'Thiếu cột bắt buộc "{header}". Thêm cột này vào dòng tiêu đề, hoặc chọn cột nào của tệp là cột đó khi nhập.',
      en: 'The required column "{header}" is missing. Add it to the row of headings, or say with the import which column of the file it is.',
    },
  },
  CSV_HEADER_TWICE: {
    status: 422,
    text: {
      vi: 'Cột "{header}" có hai lần. Giữ lại một cột, hoặc chọn bỏ qua một cột khi nhập.',
      en: 'Column "{header}" is there twice. Keep one of the two, or leave one out with the import.',
    },
  },
  CSV_MAPPING_UNKNOWN: {
    status: 422,
    text: {
      vi: 'Tệp không có cột "{header}" mà yêu cầu nhập đã nhắc tới. Ghi chữ cái của cột (A, B, …) hoặc đúng tên cột trong tệp.',
      en: 'The file has no column "{header}", which the import was told about. Give the letter of the column (A, B, …) or its heading as it stands in the file.',
    },
  },
  CSV_MAPPING_INVALID: {
    status: 400,
    text: {
      vi: 'Không hiểu cách ghép cột: {reason}. Ghi từng cột của tệp với tên cột của hệ thống, hoặc bỏ qua.',
      en: 'The mapping of columns is not understood: {reason}. Give for each column of the file the name of a column of the register, or leave it out.',
    },
  },
  CSV_CELL_FORMULA_ERROR: {
    status: 422,
    text: {
      vi: 'Ô "{column}" là công thức bị lỗi hoặc chưa có giá trị. Gõ giá trị trực tiếp vào ô.',
      en: 'Cell "{column}" holds a formula that failed or has no saved value. Type the value itself.',
    },
  },
  CSV_CELL_CUT: {
    status: 422,
    text: {
      vi: 'Ô "{column}" quá dài. Viết ngắn lại.',
      en: 'Cell "{column}" is far too long. Shorten it.',
    },
  },
  CSV_COORDINATES_UNREADABLE: {
    status: 422,
    text: {
      vi: 'Không đọc được toạ độ ở ô "{column}". Ghi vĩ độ trước, kinh độ sau, ví dụ 19.8066, 105.7852. Liên kết rút gọn của Google Maps: mở ra rồi chép hai số toạ độ.',
      en: 'The position in cell "{column}" cannot be read. Write latitude, then longitude, for example 19.8066, 105.7852. Of a shortened Google Maps link: open it and copy the two numbers.',
    },
  },
  CSV_COORDINATES_SWAPPED: {
    status: 422,
    text: {
      vi: 'Vĩ độ và kinh độ ở ô "{column}" bị đổi chỗ: vĩ độ của Việt Nam từ 8 đến 24, kinh độ từ 102 đến 118. Đổi lại hai số.',
      en: 'Latitude and longitude are exchanged at cell "{column}": in Vietnam latitudes are 8 to 24 and longitudes 102 to 118. Exchange the two numbers.',
    },
  },
  CSV_COORDINATES_DISAGREE: {
    status: 422,
    text: {
      vi: 'Toạ độ ở ô "{column}" khác với các cột vĩ độ, kinh độ của cùng dòng. Giữ lại một cách ghi đúng.',
      en: 'The position in cell "{column}" differs from the columns of latitude and longitude in the same row. Keep the one that is right.',
    },
  },
  CSV_PASSWORD_BLANKED: {
    status: 422,
    text: {
      vi: 'Tài khoản và mật khẩu không được ghi vào tệp này; điền lại cả hai nếu cần.',
      en: 'Account and password are left out of this file; enter both again where they are needed.',
    },
  },
  IMPORT_OVERTAKEN: {
    status: 409,
    text: {
      vi: 'Trong lúc nhập, người khác vừa đăng ký {kind} {name}. Chưa ghi gì cả; xem trước lại rồi nhập.',
      en: 'While this was imported somebody else registered {kind} {name}. Nothing was written; preview again, then import.',
    },
  },
  CSV_COLUMN_COUNT: {
    status: 422,
    text: {
      vi: 'Dòng có {count} ô nhưng tiêu đề có {expected} cột. Kiểm tra dấu phân cách, và đặt ô có dấu phân cách trong dấu ngoặc kép.',
      en: 'The row has {count} cells, the header {expected} columns. Check the separators, and put cells that contain one into double quotes.',
    },
  },
  CSV_QUOTE_BROKEN: {
    status: 422,
    text: {
      vi: 'Dấu ngoặc kép trong dòng không được đóng đúng. Mỗi camera nằm trên một dòng; ô không được chứa ký tự xuống dòng.',
      en: 'A double quote in this line is not closed properly. Each camera is one line; a cell must not contain a line break.',
    },
  },
  CSV_CELL_MISSING: {
    status: 422,
    text: { vi: 'Ô "{column}" để trống. Điền giá trị.', en: 'Cell "{column}" is empty. Fill it in.' },
  },
  CSV_CELL_TOO_LONG: {
    status: 422,
    text: {
      vi: 'Ô "{column}" dài {length} ký tự, quá giới hạn {max}. Viết ngắn lại.',
      en: 'Cell "{column}" has {length} characters, over the limit of {max}. Shorten it.',
    },
  },
  CSV_CELL_CONTROL: {
    status: 422,
    text: {
      vi: 'Ô "{column}" chứa ký tự điều khiển không in được. Gõ lại ô này.',
      en: 'Cell "{column}" holds an unprintable control character. Type the cell anew.',
    },
  },
  CSV_CELL_CODE: {
    status: 422,
    text: {
      vi: 'Ô "{column}" phải là một mã: chữ không dấu, chữ số và dấu - _ . ở giữa, tối đa {max} ký tự.',
      en: 'Cell "{column}" must be a code: unaccented letters, digits, and - _ . in between, at most {max} characters.',
    },
  },
  CSV_CELL_CHOICE: {
    status: 422,
    text: {
      vi: 'Ô "{column}" chỉ nhận một trong các giá trị: {allowed}.',
      en: 'Cell "{column}" takes only one of: {allowed}.',
    },
  },
  CSV_CELL_NUMBER: {
    status: 422,
    text: {
      vi: 'Ô "{column}" phải là một số, ví dụ 19,8067 hoặc 19.8067.',
      en: 'Cell "{column}" must be a number, for example 19.8067 or 19,8067.',
    },
  },
  CSV_CELL_RANGE: {
    status: 422,
    text: {
      vi: 'Ô "{column}" phải nằm trong khoảng từ {min} đến {max}.',
      en: 'Cell "{column}" must lie between {min} and {max}.',
    },
  },
  CSV_CELL_DATE: {
    status: 422,
    text: {
      vi: 'Ô "{column}" phải là một ngày có thật, dạng 31/12/2026 hoặc 2026-12-31.',
      en: 'Cell "{column}" must be a real date, as 2026-12-31 or 31/12/2026.',
    },
  },
  CSV_CELLS_TOGETHER: {
    status: 422,
    text: {
      vi: 'Ô "{column}" đã điền nên ô "{other}" cũng phải điền.',
      en: 'Cell "{column}" is filled in, so cell "{other}" must be as well.',
    },
  },
  CSV_DATES_REVERSED: {
    status: 422,
    text: {
      vi: 'Thoả thuận hết hạn trước khi có hiệu lực. Đổi lại hai ngày.',
      en: 'The agreement ends before it begins. Exchange the two dates.',
    },
  },
  CSV_CAMERA_TWICE: {
    status: 422,
    text: {
      vi: 'Mã camera {camera} đã có ở dòng {first_line} của tệp này. Mỗi camera một dòng; dòng sau không được nhập.',
      en: 'Camera code {camera} is already on line {first_line} of this file. One line per camera; the later line is not imported.',
    },
  },
  CSV_SOURCE_TWICE: {
    status: 422,
    text: {
      vi: 'Đầu ghi {recorder} đã có camera ở kênh này tại dòng {first_line}. Mỗi kênh một camera; ghi rõ kênh ở cột "Kênh".',
      en: 'Recorder {recorder} already has a camera on this channel, at line {first_line}. One camera per channel; name it in column "source_token".',
    },
  },
  CSV_RECORDER_DISAGREES: {
    status: 422,
    text: {
      vi: 'Ô "{column}" của đầu ghi {recorder} khác với dòng {first_line}. Các camera chung một đầu ghi phải ghi giống nhau, hoặc để trống ở các dòng sau.',
      en: 'Cell "{column}" of recorder {recorder} differs from line {first_line}. Cameras that share a recorder must agree, or leave it empty on the later lines.',
    },
  },
  CSV_ROW_OVERTAKEN: {
    status: 409,
    text: {
      vi: 'Camera {camera} hoặc đầu ghi của nó vừa được người khác đăng ký. Nhập lại tệp để so sánh.',
      en: 'Camera {camera} or its recorder has just been registered by somebody else. Import the file again to compare.',
    },
  },
  SOURCE_TAKEN: {
    status: 409,
    text: {
      vi: 'Kênh này của đầu ghi {recorder} đang thuộc camera {camera}. Mỗi kênh một camera; sửa kênh, hoặc ngừng sử dụng camera kia.',
      en: 'This channel of recorder {recorder} belongs to camera {camera}. One camera per channel: correct it, or retire the other camera.',
    },
  },
});
