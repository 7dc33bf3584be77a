/**
 * What is kept of a picture that was looked at to see whether the lens still sees: numbers from which nobody can
 * make a picture again, or recognise anything.
 */
export interface PictureMeasures {
  /** Mean luminance, 0 (black) … 255. */
  readonly brightness: number;
  /** Standard deviation of the luminance. */
  readonly contrast: number;
  /** Mean strength of the strongest edges; falls when the lens is dirty, wet or out of focus. */
  readonly sharpness: number;
  /** Share of the picture without any detail, 0 … 1. */
  readonly flat_share: number;
  /** Taken by infrared light, without colour. */
  readonly is_monochrome: boolean;
  /** 64 bits in hexadecimal: where the picture gets brighter from left to right, on a grid of 8 × 8. */
  readonly gradient_hash: string;
  /** Beginning of a hash of the pixels; two live pictures never have the same, because sensors have noise. */
  readonly fingerprint: string;
}

/** One look at one camera. */
export interface PictureReading extends PictureMeasures {
  readonly at_ms: number;
}

/** Bits in which two gradient hashes differ, 0 … 64. Throws `TypeError` for what is no hash. */
export function hashDistance(a: string, b: string): number {
  let difference = hashBits(a) ^ hashBits(b);
  let count = 0;
  for (; difference !== 0n; difference &= difference - 1n) count += 1;
  return count;
}

/** The hash whose every bit is what most of the hashes have; null of none. */
export function majorityHash(hashes: readonly string[]): string | null {
  if (hashes.length === 0) return null;
  const all = hashes.map(hashBits);
  let majority = 0n;
  for (let bit = 0n; bit < 64n; bit += 1n) {
    const set = all.filter((one) => ((one >> bit) & 1n) === 1n).length;
    if (set * 2 > all.length) majority |= 1n << bit;
  }
  return majority.toString(16).padStart(16, '0');
}

function hashBits(hash: string): bigint {
  if (!/^[0-9a-f]{16}$/.test(hash)) throw new TypeError(`no gradient hash: ${hash.slice(0, 20)}`);
  return BigInt(`0x${hash}`);
}
