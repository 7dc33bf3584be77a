import { type Camera, formatVietnam, type MailMessage } from '@minhchung/domain';
import type { OutboxEntry, StoredOwnerLink } from '@minhchung/store';

/** What a letter tells besides its link. */
export interface LetterFacts {
  readonly entry: OutboxEntry;
  readonly link: StoredOwnerLink;
  readonly owner_name: string;
  readonly unit_name: string;
  /** The camera it is about; null: all of the owner's. */
  readonly camera: Camera | null;
  readonly url: string;
}

type Words = Readonly<{ subject: string; vi: readonly string[]; en: readonly string[] }>;

/**
 * The letter: Vietnamese first, English below. The same facts make the same letter, so that a second try is no second
 * letter. It names no case and no person but its reader.
 */
export function letterOf(facts: LetterFacts, to: string): MailMessage {
  const { subject, vi, en } = wordsOf(facts);
  const { owner_name, unit_name, url } = facts;
  const until = formatVietnam(facts.link.expires_at_ms);
  const text = [
    `Kính gửi ông/bà ${owner_name},`,
    ...vi,
    url,
    `Liên kết chỉ dùng được một lần và hết hạn lúc ${until}. Không chuyển liên kết này cho người khác.`,
    `Trân trọng,\n${unit_name}`,
    '---',
    `Dear ${owner_name},`,
    ...en,
    `${url}`,
    `The link works once and ends at ${until} (Vietnam time). Do not pass it on.`,
    `Yours sincerely,\n${unit_name}`,
  ].join('\n\n');
  return { id: facts.entry.id, to, subject, text: `${text}\n` };
}

function wordsOf({ entry, camera }: LetterFacts): Words {
  const name = camera === null ? '' : ` ${camera.code} (${camera.name})`;
  switch (entry.kind) {
    case 'confirm_agreement':
      return {
        subject: 'Xác nhận hằng năm: thoả thuận về camera · Yearly confirmation',
        vi: [
          `Đã gần một năm kể từ lần xác nhận trước về camera${name}. Xin cho biết camera còn hoạt động không, hoặc ông/bà muốn rút thoả thuận:`,
        ],
        en: [
          `Almost a year has passed since you last confirmed the agreement on camera${name}. Please tell us whether it still works, or whether you withdraw:`,
        ],
      };
    case 'confirm_reminder':
      return {
        subject: 'Nhắc lại: xác nhận thoả thuận về camera · Reminder',
        vi: [
          `Chúng tôi chưa nhận được xác nhận về camera${name}. Nếu không xác nhận, thoả thuận sẽ không còn được áp dụng:`,
        ],
        en: [
          `We have not received your confirmation on camera${name}. Without it the agreement will no longer count:`,
        ],
      };
    case 'item_to_answer':
      return {
        subject: 'Có yêu cầu trích xuất chờ ông/bà trả lời · A request waits for your answer',
        vi: [
          'Có yêu cầu trích xuất hình ảnh từ camera của ông/bà. Theo thoả thuận, chúng tôi hỏi ý kiến ông/bà trước. Mở trang của ông/bà để đồng ý hoặc từ chối:',
        ],
        en: [
          'Footage of your camera has been asked for. As agreed, you are asked first. Open your page to accept or to refuse:',
        ],
      };
    case 'owner_page':
      return {
        subject: 'Trang dành cho chủ camera · Your page as a camera owner',
        vi: ['Mở liên kết sau để xem camera, thoả thuận và các yêu cầu liên quan đến camera của ông/bà:'],
        en: ['Open this link to see your cameras, agreements, and the requests that touched them:'],
      };
  }
}
