import { catalogue } from './entry.ts';

/** Errors of reading, cutting and writing video. */
export const MEDIA_ERRORS = catalogue({
  MEDIA_LIMIT: {
    status: 422,
    text: {
      vi: 'Đoạn hình vượt giới hạn xử lý: {what}, tối đa {limit}. Hãy yêu cầu khoảng thời gian ngắn hơn, hoặc báo kỹ thuật kiểm tra đầu ghi.',
      en: 'The footage goes beyond what can be handled: {what}, at most {limit}. Ask for a shorter span, or have a technician check the recorder.',
    },
  },
});
