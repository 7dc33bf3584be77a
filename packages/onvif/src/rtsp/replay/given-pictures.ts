import { crc32 } from 'node:zlib';
import {
  RESUME_REMEMBERED_BYTES_MAX,
  RESUME_REMEMBERED_UNITS_MAX,
  SAME_PICTURE_TOLERANCE_US,
} from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';
import type { VideoCodec } from '../codec/codec.ts';

/** A picture as it was given out. */
export interface GivenPicture {
  readonly device_time_us: number;
  readonly is_keyframe: boolean;
  readonly data: Uint8Array;
}

/** A picture kept to be recognised: itself, or where that would be too much, the checksum of its picture data. */
interface Remembered {
  readonly device_time_us: number;
  readonly data: Uint8Array | null;
  readonly checksum: number;
}

/**
 * The pictures given out since the last keyframe, in decode order: what a recorder will send again when it is asked
 * to go on from there. Memory: one group of pictures, within limits.
 */
export class GivenPictures {
  readonly #codec: VideoCodec | null;
  #list: Remembered[] = [];
  #kept_bytes = 0;
  #newest_us = Number.NEGATIVE_INFINITY;

  /** `codec` null: pictures that are one piece, as JPEG. */
  constructor(codec: VideoCodec | null) {
    this.#codec = codec;
  }

  get count(): number {
    return this.#list.length;
  }

  /** The latest time given out at all. Throws nothing; minus infinity before the first picture. */
  get newest_us(): number {
    return this.#newest_us;
  }

  /** Time of the keyframe that the last pictures given out need; null before the first. */
  get keyframe_us(): number | null {
    return this.#list[0]?.device_time_us ?? null;
  }

  /** Mean distance of the pictures since the last keyframe; 0 while there is one only. */
  get spacing_us(): number {
    const first_us = this.keyframe_us ?? 0;
    return this.#list.length < 2 ? 0 : (this.#newest_us - first_us) / (this.#list.length - 1);
  }

  remember({ device_time_us, is_keyframe, data }: GivenPicture): void {
    if (is_keyframe) {
      this.#list = [];
      this.#kept_bytes = 0;
    }
    if (this.#list.length >= RESUME_REMEMBERED_UNITS_MAX) {
      throw new BrokenStream('a group of pictures without an end');
    }
    this.#newest_us = Math.max(this.#newest_us, device_time_us);
    this.#kept_bytes += data.length;
    if (this.#kept_bytes <= RESUME_REMEMBERED_BYTES_MAX) {
      this.#list.push({ device_time_us, data, checksum: 0 });
    } else {
      this.#list.push({ device_time_us, data: null, checksum: checksumOf(this.#codec, data) });
    }
  }

  /** True where a picture that comes again is the one given out at this place of the list. */
  isAt(place: number, { device_time_us, data }: GivenPicture): boolean {
    const given = this.#list[place];
    if (given === undefined) return false;
    if (Math.abs(given.device_time_us - device_time_us) > SAME_PICTURE_TOLERANCE_US) return false;
    if (given.data === null) return given.checksum === checksumOf(this.#codec, data);
    return Buffer.compare(given.data, data) === 0 || isSamePicture(this.#codec, given.data, data);
  }

  /** True where a picture has the time of the one at this place, whatever is in it. */
  isTimeOf(place: number, { device_time_us }: GivenPicture): boolean {
    const given = this.#list[place];
    return (
      given !== undefined && Math.abs(given.device_time_us - device_time_us) <= SAME_PICTURE_TOLERANCE_US
    );
  }
}

/**
 * Recorders put parameter sets and other descriptions before the first picture of a session that are not there in the
 * middle of one: what is compared is the picture data alone.
 */
function isSamePicture(codec: VideoCodec | null, a: Uint8Array, b: Uint8Array): boolean {
  if (codec === null) return false;
  const of_a = [...pictureNals(codec, a)];
  const of_b = [...pictureNals(codec, b)];
  return of_a.length === of_b.length && of_a.every((nal, n) => Buffer.compare(nal, of_b[n]!) === 0);
}

function checksumOf(codec: VideoCodec | null, data: Uint8Array): number {
  if (codec === null) return crc32(data);
  let checksum = 0;
  for (const nal of pictureNals(codec, data)) checksum = crc32(nal, checksum);
  return checksum;
}

function* pictureNals(codec: VideoCodec, data: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 0; at < data.length; ) {
    const end = at + 4 + view.getUint32(at);
    if (codec.isPicture(data[at + 4]!)) yield data.subarray(at + 4, end);
    at = end;
  }
}
