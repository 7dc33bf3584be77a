import { catalogue } from './entry.ts';

/** Errors of recording folders. */
export const FOLDER_ERRORS = catalogue({
  FOLDER_OF_CAMERA_UNKNOWN: {
    status: 422,
    text: {
      vi: 'Mẫu tên tệp của đầu ghi có %path, nhưng camera chưa ghi kênh nên không biết thư mục của nó. Ghi tên thư mục của camera vào mục kênh (source_token).',
      en: "The file name pattern of the recorder has %path, but the camera names no channel, so its folder is not known. Enter the name of the camera's folder as its channel (source_token).",
    },
  },
  FOLDER_LAYOUT_UNKNOWN: {
    status: 422,
    text: {
      vi: 'Không đoán được tệp trong thư mục {folder} đặt tên theo kiểu nào (hợp: {fitting}). Nói rõ kiểu, một trong {presets}, "files" nếu tên không cho biết giờ, hoặc viết mẫu tên tệp.',
      en: 'How the files in the folder {folder} are named cannot be told (fitting: {fitting}). Say which kind it is, one of {presets}, "files" where names tell no time, or write the pattern.',
    },
  },
  FOLDER_PRESET_ZONE: {
    status: 422,
    text: {
      vi: 'Kiểu thư mục "{preset}" đặt tên tệp theo giờ {zone}. Chọn múi giờ {zone}; nếu thiết bị đặt tên khác, viết mẫu tên tệp thay cho tên kiểu.',
      en: 'Folders of the kind "{preset}" name their files in {zone}. Choose the zone {zone}; if the device names them otherwise, write the pattern instead of the kind.',
    },
  },
  FOOTAGE_BEING_WRITTEN: {
    status: 409,
    text: {
      vi: 'Nguồn hình {address} đang ghi tệp {name}, tệp chỉ đọc được khi ghi xong. Yêu cầu được giữ và thử lại.',
      en: 'The footage source {address} is still writing the file {name}, which can be read only when it is finished. The item waits and is tried again.',
    },
  },
});
