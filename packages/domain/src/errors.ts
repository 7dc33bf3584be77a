import { ERROR_CATALOGUE, type ErrorCode } from './error-catalogue/index.ts';

export type { ErrorCode } from './error-catalogue/index.ts';

/** Values that fill the `{placeholders}` of a catalogue text. Never secrets. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** A text in the product's two languages, Vietnamese first. */
export interface Bilingual {
  readonly vi: string;
  readonly en: string;
}

/**
 * An error with a stable code that says what happened, to what, and what to do next, in both languages.
 * The code is for programs, `message` (English) for logs, `text(language)` for people.
 */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(fill(ERROR_CATALOGUE[code].text.en, details), options);
    this.name = 'CodedError';
    this.code = code;
    this.details = details;
  }

  /** HTTP status the API answers with. */
  get status(): number {
    return ERROR_CATALOGUE[this.code].status;
  }

  /** What happened and what to do next, in both languages, with the details filled in. */
  get texts(): Bilingual {
    const { text } = ERROR_CATALOGUE[this.code];
    return { vi: fill(text.vi, this.details), en: fill(text.en, this.details) };
  }
}

/** True for a `CodedError`, optionally of one of the given codes. */
export function isCoded(error: unknown, ...codes: ErrorCode[]): error is CodedError {
  return error instanceof CodedError && (codes.length === 0 || codes.includes(error.code));
}

/** A detail in one language, `{reason_vi}`, is taken from `reason` where it was given in no language of its own. */
function fill(template: string, details: ErrorDetails): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (name in details) return String(details[name]);
    const plain = name.replace(/_(vi|en)$/, '');
    return plain in details ? String(details[plain]) : whole;
  });
}
