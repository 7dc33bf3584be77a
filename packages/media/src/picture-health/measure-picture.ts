import { createHash } from 'node:crypto';
import { CodedError, type PictureMeasures } from '@minhchung/domain';
import { isJpeg, openJpeg } from '../stills/open-jpeg.ts';

/** Large enough to tell a sharp edge from a soft one, whatever the sensor. */
const WIDTH = 512;
const HEIGHT = 288;
const CELL = 32;
/** The strongest edges: a lens out of focus has none, and the noise of a sensor is far below them. */
const STRONGEST_SHARE = 0.01;
/** Mean absolute difference of neighbours below which a cell shows nothing; noise of a sensor is about 1. */
const FLAT_DETAIL_MAX = 1.5;
/** Mean distance between the colours of a pixel below which a picture has none. */
const MONOCHROME_CHROMA_MAX = 2.5;
const HASH_SIDE = 8;
const FINGERPRINT_CHARS = 16;

/**
 * Turns one JPEG of a camera into numbers, and forgets it. Throws `PICTURE_UNREADABLE` for what is no JPEG, is too
 * large, or cannot be decoded in time.
 */
export async function measurePicture(jpeg: Uint8Array): Promise<PictureMeasures> {
  if (!isJpeg(jpeg)) throw unreadable('it is no JPEG');
  try {
    const small = await decode(jpeg);
    const luma = luminance(small);
    return {
      ...spread(luma),
      ...detail(luma),
      is_monochrome: chroma(small) < MONOCHROME_CHROMA_MAX,
      gradient_hash: await gradientHash(jpeg),
      fingerprint: createHash('sha256').update(small).digest('hex').slice(0, FINGERPRINT_CHARS),
    };
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message.slice(0, 200) : 'it cannot be decoded', error);
  }
}

function decode(jpeg: Uint8Array): Promise<Buffer> {
  return openJpeg(jpeg)
    .resize(WIDTH, HEIGHT, { fit: 'fill' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer();
}

/** Nine columns give eight differences a row. */
async function gradientHash(jpeg: Uint8Array): Promise<string> {
  const columns = HASH_SIDE + 1;
  const pixels = await openJpeg(jpeg)
    .resize(columns, HASH_SIDE, { fit: 'fill', kernel: 'cubic' })
    .greyscale()
    .raw()
    .toBuffer();
  let bits = 0n;
  for (let row = 0; row < HASH_SIDE; row += 1) {
    for (let column = 0; column < HASH_SIDE; column += 1) {
      const left = pixels[row * columns + column]!;
      const right = pixels[row * columns + column + 1]!;
      bits = (bits << 1n) | (right > left ? 1n : 0n);
    }
  }
  return bits.toString(16).padStart((HASH_SIDE * HASH_SIDE) / 4, '0');
}

/** ITU-R BT.601, in whole numbers. */
function luminance(rgb: Buffer): Uint8Array {
  const luma = new Uint8Array(WIDTH * HEIGHT);
  for (let n = 0; n < luma.length; n += 1) {
    luma[n] = (rgb[n * 3]! * 77 + rgb[n * 3 + 1]! * 150 + rgb[n * 3 + 2]! * 29) >> 8;
  }
  return luma;
}

function spread(luma: Uint8Array): Pick<PictureMeasures, 'brightness' | 'contrast'> {
  let sum = 0;
  let squares = 0;
  for (const value of luma) {
    sum += value;
    squares += value * value;
  }
  const brightness = sum / luma.length;
  return { brightness, contrast: Math.sqrt(Math.max(0, squares / luma.length - brightness * brightness)) };
}

/** Mean difference of neighbours by cell, for `flat_share`; the strongest edges, for `sharpness`. */
function detail(luma: Uint8Array): Pick<PictureMeasures, 'sharpness' | 'flat_share'> {
  const columns = WIDTH / CELL;
  const cells = new Float64Array((columns * HEIGHT) / CELL);
  const edges = new Uint32Array(4 * 255 + 1);
  for (let y = 1; y < HEIGHT - 1; y += 1) {
    for (let x = 1; x < WIDTH - 1; x += 1) {
      const at = y * WIDTH + x;
      const here = luma[at]!;
      const right = luma[at + 1]!;
      const below = luma[at + WIDTH]!;
      const cell = Math.floor(y / CELL) * columns + Math.floor(x / CELL);
      cells[cell] = cells[cell]! + (Math.abs(here - right) + Math.abs(here - below)) / (2 * CELL * CELL);
      const edge = Math.abs(4 * here - right - below - luma[at - 1]! - luma[at - WIDTH]!);
      edges[edge] = edges[edge]! + 1;
    }
  }
  const flat_share = cells.filter((one) => one < FLAT_DETAIL_MAX).length / cells.length;
  return { sharpness: meanOfStrongest(edges), flat_share };
}

/** Mean of the strongest hundredth, out of how often each strength occurs. */
function meanOfStrongest(counts: Uint32Array): number {
  const wanted = Math.floor(WIDTH * HEIGHT * STRONGEST_SHARE);
  let taken = 0;
  let sum = 0;
  for (let strength = counts.length - 1; strength >= 0 && taken < wanted; strength -= 1) {
    const count = Math.min(counts[strength]!, wanted - taken);
    taken += count;
    sum += count * strength;
  }
  return sum / wanted;
}

function chroma(rgb: Buffer): number {
  let sum = 0;
  for (let n = 0; n < rgb.length; n += 3) {
    sum += Math.max(rgb[n]!, rgb[n + 1]!, rgb[n + 2]!) - Math.min(rgb[n]!, rgb[n + 1]!, rgb[n + 2]!);
  }
  return (sum * 3) / rgb.length;
}

function unreadable(reason: string, cause?: unknown): CodedError {
  return new CodedError('PICTURE_UNREADABLE', { reason }, { cause });
}
