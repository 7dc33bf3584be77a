import { BrokenBitstream } from './broken-bitstream.ts';

/** Largest exponent of ue(v): values reach 2^32 − 2 (H.264 9.1). */
const GOLOMB_ZEROS_MAX = 31;

/** Reads bits, most significant first, and Exp-Golomb codes (H.264 and H.265, 7.2 and 9.1). Throws `BrokenBitstream` past the end. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** u(1) */
  bit(): number {
    const byte = this.#bytes[this.#position >> 3];
    if (byte === undefined) throw endsEarly();
    const bit = (byte >> (7 - (this.#position & 7))) & 1;
    this.#position++;
    return bit;
  }

  /** u(n), n up to 32. */
  bits(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index++) value = value * 2 + this.bit();
    return value;
  }

  skip(count: number): void {
    this.#position += count;
    if (this.#position > this.#bytes.length * 8) throw endsEarly();
  }

  /** ue(v) */
  unsignedGolomb(): number {
    let zeros = 0;
    while (this.bit() === 0) {
      if (++zeros > GOLOMB_ZEROS_MAX) throw new BrokenBitstream('a parameter set with an impossible number');
    }
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** se(v) */
  signedGolomb(): number {
    const code = this.unsignedGolomb();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}

function endsEarly(): BrokenBitstream {
  return new BrokenBitstream('a parameter set that ends too early');
}
