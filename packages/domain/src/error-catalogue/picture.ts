import { catalogue } from './entry.ts';

/** Errors of looking whether a lens still sees. */
export const PICTURE_ERRORS = catalogue({
  PICTURE_UNREADABLE: {
    status: 502,
    text: {
      vi: 'Không đọc được ảnh từ thiết bị: {reason}. Mở trang web của thiết bị xem ảnh chụp có hiện không; nếu có, báo quản trị.',
      en: 'The device’s picture cannot be read: {reason}. Look at the device’s own web page whether its still shows; if it does, tell the administrator.',
    },
  },
});
