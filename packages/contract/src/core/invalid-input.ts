import { CodedError } from '@minhchung/domain';
import type { Problem } from './schemas.ts';

/** `INVALID_INPUT` with every mistake, each with its field. */
export class InvalidInputError extends CodedError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('INVALID_INPUT', { count: problems.length });
    this.problems = problems;
  }
}
