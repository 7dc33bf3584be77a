import { catalogue } from './entry.ts';

/** Errors of files of tables (XLSX, CSV): what was sent cannot be read as one. */
export const TABLE_ERRORS = catalogue({
  TABLE_LEGACY_XLS: {
    status: 415,
    text: {
      vi: 'Đây là tệp Excel đời cũ (.xls). Mở bằng Excel, chọn "Lưu thành", loại "Excel Workbook (.xlsx)", rồi gửi lại.',
      en: 'This is a workbook of old Excel (.xls). Open it in Excel, choose "Save as", type "Excel Workbook (.xlsx)", and send it again.',
    },
  },
  TABLE_ENCRYPTED: {
    status: 415,
    text: {
      vi: 'Tệp Excel này có mật khẩu mở tệp. Mở tệp, vào Tệp > Thông tin > Bảo vệ sổ làm việc, bỏ mật khẩu, lưu và gửi lại.',
      en: 'This workbook is protected by a password. Open it, go to File > Info > Protect workbook, remove the password, save, and send it again.',
    },
  },
  TABLE_MACROS: {
    status: 415,
    text: {
      vi: 'Tệp Excel này chứa macro (.xlsm), kể cả khi đã đổi tên. Lưu thành loại "Excel Workbook (.xlsx)" để bỏ macro, rồi gửi lại.',
      en: 'This workbook contains macros (.xlsm), whatever its name. Save it as "Excel Workbook (.xlsx)", which drops them, and send it again.',
    },
  },
  TABLE_TYPE_UNSUPPORTED: {
    status: 415,
    text: {
      vi: 'Nội dung tệp là {kind}, không phải bảng tính. Gửi tệp Excel (.xlsx) hoặc CSV; mở tệp bằng Excel rồi "Lưu thành" nếu cần.',
      en: 'The content of the file is {kind}, not a table. Send an Excel workbook (.xlsx) or CSV; open the file in Excel and use "Save as" where needed.',
    },
  },
  TABLE_UNREADABLE: {
    status: 422,
    text: {
      vi: 'Tệp Excel bị hỏng hoặc không đúng chuẩn nên không đọc được. Mở bằng Excel, lưu lại thành .xlsx rồi gửi lại.',
      en: 'The workbook is damaged or not a proper one, and cannot be read. Open it in Excel, save it as .xlsx again, and send it.',
    },
  },
  TABLE_TOO_LARGE: {
    status: 413,
    text: {
      vi: 'Tệp quá lớn khi mở ra: {what} là {count}, giới hạn {max}. Chỉ giữ lại danh sách camera, chép sang tệp mới rồi gửi lại.',
      en: 'The file is too large once opened: {what} is {count}, the limit is {max}. Copy nothing but the list of cameras into a new file and send that.',
    },
  },
  TABLE_SUSPICIOUS: {
    status: 422,
    text: {
      vi: 'Tệp nén bất thường ({reason}) nên không được mở. Chép danh sách sang tệp Excel mới rồi gửi lại.',
      en: 'The file is packed in an unusual way ({reason}) and was not opened. Copy the list into a new workbook and send that.',
    },
  },
  TABLE_TOO_SLOW: {
    status: 422,
    text: {
      vi: 'Đọc tệp mất quá {max} giây nên đã dừng. Chép danh sách sang tệp Excel mới rồi gửi lại.',
      en: 'Reading the file took more than {max} seconds and was stopped. Copy the list into a new workbook and send that.',
    },
  },
  TABLE_ENCODING: {
    status: 422,
    text: {
      vi: 'Chữ trong tệp không phải Unicode (có vẻ là {guess}). Trong Excel chọn "Lưu thành", loại "CSV UTF-8" hoặc .xlsx; nếu chữ gõ bằng phông .VnTime hay VNI, chuyển mã sang Unicode bằng công cụ của bộ gõ (UniKey: Ctrl+Shift+F6) trước.',
      en: 'The text of the file is not Unicode (it looks like {guess}). In Excel choose "Save as", type "CSV UTF-8" or .xlsx; text typed in a .VnTime or VNI font has to be converted to Unicode first with the tool of the keyboard program (UniKey: Ctrl+Shift+F6).',
    },
  },
  TABLE_SHEET_UNKNOWN: {
    status: 422,
    text: {
      vi: 'Không có trang tính "{sheet}". Tệp có: {sheets}.',
      en: 'There is no sheet "{sheet}". The file has: {sheets}.',
    },
  },
});
