import type { ErrorCode, ErrorDetails } from '@minhchung/domain';
import type { ColumnName } from './columns.ts';

/** A cell that is readable, but cannot be what the register needs. */
export class CellFault extends Error {
  readonly column: ColumnName;
  readonly value: string;
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(column: ColumnName, value: string | null, code: ErrorCode, details: ErrorDetails = {}) {
    super(code);
    this.name = 'CellFault';
    this.column = column;
    this.value = value ?? '';
    this.code = code;
    this.details = details;
  }
}
