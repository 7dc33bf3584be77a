import type { Bilingual } from '@minhchung/domain';
import type { ErrorBody, Problem } from './schemas.ts';

/**
 * An error the API answered with, or the reason why it did not answer (`NO_ANSWER`). Same face as the domain's
 * `CodedError`: a stable code, both texts, details.
 */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly texts: Bilingual;
  readonly details: ErrorBody['details'];
  readonly problems: readonly Problem[];
  /** Of `EDIT_CONFLICT`: the record as it is now; else undefined. */
  readonly current: unknown;
  /** Quote it when asking the administrator: it finds the line in the log. */
  readonly request_id: string | null;

  constructor(
    status: number,
    body: Omit<ErrorBody, 'request_id'> & { request_id: string | null },
    cause?: unknown,
  ) {
    super(body.message.en, { cause });
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code;
    this.texts = body.message;
    this.details = body.details;
    this.problems = body.problems ?? [];
    this.current = body.current;
    this.request_id = body.request_id;
  }
}

/** True for an `ApiError`, optionally of one of the given codes. */
export function isApiError(error: unknown, ...codes: string[]): error is ApiError {
  return error instanceof ApiError && (codes.length === 0 || codes.includes(error.code));
}

/** The server could not be reached, or ended the connection. Status 0. */
export function noAnswer(cause: unknown): ApiError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ApiError(
    0,
    {
      code: 'NO_ANSWER',
      message: {
        vi: `Máy chủ không trả lời (${reason}). Kiểm tra địa chỉ và đường truyền rồi thử lại.`,
        en: `The server did not answer (${reason}). Check its address and the line, then try again.`,
      },
      details: { reason },
      request_id: null,
    },
    cause,
  );
}

/** The server answered with something that is not an answer of this API (a proxy's page, for example). */
export function foreignAnswer(status: number): ApiError {
  return new ApiError(status, {
    code: 'FOREIGN_ANSWER',
    message: {
      vi: `Câu trả lời (mã ${status}) không phải của hệ thống này. Kiểm tra địa chỉ máy chủ.`,
      en: `The answer (status ${status}) is not one of this system. Check the server's address.`,
    },
    details: { status },
    request_id: null,
  });
}
