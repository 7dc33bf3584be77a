import {
  foundWithin,
  HOLE_RULES,
  type HoleReason,
  type ItemReason,
  reasonOfHole,
  type Span,
  shiftSpan,
  spanCovers,
  spansOverlap,
} from '@minhchung/domain';
import type { Unread } from './careful-source.ts';
import type { SearchResult } from './cut-footage-of.ts';
import type { Search } from './searches.ts';

/** Why footage is missing, or not surely there: its clock was set and nobody knows when, or is hardly known. */
type MissingReason = HoleReason | 'nothing_recorded' | 'clock_set' | 'clock_uncertain';

/** Why footage is missing, as people read it. Codes are stable. */
const TEXTS: Readonly<Record<MissingReason, ItemReason['text']>> = {
  recorder_hole: {
    vi: 'Đầu ghi không ghi hình trong khoảng này.',
    en: 'The recorder did not record here.',
  },
  overwritten: {
    vi: 'Đầu ghi đã ghi đè khoảng này: chỉ còn dữ liệu muộn hơn.',
    en: 'The recorder has overwritten this span: it holds later footage only.',
  },
  not_yet_recorded: {
    vi: 'Đầu ghi chưa ghi xong khoảng này.',
    en: 'The recorder has not finished writing this span.',
  },
  nothing_recorded: {
    vi: 'Đầu ghi đã trả lời và không có hình nào trong khoảng này.',
    en: 'The recorder answered and holds nothing in this span.',
  },
  clock_uncertain: {
    vi: 'Độ lệch đồng hồ chưa biết đủ chính xác: hình tìm được có trong gói, nhưng không chắc phủ kín khoảng này.',
    en: 'The offset of the clock is not known well enough: what was found is in the package, but it is not sure to cover this.',
  },
  clock_set: {
    vi: 'Đồng hồ đầu ghi bị chỉnh vào một lúc không rõ quanh khoảng này: hình tìm được có trong gói, nhưng không chắc phủ kín khoảng này.',
    en: 'The clock of the recorder was set at an unknown moment around here: what was found is in the package, but it is not sure to cover this.',
  },
};

/** A coded reason with its texts. */
export function missingReason(code: MissingReason): ItemReason {
  return { code, text: TEXTS[code] };
}

/** The source broke off here, and nobody tries again. */
function couldNotBeRead({ text }: ItemReason): ItemReason {
  return {
    code: 'could_not_be_read',
    text: { vi: `Không đọc được: ${text.vi}`, en: `Could not be read: ${text.en}` },
  };
}

/** Why one gap (true time) of what was searched is there. A gap lies in one approved part. */
export function reasonOfGap(
  gap: Span,
  results: readonly SearchResult[],
  now_ms: number,
  unread: readonly Unread[] = [],
): ItemReason {
  const answers = results.filter(({ search }) => spanCovers(search.span, gap));
  const has_footage = answers.some(({ masters }) => masters.some(({ frames }) => frames.frames_inside > 0));
  const [answer, ...alternatives] = answers;
  if (answer === undefined || (alternatives.length > 0 && has_footage)) return missingReason('clock_set');
  const { search, holdings } = answer;
  const device_gap = toDeviceMiddle(gap, search);
  const broken = unread.find(({ span }) => spansOverlap(span, device_gap));
  if (broken !== undefined) return couldNotBeRead(broken.reason);
  if (has_footage && (search.basis === 'assumed' || mayBeCovered(gap, answer))) {
    return missingReason('clock_uncertain');
  }
  return missingReason(reasonOfHole(device_gap, search.offset, holdings, now_ms, HOLE_RULES));
}

/** True when, for some offset within the bounds, what was found covers the gap: then nothing says it is a hole. */
function mayBeCovered(gap: Span, { search, masters }: SearchResult): boolean {
  const found = foundWithin(
    masters.flatMap(({ frames }) => frames.found_spans),
    search.device_span,
    HOLE_RULES.gap_min_ms,
  );
  return found.some(({ start_ms, end_ms }) => {
    const least_ms = Math.max(search.offset.min_ms, start_ms - gap.start_ms);
    const most_ms = Math.min(search.offset.max_ms, end_ms - gap.end_ms);
    return least_ms <= most_ms;
  });
}

/** A true span in the recorder's own time, at the middle of the offset's bounds. */
function toDeviceMiddle(span: Span, search: Search): Span {
  return shiftSpan(span, Math.round((search.offset.min_ms + search.offset.max_ms) / 2));
}
