import { BrokenBitstream, readJpegSize } from '@minhchung/bitstream';
import type { StreamDescription } from '@minhchung/domain';
import type { NormalisedPacket, Normaliser } from './normaliser.ts';

/** Motion JPEG: every packet is a whole picture and stays as it is; only its size is followed. */
export class JpegNormaliser implements Normaliser {
  #stream: StreamDescription;

  private constructor(stream: StreamDescription) {
    this.#stream = stream;
  }

  /** Described by the first picture. Throws `BrokenBitstream` when that is no JPEG. */
  static fromPicture(first_picture: Uint8Array): JpegNormaliser {
    return new JpegNormaliser(describe(readJpegSize(first_picture)));
  }

  get stream(): StreamDescription {
    return this.#stream;
  }

  clone(): JpegNormaliser {
    return new JpegNormaliser(this.#stream);
  }

  normalise(data: Uint8Array): NormalisedPacket {
    const size = sizeOrNull(data);
    const is_same =
      size === null || (size.width === this.#stream.width && size.height === this.#stream.height);
    if (!is_same) this.#stream = describe(size);
    return { data, is_keyframe: true, changed_stream: is_same ? null : this.#stream };
  }
}

/** A broken picture among good ones is footage all the same: it is kept, and said to be like those before it. */
function sizeOrNull(data: Uint8Array): { readonly width: number; readonly height: number } | null {
  try {
    return readJpegSize(data);
  } catch (error) {
    if (error instanceof BrokenBitstream) return null;
    throw error;
  }
}

function describe(size: { readonly width: number; readonly height: number }): StreamDescription {
  return { kind: 'video', codec: 'mjpeg', ...size, decoder_configuration: new Uint8Array() };
}
