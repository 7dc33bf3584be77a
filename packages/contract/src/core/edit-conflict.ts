import { CodedError } from '@minhchung/domain';

/** `EDIT_CONFLICT` with the record as it is now, so that whoever was overtaken loses nothing they entered. */
export class EditConflict extends CodedError {
  readonly current: { readonly version: string };

  constructor(current: { readonly version: string }) {
    super('EDIT_CONFLICT', { version: current.version });
    this.current = current;
  }
}
