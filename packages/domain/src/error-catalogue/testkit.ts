import { catalogue } from './entry.ts';

/** Errors of the simulated ward. */
export const TESTKIT_ERRORS = catalogue({
  SAMPLE_UNAVAILABLE: {
    status: 503,
    text: {
      vi: 'Không lấy được đoạn phim mẫu {name} từ gói Debian {package}: {reason}. Chạy "apt-get update" rồi thử lại, hoặc dùng "--footage FILE" với một tệp video có sẵn.',
      en: 'The sample video {name} cannot be taken from the Debian package {package}: {reason}. Run "apt-get update" and try again, or use "--footage FILE" with a video of your own.',
    },
  },
});
