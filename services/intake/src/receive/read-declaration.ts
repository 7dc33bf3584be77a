import { CodedError, type DeclaredTime, isCoded, parseVietnam } from '@minhchung/domain';
import { DECLARED_AHEAD_MS } from '../limits.ts';

/** What a person typed of a file's time, as a form or as tus metadata carries it. */
export interface TypedDeclaration {
  /** `22/11/2026 14:05:30`, seconds optional, or as a browser's own field gives it: `2026-11-22T14:05`. */
  readonly start: string;
  /** Empty: not said. */
  readonly end: string;
  /** `device`, or `true_time`. */
  readonly clock: string;
  /** What the recorder's screen showed, and what time it truly was; both or neither. */
  readonly shown: string;
  readonly truth: string;
}

const BROWSER_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?$/;
const HAS_SECONDS = /:\d{2}:\d{2}/;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/**
 * Reads a declaration: local time of Vietnam, to the second or to the minute, as finely as the coarsest that was
 * typed. Throws `UPLOAD_TIME_INVALID` for what is no time, ends before it begins, or lies ahead of now by more than
 * any recorder's clock.
 */
export function readDeclaration(typed: TypedDeclaration, now_ms: number): DeclaredTime {
  const clock = typed.clock === 'true_time' ? 'true_time' : 'device';
  const start_ms = timeOf(typed.start);
  const end_ms = typed.end.trim() === '' ? null : timeOf(typed.end);
  const has_statement = clock === 'device' && (typed.shown.trim() !== '' || typed.truth.trim() !== '');
  const statement = has_statement ? { shown_ms: timeOf(typed.shown), true_ms: timeOf(typed.truth) } : null;
  const texts = [typed.start, ...(has_statement ? [typed.shown, typed.truth] : [])];
  const resolution_ms = texts.every((text) => HAS_SECONDS.test(text)) ? SECOND_MS : MINUTE_MS;
  const latest_ms = now_ms + (clock === 'device' ? DECLARED_AHEAD_MS : MINUTE_MS);
  if (start_ms > latest_ms || (end_ms !== null && end_ms <= start_ms))
    throw new CodedError('UPLOAD_TIME_INVALID');
  if (statement !== null && statement.true_ms > now_ms + MINUTE_MS)
    throw new CodedError('UPLOAD_TIME_INVALID');
  return { start_ms, end_ms, resolution_ms, clock, statement };
}

function timeOf(text: string): number {
  const [, year, month, day, hour, minute, second = '00'] = BROWSER_TIME.exec(text.trim()) ?? [];
  try {
    return parseVietnam(year === undefined ? text : `${day}/${month}/${year} ${hour}:${minute}:${second}`);
  } catch (error) {
    if (!isCoded(error, 'TIME_INVALID')) throw error;
    throw new CodedError('UPLOAD_TIME_INVALID', {}, { cause: error });
  }
}
