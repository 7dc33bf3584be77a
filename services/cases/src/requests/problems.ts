import type { Problem } from '@minhchung/contract';
import { type Bilingual, CodedError, type ErrorCode } from '@minhchung/domain';

/** Something wrong, or worth knowing, about one field of a request. */
export interface RequestProblem {
  readonly code: ErrorCode;
  readonly path: string;
  readonly text: Bilingual;
}

/** The problem an error is, at a field of the request. `about`: what it is said of, where the text does not say. */
export function problemAt(path: string, error: CodedError, about: string | null = null): RequestProblem {
  const { vi, en } = error.texts;
  const text = about === null ? { vi, en } : { vi: `${about}: ${vi}`, en: `${about}: ${en}` };
  return { code: error.code, path, text };
}

/** A request that cannot be submitted. One problem answers with its own code, several with `REQUEST_PROBLEMS`. */
export class RequestRefused extends CodedError {
  readonly problems: readonly Problem[];
  readonly #only: RequestProblem | null;

  constructor(problems: readonly RequestProblem[]) {
    const [first] = problems;
    const is_one = problems.length === 1 && first !== undefined;
    super(is_one ? first.code : 'REQUEST_PROBLEMS', { count: problems.length });
    this.#only = is_one ? first : null;
    this.problems = problems.map(({ path, text }) => ({ path, message: text }));
  }

  override get texts(): Bilingual {
    return this.#only?.text ?? super.texts;
  }
}
