import type { Bilingual } from '@minhchung/domain';

/** The words about looks at still pictures on an owner's page. */
export const LOOK_TEXTS = {
  allow_open: { vi: 'Cho kỹ thuật viên xem một ảnh…', en: 'Let a technician look once…' },
  allow_what: {
    vi: 'Hệ thống tạo một mã. Đọc mã cho kỹ thuật viên: người đó xem được đúng một ảnh từ camera này để chỉnh góc nhìn. Ảnh không được lưu ở đâu cả.',
    en: 'A code is made. Read it out to the technician, who can then see exactly one picture of this camera to set its view. The picture is kept nowhere.',
  },
  allow: { vi: 'Tạo mã xem một ảnh', en: 'Make the code' },
  code_title: { vi: 'Mã cho xem một ảnh', en: 'Code for one look' },
  code_what: {
    vi: 'Mã này chỉ hiện một lần, dùng được một lần; mã trước (nếu có) hết hiệu lực. Hết hạn lúc',
    en: 'It is shown this once and works once; the one before has ended. It ends at',
  },
  back: { vi: 'Về trang của tôi', en: 'Back to my page' },
  looks: { vi: 'Những lần xem ảnh thử từ camera của tôi', en: 'Looks at single pictures of my cameras' },
  no_looks: { vi: 'Chưa có lần nào.', en: 'There was none.' },
  community: { vi: 'camera cộng đồng', en: 'community camera' },
  agreement: { vi: 'theo thoả thuận của ông/bà', en: 'under your agreement' },
  owner_code: { vi: 'bằng mã ông/bà đưa', en: 'with the code you gave' },
} as const satisfies Readonly<Record<string, Bilingual>>;
