/** Bytes that are not in the one accepted form. `message` says what is wrong and where, in English. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}
