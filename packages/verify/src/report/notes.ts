import type { Manifest } from '@minhchung/formats';
import type { FoundKey } from '../files/check-signature.ts';
import type { SeenBreaks } from '../master/check-short-breaks.ts';
import { printable } from './findings.ts';
import type { Report } from './report.ts';

/** Short breaks worth a word: more than this together, or this much of the approved span. */
const BREAKS_TOLD_MS = 5_000;
const BREAKS_TOLD_PERCENT = 1;
/** From here on they are what a reader must see first. */
const BREAKS_PROMINENT_PERCENT = 5;

/** What a reader must not conclude from the result, in words. */
export function notesOf(
  key: FoundKey | null,
  manifest: Manifest | null,
  short_breaks: SeenBreaks | null,
): Report['notes'] {
  const notes: { vi: string; en: string }[] = [];
  if (manifest !== null && short_breaks !== null) notes.push(...notesOnBreaks(short_breaks, manifest));
  if (key?.origin === 'package') {
    notes.push({
      vi: 'Khóa lấy từ chính gói này: chứng minh gói còn nguyên vẹn, không chứng minh ai lập ra. Hãy dùng khóa do đơn vị công bố.',
      en: 'The key was taken from the package itself: this proves integrity, not origin. Use the key the unit has published.',
    });
  }
  if (key !== null) {
    notes.push({
      vi: 'Chỉ do đơn vị vận hành xác nhận: không có nhân chứng hay dấu thời gian độc lập.',
      en: 'Attested by the operator only: there is no independent witness or time stamp.',
    });
  }
  if (manifest !== null) notes.push(...notesOnManifest(manifest));
  return notes;
}

function notesOnManifest(manifest: Manifest): { vi: string; en: string }[] {
  const notes: { vi: string; en: string }[] = [];
  if (
    manifest.authority === undefined &&
    !manifest.decisions.some((decision) => decision.verdict === 'approved')
  ) {
    notes.push({
      vi: 'Yêu cầu khẩn: gói được lập trước khi có người duyệt.',
      en: 'Urgent request: the package was made before anybody approved.',
    });
  }
  const other_bases = new Set(
    manifest.searches.map(({ basis }) => basis).filter((basis) => basis !== 'measured_before_and_after'),
  );
  if (other_bases.size > 0) {
    const bases = [...other_bases].join(', ');
    notes.push({
      vi: `Độ lệch đồng hồ không được đo cả trước lẫn sau thời điểm ghi hình (${bases}).`,
      en: `The clock offset was not measured both before and after the footage (${bases}).`,
    });
  }
  if (other_bases.has('step_within')) {
    notes.push({
      vi: 'Đồng hồ đã bị chỉnh vào một lúc không rõ: ở đó giờ thực của khung hình là một trong các khả năng đã ghi.',
      en: 'The clock was set at an unknown moment: there the true time of a frame is one of the stated alternatives.',
    });
  }
  notes.push(...notesOnNatives(manifest), ...notesOnDisplayClock(manifest));
  if (manifest.masters.some((master) => master.open_gop)) {
    notes.push({
      vi: 'Có bản gốc bắt đầu bằng nhóm hình mở: vài khung hình đầu có thể không giải mã được.',
      en: 'A master begins with an open group of pictures: its first frames may not decode.',
    });
  }
  return notes;
}

function notesOnBreaks(breaks: SeenBreaks, { hole_min_ms }: Manifest): { vi: string; en: string }[] {
  const { count, percent } = breaks;
  if (breaks.total_ms <= BREAKS_TOLD_MS && percent <= BREAKS_TOLD_PERCENT) return [];
  const [total_s, longest_s, hole_s] = [breaks.total_ms, breaks.longest_ms, hole_min_ms].map((ms) =>
    (ms / 1000).toFixed(1),
  );
  const [watch, attention] = percent > BREAKS_PROMINENT_PERCENT ? ['CHÚ Ý: ', 'ATTENTION: '] : ['', ''];
  return [
    {
      vi: `${watch}thiếu khung hình trong các quãng ngắt ngắn: ${count} quãng, tổng ${total_s} giây (${percent.toFixed(1)} % khoảng được duyệt), dài nhất ${longest_s} giây. Không quãng nào quá ${hole_s} giây nên không được tính là khoảng thiếu; cũng có thể camera đã tự giảm số khung hình.`,
      en: `${attention}frames are missing in short breaks: ${count} of them, ${total_s} s together (${percent.toFixed(1)} % of the approved span), the longest ${longest_s} s. None is longer than ${hole_s} s, so none counts as a gap; the camera may also have sent fewer frames for a while.`,
    },
  ];
}

const WITHHELD = {
  part_approved: {
    vi: 'chỉ một phần khoảng yêu cầu được duyệt',
    en: 'less was approved than asked for',
  },
  sound_left_out: {
    vi: 'tệp có (hoặc có thể có) âm thanh không được yêu cầu hoặc không được phép lấy',
    en: 'it has sound, or may have, that was not asked for or may not be taken',
  },
} as const;

function notesOnNatives({ natives = [], masters }: Manifest): { vi: string; en: string }[] {
  if (natives.length === 0) return [];
  const notes = [
    {
      vi: 'Hình do người nộp: giờ của tệp là giờ người nộp khai.',
      en: 'Footage handed in by a person: its time is what that person declared.',
    },
  ];
  if (natives.some(({ withheld }) => withheld === undefined)) {
    notes.push({
      vi: 'Tệp gốc như người nộp đã gửi nằm trong native/ và có thể chứa cả ngoài khoảng được duyệt.',
      en: 'The file as it came is in native/ and may show more than was approved.',
    });
  }
  for (const { file_name, sha256, withheld } of natives) {
    if (withheld === undefined) continue;
    const why = WITHHELD[withheld];
    notes.push({
      vi: `Tệp gốc "${printable(file_name)}" không nằm trong gói vì ${why.vi}; kho lưu trữ giữ nguyên tệp, SHA-256 ${sha256}.`,
      en: `The file "${printable(file_name)}" as it came is not in the package because ${why.en}; the archive keeps it, SHA-256 ${sha256}.`,
    });
  }
  if (masters.length === 0) {
    notes.push({
      vi: 'Không đọc được tệp đã nộp: gói chỉ giữ nguyên tệp, không nói được trong đó có gì.',
      en: 'What was handed in cannot be read: the package keeps it as it came and says nothing of what it shows.',
    });
  }
  return notes;
}

function notesOnDisplayClock({ display_clock }: Manifest): { vi: string; en: string }[] {
  if (display_clock === undefined) return [];
  const apart = display_clock.differences.find(({ min_ms, max_ms }) => min_ms > 0 || max_ms < 0);
  if (apart !== undefined) {
    const seconds = [apart.min_ms, apart.max_ms].map((ms) => (ms / 1000).toFixed(1));
    return [
      {
        vi: `Giờ hiện trên hình lệch so với đồng hồ đầu ghi từ ${seconds[0]} đến ${seconds[1]} giây: đừng đọc giờ trên hình thay cho giờ thực.`,
        en: `The time shown in the picture disagrees with the recorder's clock by ${seconds[0]} to ${seconds[1]} s: do not read it as the true time.`,
      },
    ];
  }
  if (display_clock.differences.length > 0) return [];
  return [
    {
      vi: 'Trên hình có đồng hồ riêng của camera, không rõ lệch bao nhiêu so với đồng hồ đầu ghi.',
      en: "The picture shows a clock of the camera's own; how far it is from the recorder's is not known.",
    },
  ];
}
