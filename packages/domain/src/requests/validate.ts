import { isPurpose, PURPOSES } from '../agreement/purposes.ts';
import { CodedError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { rfc3339Vietnam } from '../time/vietnam-time.ts';
import { LEGAL_BASES } from '../vocabulary/cases.ts';

/** A request as it was typed, before anything is looked up. Times are true time, milliseconds UTC. */
export interface RequestDraft {
  readonly wanted: { readonly start_ms: number; readonly end_ms: number };
  /** Ids or codes, whichever the caller knows; the same camera must be named the same way. */
  readonly cameras: readonly string[];
  /** One of `PURPOSES`: what an owner's agreement allows or not. */
  readonly purpose: string;
  readonly reason: string;
  readonly legal_basis: string;
  readonly legal_reference: string | null;
}

/**
 * Everything that is wrong with a draft, at once, in the order of the form. Empty: nothing is. Whether case and
 * cameras exist is not asked here.
 */
export function problemsOfRequest(draft: RequestDraft, now_ms: number): CodedError[] {
  return [
    ...problemsOfSpan(draft.wanted, now_ms),
    ...problemsOfCameras(draft.cameras),
    ...(isPurpose(draft.purpose) ? [] : [unknownValue('purpose', draft.purpose, PURPOSES)]),
    ...problemsOfText('reason', draft.reason, LIMITS.paragraph_max_chars, true),
    ...problemsOfLegalBasis(draft),
  ];
}

/** What is wrong with a wanted span: not a time, reversed, empty, in the future, too old, too long. */
export function problemsOfSpan(
  wanted: { readonly start_ms: number; readonly end_ms: number },
  now_ms: number,
): CodedError[] {
  const { start_ms, end_ms } = wanted;
  const broken = [start_ms, end_ms].find(
    (value) => !Number.isSafeInteger(value) || Math.abs(value) > 8.64e15,
  );
  if (broken !== undefined) return [new CodedError('TIME_INVALID', { text: String(broken), expected: 'ms' })];
  if (end_ms < start_ms) return [new CodedError('SPAN_REVERSED', { start_ms, end_ms })];
  if (end_ms === start_ms) return [new CodedError('SPAN_EMPTY', { start_ms })];
  const problems: CodedError[] = [];
  if (end_ms > now_ms + LIMITS.span_future_tolerance_ms) {
    problems.push(new CodedError('SPAN_IN_FUTURE', { end: printable(end_ms) }));
  }
  if (start_ms < LIMITS.time_earliest_ms) {
    problems.push(new CodedError('SPAN_TOO_OLD', { start: printable(start_ms) }));
  }
  if (end_ms - start_ms > LIMITS.span_length_max_ms) {
    const length_min = Math.ceil((end_ms - start_ms) / 60_000);
    problems.push(
      new CodedError('SPAN_TOO_LONG', { length_min, max_min: LIMITS.span_length_max_ms / 60_000 }),
    );
  }
  return problems;
}

function problemsOfCameras(cameras: readonly string[]): CodedError[] {
  if (cameras.length === 0) return [new CodedError('CAMERA_MISSING')];
  const max = LIMITS.request_cameras_max;
  if (cameras.length > max) return [new CodedError('CAMERAS_TOO_MANY', { count: cameras.length, max })];
  const twice = new Set(cameras.filter((camera, i) => cameras.indexOf(camera) !== i));
  return [...twice].map((camera) => new CodedError('CAMERA_TWICE', { camera }));
}

function problemsOfLegalBasis(draft: RequestDraft): CodedError[] {
  const { legal_basis, legal_reference } = draft;
  const is_known = (LEGAL_BASES as readonly string[]).includes(legal_basis);
  return [
    ...(is_known ? [] : [unknownValue('legal_basis', legal_basis, LEGAL_BASES)]),
    // A lawful order overrides an owner, so the request must say which one it is.
    ...problemsOfText(
      'legal_reference',
      legal_reference ?? '',
      LIMITS.line_max_chars,
      legal_basis === 'lawful_order',
    ),
  ];
}

function unknownValue(field: string, value: string, allowed: readonly string[]): CodedError {
  return new CodedError('VALUE_UNKNOWN', { field, value: value.slice(0, 40), allowed: allowed.join(', ') });
}

function problemsOfText(field: string, text: string, max: number, is_required: boolean): CodedError[] {
  if (is_required && text.trim() === '') return [new CodedError('TEXT_MISSING', { field })];
  return text.length > max ? [new CodedError('TEXT_TOO_LONG', { field, length: text.length, max })] : [];
}

/** Times outside the calendar are shown as numbers rather than hiding the problem behind another error. */
function printable(ms: number): string {
  try {
    return rfc3339Vietnam(ms);
  } catch {
    return `${ms} ms`;
  }
}
