import { HOLE_RULES, type HoleReason, type ItemReason, reasonOfHole, type Span } from '@minhchung/domain';
import type { SearchResult } from './cut-footage-of.ts';
import { toDeviceMiddle } from './describe-item.ts';

/** Why footage is missing, as people read it. Codes are stable. */
const TEXTS: Readonly<Record<HoleReason | 'nothing_recorded', ItemReason['text']>> = {
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
};

/** A coded reason with its texts. */
export function missingReason(code: HoleReason | 'nothing_recorded'): ItemReason {
  return { code, text: TEXTS[code] };
}

/** Why one gap (true time) of what was searched is there. */
export function reasonOfGap(gap: Span, result: SearchResult, now_ms: number): ItemReason {
  const { search, holdings } = result;
  return missingReason(
    reasonOfHole(toDeviceMiddle(gap, search), search.offset, holdings, now_ms, HOLE_RULES),
  );
}
