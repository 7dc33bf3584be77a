import {
  type ByteSink,
  CodedError,
  type MasterSummary,
  type MasterWriter,
  type MasterWriterFactory,
  type MediaPacket,
  type StreamDescription,
} from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';
import { byteLength, concatBytes, fourCharacters, u32 } from './box.ts';
import { fileTypeBox, movieBox } from './movie-box.ts';
import { createSampleTable } from './sample-table.ts';
import { MASTER_TIMESCALE, sampleTimes } from './sample-times.ts';

const UINT32_MAX = 0xffff_ffff;
const MDAT_HEADER_BYTES = 8;

/**
 * Makes a writer of one master: `ftyp`, then `mdat` after `mdat` of about a megabyte, then `moov` (ISO/IEC
 * 14496-12). Forward only; memory is one `mdat` plus about 12 bytes a frame. Nothing is written after `finish`,
 * so whoever holds the sink may append further boxes.
 *
 * Throws `MEDIA_LIMIT` for too many or too large frames, and for a master whose times do not fit its index.
 */
export const createMasterWriter: MasterWriterFactory = ({ stream, sink }) => new PlainMp4Writer(stream, sink);

class PlainMp4Writer implements MasterWriter {
  readonly #stream: StreamDescription;
  readonly #sink: ByteSink;
  readonly #table = createSampleTable();
  #pending: Uint8Array[] = [];
  #pending_bytes = 0;
  #written_bytes = 0;
  #finished = false;

  constructor(stream: StreamDescription, sink: ByteSink) {
    this.#stream = stream;
    this.#sink = sink;
  }

  async write(packet: MediaPacket): Promise<void> {
    const sample_index = this.#table.sizes_bytes.length;
    if (this.#finished) throw new Error('the master is finished');
    if (sample_index === 0 && !packet.is_keyframe) throw new Error('a master begins with a keyframe');
    if (sample_index >= MEDIA_LIMITS.master_frames_max) {
      throw new CodedError('MEDIA_LIMIT', {
        what: 'khung hình (frames)',
        limit: MEDIA_LIMITS.master_frames_max,
      });
    }
    if (packet.data.length > MEDIA_LIMITS.packet_bytes_max) {
      throw new CodedError('MEDIA_LIMIT', {
        what: 'byte mỗi khung hình (bytes a frame)',
        limit: MEDIA_LIMITS.packet_bytes_max,
      });
    }
    this.#table.presentation_times_us.push(packet.device_time_us);
    this.#table.sizes_bytes.push(packet.data.length);
    if (packet.is_keyframe) this.#table.keyframes.push(sample_index);
    this.#pending.push(packet.data);
    this.#pending_bytes += packet.data.length;
    if (this.#pending_bytes >= MEDIA_LIMITS.mdat_bytes) await this.#flush();
  }

  async finish(): Promise<MasterSummary> {
    if (this.#table.sizes_bytes.length === 0) throw new Error('a master holds at least one frame');
    await this.#flush();
    this.#finished = true;
    const times = sampleTimes(this.#table.presentation_times_us.view());
    if (times.duration - times.decode[0]! > UINT32_MAX) {
      throw new CodedError('MEDIA_LIMIT', {
        what: 'giây mỗi tệp (seconds a file)',
        limit: Math.floor(UINT32_MAX / MASTER_TIMESCALE),
      });
    }
    for (const piece of movieBox(this.#stream, this.#table, times)) await this.#emit(piece);
    return {
      frame_count: times.decode.length,
      size_bytes: this.#written_bytes,
      first_frame_device_time_us: times.origin_us,
      last_frame_device_time_us: times.last_us,
      timescale: MASTER_TIMESCALE,
    };
  }

  /** Pending frames become one `mdat`, which is one chunk of the index. */
  async #flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const header = concatBytes(u32(MDAT_HEADER_BYTES + this.#pending_bytes), fourCharacters('mdat'));
    const file_type = this.#written_bytes === 0 ? fileTypeBox(this.#stream.codec) : [];
    const chunk_offset = this.#written_bytes + byteLength(file_type) + MDAT_HEADER_BYTES;
    this.#table.chunk_offsets.push(chunk_offset);
    this.#table.chunk_sample_counts.push(this.#pending.length);
    const bytes = concatBytes(...file_type, header, ...this.#pending);
    this.#pending = [];
    this.#pending_bytes = 0;
    await this.#emit(bytes);
  }

  async #emit(bytes: Uint8Array): Promise<void> {
    await this.#sink.write(bytes);
    this.#written_bytes += bytes.length;
  }
}
