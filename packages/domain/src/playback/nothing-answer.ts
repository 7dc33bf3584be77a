import { isCoded } from '../errors.ts';

/** Answers to DESCRIBE or PLAY by which recorders say that they hold nothing at the asked time. */
const NOTHING_STATUS = /\bRTSP (404|415|451|454|455|457|458|459|500)\b/;

/**
 * How a failed play says that there is nothing, in a word that can be compared (`rtsp_404`, `silent`); null for a
 * failure that says no such thing: not reached, refused, busy.
 */
export function nothingAnswerOf(error: unknown): string | null {
  if (isCoded(error, 'SOURCE_STALLED')) return 'silent';
  if (!isCoded(error, 'SOURCE_BROKEN')) return null;
  const status = NOTHING_STATUS.exec(String(error.details.reason ?? ''))?.[1];
  return status === undefined ? null : `rtsp_${status}`;
}

/** The word for a play that ended without a picture. */
export const ENDED_EMPTY = 'ended_empty';
