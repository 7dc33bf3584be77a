import { catalogue } from './entry.ts';

/** Errors of a CSV register: of the file, of its header, of one row. */
export const CSV_ERRORS = catalogue({
  CSV_TOO_MANY_ROWS: {
    status: 413,
    text: {
      vi: 'Tệp CSV có {count} dòng dữ liệu, quá giới hạn {max} dòng. Chia thành nhiều tệp.',
      en: 'The CSV file has {count} rows, over the limit of {max} rows. Split it into several files.',
    },
  },
  CSV_EMPTY: {
    status: 422,
    text: {
      vi: 'Tệp CSV không có dòng tiêu đề hoặc không có dòng dữ liệu nào. Dòng đầu là tên cột, mỗi dòng sau là một camera.',
      en: 'The CSV file has no header line or no row of data. The first line names the columns; each line after it is one camera.',
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
      vi: 'Không có cột "{header}". Có phải là "{nearest}"? Sửa tên cột rồi nhập lại.',
      en: 'There is no column "{header}". Did you mean "{nearest}"? Correct the name and import again.',
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
      vi: 'Thiếu cột bắt buộc "{header}". Thêm cột này vào dòng tiêu đề.',
      en: 'The required column "{header}" is missing. Add it to the header line.',
    },
  },
  CSV_HEADER_TWICE: {
    status: 422,
    text: {
      vi: 'Cột "{header}" có hai lần. Giữ lại một cột.',
      en: 'Column "{header}" is there twice. Keep one of the two.',
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
