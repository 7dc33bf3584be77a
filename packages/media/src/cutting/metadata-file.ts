import type { ArchiveWriter, MetadataPacket } from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';

/** The documents of a cut's metadata track, archived as one file. */
export interface MetadataFileResult {
  readonly name: string;
  readonly size_bytes: number;
  readonly sha256: string;
  readonly document_count: number;
  readonly first_device_time_us: number;
  readonly last_device_time_us: number;
  /** Documents too large to be kept, or beyond what one file may hold. */
  readonly left_out_count: number;
}

/**
 * Writes the documents of a metadata track one a line, each with its device time: as text where it is UTF-8, which
 * gives its bytes back, else in base64.
 */
export class MetadataFile {
  readonly #open: () => Promise<{ readonly name: string; readonly sink: ArchiveWriter }>;
  #opened: { readonly name: string; readonly sink: ArchiveWriter } | null = null;
  #bytes = 0;
  #document_count = 0;
  #left_out_count = 0;
  #first_us = 0;
  #last_us = 0;

  constructor(open: () => Promise<{ readonly name: string; readonly sink: ArchiveWriter }>) {
    this.#open = open;
  }

  async add({ device_time_us, data }: MetadataPacket): Promise<void> {
    const is_too_much =
      data.length > MEDIA_LIMITS.metadata_document_bytes_max ||
      this.#bytes + data.length > MEDIA_LIMITS.metadata_bytes_max;
    if (is_too_much) {
      this.#left_out_count += 1;
      return;
    }
    this.#opened ??= await this.#open();
    if (this.#document_count === 0) this.#first_us = device_time_us;
    this.#last_us = device_time_us;
    this.#document_count += 1;
    this.#bytes += data.length;
    await this.#opened.sink.write(Buffer.from(`${JSON.stringify(lineOf(device_time_us, data))}\n`));
  }

  /** Null when there was no document that could be kept. */
  async finish(): Promise<MetadataFileResult | null> {
    if (this.#opened === null) return null;
    const { name, sink } = this.#opened;
    this.#opened = null;
    return {
      name,
      ...(await sink.commit()),
      document_count: this.#document_count,
      first_device_time_us: this.#first_us,
      last_device_time_us: this.#last_us,
      left_out_count: this.#left_out_count,
    };
  }

  async abort(): Promise<void> {
    await this.#opened?.sink.abort();
  }
}

function lineOf(device_time_us: number, data: Uint8Array) {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const document = bytes.toString('utf8');
  if (Buffer.from(document).equals(bytes)) return { device_time_us, document };
  return { device_time_us, document_base64: bytes.toString('base64') };
}
