import {
  type CalibrationVerdict,
  CodedError,
  type JudgedTimes,
  judgeCalibration,
  keyframeInterval_ms,
  type MeaningFault,
  type SeenPair,
  type ShownTime,
  type StampFault,
} from '@minhchung/domain';
import { type DevicePresent, gatherPairs, gatherTrials } from './gather-evidence.ts';
import { END_ASKED_MS, END_SLACK_MS, REFERENCE_PAIRS } from './limits.ts';
import { observePlay, type TriedChannel } from './observe-play.ts';

/** What is calibrated, and what is known beforehand. */
export interface CalibrationOrder extends TriedChannel {
  /** Code of the recorder, for words. */
  readonly recorder: string;
  readonly present: DevicePresent;
  /** What somebody read off the device's own settings, in minutes; null: nothing. */
  readonly stated_zone_min: number | null;
  readonly readings: readonly ShownTime[];
}

/**
 * Finds out how a device counts time. Throws `CALIBRATION_TOO_LITTLE_RECORDED`, `CALIBRATION_AMBIGUOUS`,
 * `CALIBRATION_NEEDS_READING`, `CALIBRATION_READING_CONTRADICTS`, and what reaching it throws; whatever it throws,
 * nothing is settled.
 */
export async function calibratePlayback(
  order: CalibrationOrder,
  signal: AbortSignal,
): Promise<JudgedTimes & { readonly honours_end: boolean }> {
  const { recorder, channel, stated_zone_min, readings } = order;
  const pairs = await gatherPairs(order, order.present, signal);
  if (pairs.length < REFERENCE_PAIRS) {
    throw new CodedError('CALIBRATION_TOO_LITTLE_RECORDED', { recorder, channel });
  }
  const trials = await gatherTrials(order, order.present, stated_zone_min, signal);
  const verdict = judgeCalibration({ trials, pairs, readings, stated_zone_min });
  if (verdict.kind !== 'settled') throw refusal(verdict, recorder, pairs);
  return { ...verdict.times, honours_end: await honoursEnd(order, pairs, signal) };
}

async function honoursEnd(
  order: CalibrationOrder,
  pairs: readonly SeenPair[],
  signal: AbortSignal,
): Promise<boolean> {
  const { written_ms } = pairs[0]![0];
  const allowed_ms = END_ASKED_MS + keyframeInterval_ms(pairs.flat()) + END_SLACK_MS;
  const length = { asked_ms: END_ASKED_MS, watched_ms: allowed_ms + END_SLACK_MS };
  const { pictures } = await observePlay(order, written_ms, length, signal);
  return pictures.every(({ media_time_ms }) => media_time_ms <= allowed_ms);
}

function refusal(
  verdict: Exclude<CalibrationVerdict, { kind: 'settled' }>,
  recorder: string,
  pairs: readonly SeenPair[],
): CodedError {
  switch (verdict.kind) {
    case 'ambiguous': {
      const { vi, en } = AMBIGUOUS[verdict.fault];
      return new CodedError('CALIBRATION_AMBIGUOUS', { recorder, reason_vi: vi, reason: en });
    }
    case 'needs_reading': {
      const { vi, en } = STAMP_FAULTS[verdict.fault];
      const suggested = pairs.map(([{ written_ms }]) => writtenText(written_ms)).join(', ');
      return new CodedError('CALIBRATION_NEEDS_READING', { recorder, reason_vi: vi, reason: en, suggested });
    }
    default: {
      const [vi, en] = [
        'lệch nhau hơn khoảng cách hình khóa',
        'they differ by more than keyframes lie apart',
      ];
      return new CodedError('CALIBRATION_READING_CONTRADICTS', { recorder, reason_vi: vi, reason: en });
    }
  }
}

/** An instant as the digits of the address have it, in a form people can type again. */
export function writtenText(written_ms: number): string {
  return new Date(written_ms).toISOString().slice(0, 19);
}

const AMBIGUOUS: Readonly<Record<MeaningFault | 'stamps_of_no_zone', { vi: string; en: string }>> = {
  none_fits: {
    vi: 'không cách hiểu nào vừa có hình vừa ghi vừa không có hình của tương lai',
    en: 'under no meaning does it play what was just recorded and nothing of the future',
  },
  several_fit: { vi: 'nhiều cách hiểu cùng phù hợp', en: 'several meanings fit' },
  stamps_of_no_zone: {
    vi: 'thời gian gửi kèm hình không theo múi giờ nào đã biết',
    en: 'the times it sends are of no zone that is known of it',
  },
};

const STAMP_FAULTS: Readonly<Record<StampFault, { vi: string; en: string }>> = {
  none_sent: { vi: 'không gửi thời gian', en: 'it sends none' },
  unproven: { vi: 'không có hình nào đến hai lần để so', en: 'no picture came twice to compare' },
  change_with_question: {
    vi: 'cùng một hình mà thời gian đổi theo câu hỏi',
    en: 'the same picture gets another time when another second is asked for',
  },
  against_rtp: { vi: 'mâu thuẫn với thời gian RTP', en: 'they contradict RTP time' },
  inconsistent: { vi: 'mỗi lúc hỏi lệch một khác', en: 'they are off differently from time to time' },
};
