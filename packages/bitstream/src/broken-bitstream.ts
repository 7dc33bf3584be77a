/** Bytes that are not what the syntax of their codec allows. The message says what was found: "an SPS with …". */
export class BrokenBitstream extends RangeError {
  constructor(reason: string) {
    super(reason);
    this.name = 'BrokenBitstream';
  }
}
