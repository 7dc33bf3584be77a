import { catalogue } from './entry.ts';

/** What an import says without refusing anything: rows left out, values that stand elsewhere or were completed. */
export const IMPORT_NOTICES = catalogue({
  CSV_SHEET_LEFT_OUT: {
    status: 422,
    text: {
      vi: 'Trang tính "{sheet}" cũng có danh sách camera nhưng không được nhập lần này. Nhập riêng bằng cách chọn tên trang tính.',
      en: 'Sheet "{sheet}" holds a list of cameras too and is not imported this time. Import it by naming the sheet.',
    },
  },
  CSV_SHEET_HIDDEN: {
    status: 422,
    text: {
      vi: 'Danh sách nằm ở trang tính ẩn "{sheet}". Kiểm tra xem có đúng là trang cần nhập không.',
      en: 'The list is on the hidden sheet "{sheet}". Check that this is the one that is meant.',
    },
  },
  CSV_EXTERNAL_LINKS: {
    status: 422,
    text: {
      vi: 'Tệp có liên kết đến tệp khác. Hệ thống không mở tệp khác, chỉ lấy giá trị đã lưu; kiểm tra xem các giá trị còn đúng không.',
      en: 'The file is linked to other files. They are not opened; the values saved are taken. Check that they are still true.',
    },
  },
  CSV_COLUMN_FORMULAS: {
    status: 422,
    text: {
      vi: 'Cột "{column}" có {count} ô là công thức. Lấy giá trị Excel đã lưu, không tính lại.',
      en: 'Column "{column}" has {count} cells with formulas. The values that Excel saved are taken; nothing is computed.',
    },
  },
  CSV_COLUMN_MERGED: {
    status: 422,
    text: {
      vi: 'Cột "{column}" có {count} ô thuộc vùng gộp ô; giá trị của vùng được dùng cho mọi dòng trong vùng.',
      en: 'Column "{column}" has {count} cells that belong to merged areas; the value of the area counts for each of its rows.',
    },
  },
  CSV_ROW_EMPTY: {
    status: 422,
    text: { vi: 'Dòng trống, được bỏ qua.', en: 'An empty row; it is left out.' },
  },
  CSV_ROW_HEADER_AGAIN: {
    status: 422,
    text: {
      vi: 'Dòng này lặp lại tiêu đề, được bỏ qua.',
      en: 'This row repeats the headings; it is left out.',
    },
  },
  CSV_ROW_TOTAL: {
    status: 422,
    text: {
      vi: 'Dòng cộng ("Tổng cộng"), không phải camera, được bỏ qua.',
      en: 'A row of totals and no camera; it is left out.',
    },
  },
  CSV_ROW_TITLE: {
    status: 422,
    text: {
      vi: 'Dòng tiêu đề mục trong danh sách, không phải camera, được bỏ qua. Nếu là camera, điền các cột còn lại.',
      en: 'A title within the list and no camera; it is left out. If it is a camera, fill in the other columns.',
    },
  },
  CSV_ROW_FOOTER: {
    status: 422,
    text: {
      vi: 'Dòng ở cuối danh sách (chữ ký, ngày tháng), không phải camera, được bỏ qua. Nếu là camera, điền mã và toạ độ.',
      en: 'A row under the list (signature, date) and no camera; it is left out. If it is a camera, fill in its code and position.',
    },
  },
  CSV_ROW_REPEATED: {
    status: 422,
    text: {
      vi: 'Dòng này giống hệt dòng {first_line}, được bỏ qua.',
      en: 'This row is the same as row {first_line} in every cell; it is left out.',
    },
  },
  CSV_PHONE_COMPLETED: {
    status: 422,
    text: {
      vi: 'Cột "{column}" có {count} ô là số nên Excel đã bỏ số 0 ở đầu; hệ thống thêm lại số 0. Định dạng cột là "Văn bản" để tránh.',
      en: 'Column "{column}" has {count} cells that are numbers, so Excel dropped the 0 they begin with; the 0 is put back. Format the column as text to avoid this.',
    },
  },
});
