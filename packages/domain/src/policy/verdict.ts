import { type Bilingual, CodedError, type ErrorCode, type ErrorDetails } from '../errors.ts';

/** What policy says to one wish. A refusal always has a code and a reason that can be shown. */
export type Verdict =
  | { readonly allow: true }
  | {
      readonly allow: false;
      readonly code: ErrorCode;
      readonly details: ErrorDetails;
      readonly reason: Bilingual;
    };

export const ALLOWED: Verdict = { allow: true };

/** A refusal with the text of its code. */
export function denied(code: ErrorCode, details: ErrorDetails = {}): Verdict {
  return { allow: false, code, details, reason: new CodedError(code, details).texts };
}

/** Throws the refusal as a `CodedError`. */
export function demand(verdict: Verdict): void {
  if (!verdict.allow) throw new CodedError(verdict.code, verdict.details);
}
