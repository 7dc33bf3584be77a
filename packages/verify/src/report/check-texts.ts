interface Text {
  readonly vi: string;
  readonly en: string;
}

/**
 * What each check says when it passes and when it fails. `failed` texts say what was found; `{problem}` is a
 * technical detail in English, the rest are values of the package.
 */
export const CHECK_TEXTS = {
  folder: {
    passed: { vi: 'Đọc được thư mục gói', en: 'The folder of the package can be read' },
    failed: {
      vi: 'Không đọc được thư mục gói: {problem}',
      en: 'The folder of the package cannot be read: {problem}',
    },
  },
  file_names: {
    passed: { vi: 'Tên tệp hợp lệ, không có liên kết', en: 'File names are allowed and none is a link' },
    failed: {
      vi: 'Mục "{name}" không được phép có trong gói: {problem}',
      en: '"{name}" may not be in a package: {problem}',
    },
  },
  sums_form: {
    passed: { vi: 'SHA256SUMS đúng dạng', en: 'SHA256SUMS has its one accepted form' },
    failed: { vi: 'SHA256SUMS sai dạng: {problem}', en: 'SHA256SUMS is not in its accepted form: {problem}' },
  },
  signature: {
    passed: {
      vi: 'Chữ ký Ed25519 của SHA256SUMS đúng, khóa {key_id}',
      en: 'The Ed25519 signature of SHA256SUMS is right, key {key_id}',
    },
    failed: {
      vi: 'Chữ ký của SHA256SUMS sai: {problem}',
      en: 'The signature of SHA256SUMS is wrong: {problem}',
    },
  },
  package_key: {
    passed: {
      vi: 'Khóa công khai kèm theo là khóa đã ký',
      en: 'The enclosed public key is the one that signed',
    },
    failed: {
      vi: 'Khóa công khai kèm theo không phải khóa đã ký: {problem}',
      en: 'The enclosed public key is not the one that signed: {problem}',
    },
  },
  file_present: {
    passed: { vi: 'Đủ mọi tệp trong SHA256SUMS', en: 'Every file of SHA256SUMS is there' },
    failed: { vi: 'Thiếu tệp "{name}"', en: 'The file "{name}" is missing' },
  },
  file_unlisted: {
    passed: { vi: 'Không có tệp nào ngoài SHA256SUMS', en: 'There is no file outside SHA256SUMS' },
    failed: { vi: 'Tệp "{name}" không có trong SHA256SUMS', en: 'The file "{name}" is not in SHA256SUMS' },
  },
  file_hash: {
    passed: { vi: 'Mã băm SHA-256 đúng', en: 'The SHA-256 hash is right' },
    failed: {
      vi: 'Tệp đã bị đổi: mã băm {actual}, trong SHA256SUMS là {expected}',
      en: 'The file has changed: its hash is {actual}, SHA256SUMS says {expected}',
    },
  },
  manifest_form: {
    passed: {
      vi: 'manifest.json đúng dạng và đúng lược đồ',
      en: 'manifest.json is canonical and fits its schema',
    },
    failed: {
      vi: 'manifest.json sai dạng: {problem}',
      en: 'manifest.json is not in its accepted form: {problem}',
    },
  },
  manifest_files: {
    passed: {
      vi: 'manifest.json liệt kê đúng các tệp của gói',
      en: 'manifest.json lists exactly the files of the package',
    },
    failed: {
      vi: 'manifest.json không khớp tệp "{name}": {problem}',
      en: 'manifest.json disagrees about "{name}": {problem}',
    },
  },
  manifest_key: {
    passed: { vi: 'manifest.json nêu đúng khóa ký', en: 'manifest.json names the key that signed' },
    failed: {
      vi: 'manifest.json nêu khóa {stated}, khóa đã ký là {actual}',
      en: 'manifest.json names key {stated}, but {actual} signed',
    },
  },
  no_authority: {
    passed: {
      vi: 'Gói tự khai chưa được ai duyệt, và không nêu quyết định nào',
      en: 'The package says that nobody approved it, and names no decision',
    },
    failed: {
      vi: 'Gói tự khai chưa được duyệt nhưng tự mâu thuẫn: {problem}',
      en: 'The package says that nobody approved it and contradicts itself: {problem}',
    },
  },
  asked_and_decided: {
    passed: {
      vi: 'Có người yêu cầu, hồ sơ và quyết định của người thứ hai',
      en: 'Requester, case and a decision by a second person are stated',
    },
    failed: {
      vi: 'Yêu cầu và quyết định không hợp lý: {problem}',
      en: 'Request and decisions do not make sense: {problem}',
    },
  },
  order_of_times: {
    passed: { vi: 'Các thời điểm đúng thứ tự', en: 'Instants follow one another in order' },
    failed: { vi: 'Thứ tự thời gian vô lý: {problem}', en: 'Instants are out of order: {problem}' },
  },
  clock: {
    passed: { vi: 'Độ lệch đồng hồ được nêu nhất quán', en: 'The clock offset is stated consistently' },
    failed: {
      vi: 'Độ lệch đồng hồ không nhất quán: {problem}',
      en: 'The clock offset is inconsistent: {problem}',
    },
  },
  spans: {
    passed: {
      vi: 'Khoảng yêu cầu, duyệt, tìm và tìm được khớp nhau',
      en: 'Requested, approved, searched and found spans agree',
    },
    failed: { vi: 'Các khoảng thời gian không khớp: {problem}', en: 'The spans do not agree: {problem}' },
  },
  searches: {
    passed: {
      vi: 'Các lần tìm phủ đúng toàn bộ khoảng được duyệt',
      en: 'The searches answer for exactly the approved span',
    },
    failed: {
      vi: 'Các lần tìm không khớp khoảng được duyệt: {problem}',
      en: 'The searches do not fit the approved span: {problem}',
    },
  },
  gaps: {
    passed: {
      vi: 'Khoảng thiếu và kết quả đúng với những gì tìm được',
      en: 'Gaps and outcome follow from what was found',
    },
    failed: { vi: 'Khoảng thiếu hoặc kết quả sai: {problem}', en: 'Gaps or outcome are wrong: {problem}' },
  },
  source_address: {
    passed: { vi: 'Địa chỉ nguồn không chứa mật khẩu', en: 'The source address holds no credentials' },
    failed: { vi: 'Địa chỉ nguồn chứa thông tin đăng nhập', en: 'The source address holds credentials' },
  },
  natives: {
    passed: {
      vi: 'Tệp do người nộp được ghi nhất quán',
      en: 'What is said of files that people handed in is consistent',
    },
    failed: {
      vi: 'Thông tin về tệp do người nộp sai: {problem}',
      en: 'What is said of files that people handed in is untrue: {problem}',
    },
  },
  derivatives: {
    passed: { vi: 'Bản dẫn xuất nêu đúng bản gốc', en: 'Derivatives name their masters rightly' },
    failed: { vi: 'Bản dẫn xuất "{name}" sai: {problem}', en: 'Derivative "{name}" is wrong: {problem}' },
  },
  true_times: {
    passed: { vi: 'Giờ thực tính đúng từ giờ thiết bị', en: 'True times follow from device times' },
    failed: {
      vi: 'Giờ thực của {what} không suy ra từ giờ thiết bị',
      en: 'True times of {what} do not follow from device times',
    },
  },
  master_container: {
    passed: {
      vi: 'Tệp MP4 nguyên vẹn, một luồng hình, không giấu dữ liệu',
      en: 'A whole MP4 file with one video track and nothing hidden',
    },
    failed: { vi: 'Tệp MP4 không đúng: {problem}', en: 'The MP4 file is not right: {problem}' },
  },
  master_stream: {
    passed: {
      vi: 'Mã hóa, cỡ hình, thang thời gian đúng như manifest',
      en: 'Codec, size and timescale are as stated',
    },
    failed: {
      vi: '{what} trong tệp là {actual}, manifest ghi {stated}',
      en: '{what} in the file is {actual}, the manifest says {stated}',
    },
  },
  master_sound: {
    passed: {
      vi: 'Âm thanh trong bản gốc (hoặc không có) đúng như manifest',
      en: 'The sound in the master, or that there is none, is as stated',
    },
    failed: {
      vi: 'Âm thanh trong bản gốc: {what} là {actual}, manifest ghi {stated}',
      en: 'Sound in the master: {what} is {actual}, the manifest says {stated}',
    },
  },
  audio_file: {
    passed: {
      vi: 'Tệp âm thanh đúng dạng và đúng như manifest',
      en: 'The file of sound has its form and is as stated',
    },
    failed: {
      vi: 'Tệp âm thanh: {what} là {actual}, manifest ghi {stated}',
      en: 'File of sound: {what} is {actual}, the manifest says {stated}',
    },
  },
  metadata_file: {
    passed: {
      vi: 'Tệp siêu dữ liệu đúng dạng và đúng như manifest',
      en: 'The file of metadata has its form and is as stated',
    },
    failed: {
      vi: 'Tệp siêu dữ liệu: {what} là {actual}, manifest ghi {stated}',
      en: 'File of metadata: {what} is {actual}, the manifest says {stated}',
    },
  },
  master_frames: {
    passed: {
      vi: 'Số khung hình và thời điểm đầu, cuối đúng như manifest',
      en: 'Number of frames, first and last time are as stated',
    },
    failed: {
      vi: '{what} trong tệp là {actual}, manifest ghi {stated}',
      en: '{what} in the file is {actual}, the manifest says {stated}',
    },
  },
  frames_cover_found: {
    passed: {
      vi: 'Khung hình phủ hết các khoảng ghi là tìm được',
      en: 'Frames cover all that is stated as found',
    },
    failed: {
      vi: 'Ghi là tìm được nhưng không có khung hình từ {from_ms} đến {to_ms} (ms, giờ thiết bị)',
      en: 'Stated as found, but without frames from {from_ms} to {to_ms} (ms, device time)',
    },
  },
  short_breaks: {
    passed: {
      vi: 'Số và tổng các quãng ngắt ngắn đúng như manifest',
      en: 'Short breaks between frames are as stated',
    },
    failed: {
      vi: 'Quãng ngắt ngắn giữa các khung hình: {what} là {actual}, manifest ghi {stated}',
      en: 'Short breaks between frames: {what} is {actual}, the manifest says {stated}',
    },
  },
} as const satisfies Record<string, { readonly passed: Text; readonly failed: Text }>;

export type CheckCode = keyof typeof CHECK_TEXTS;
