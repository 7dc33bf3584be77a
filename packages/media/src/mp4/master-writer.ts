import {
  type AudioPacket,
  type AudioStreamDescription,
  type ByteSink,
  CodedError,
  type MasterSummary,
  type MasterWriter,
  type MasterWriterFactory,
  type MediaPacket,
  type StreamDescription,
} from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';
import { type AudioTrack, audioTimes, continuesTrack, createAudioTrack } from './audio-track.ts';
import { byteLength, concatBytes, fourCharacters, u32 } from './box.ts';
import { LaidChunks, PendingChunk } from './chunks.ts';
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
  readonly #pictures = new PendingChunk(this.#table);
  readonly #audio: { readonly track: AudioTrack; readonly pending: PendingChunk }[] = [];
  #laid: LaidChunks;
  #written_bytes = 0;
  #finished = false;

  constructor(stream: StreamDescription, sink: ByteSink) {
    this.#stream = stream;
    this.#sink = sink;
    this.#laid = new LaidChunks(byteLength(fileTypeBox(stream.codec)) + MDAT_HEADER_BYTES);
  }

  async write(packet: MediaPacket): Promise<void> {
    const sample_index = this.#table.sizes_bytes.length;
    if (sample_index === 0 && !packet.is_keyframe) throw new Error('a master begins with a keyframe');
    if (sample_index >= MEDIA_LIMITS.master_frames_max) {
      throw mediaLimit('khung hình (frames)', MEDIA_LIMITS.master_frames_max);
    }
    this.#assertFits(packet.data);
    if (packet.is_keyframe) this.#table.keyframes.push(sample_index);
    this.#pictures.add(packet.data, packet.device_time_us);
    await this.#flushWhenFull();
  }

  async writeAudio(stream: AudioStreamDescription, packet: AudioPacket): Promise<number | null> {
    this.#assertFits(packet.data);
    let current = this.#audio.at(-1);
    if (current === undefined || !continuesTrack(current.track, stream, packet)) {
      if (this.#audio.length >= MEDIA_LIMITS.master_audio_tracks_max) return null;
      if (current !== undefined) this.#layChunks();
      const track = createAudioTrack(stream);
      current = { track, pending: new PendingChunk(track.table) };
      this.#audio.push(current);
    }
    const { track, pending } = current;
    if (track.table.sizes_bytes.length >= MEDIA_LIMITS.master_audio_packets_max) {
      throw mediaLimit('gói âm thanh (packets of sound)', MEDIA_LIMITS.master_audio_packets_max);
    }
    pending.add(packet.data, packet.device_time_us);
    // Pictures and sound of about a second lie side by side, so that a player need not jump to and fro.
    if (pending.sample_count >= MEDIA_LIMITS.audio_chunk_packets) this.#layChunks();
    await this.#flushWhenFull();
    return this.#audio.length - 1;
  }

  async finish(): Promise<MasterSummary> {
    if (this.#table.sizes_bytes.length === 0) throw new Error('a master holds at least one frame');
    await this.#flush();
    this.#finished = true;
    const times = sampleTimes(this.#table.presentation_times_us.view());
    const audio = this.#audio.map(({ track }) => ({ track, times: audioTimes(track, times.origin_us) }));
    const longest = Math.max(times.duration - times.decode[0]!, ...audio.map((one) => one.times.duration));
    if (longest > UINT32_MAX) {
      throw mediaLimit('giây mỗi tệp (seconds a file)', Math.floor(UINT32_MAX / MASTER_TIMESCALE));
    }
    for (const piece of movieBox({ stream: this.#stream, table: this.#table, times }, audio)) {
      await this.#emit(piece);
    }
    return {
      frame_count: times.decode.length,
      size_bytes: this.#written_bytes,
      first_frame_device_time_us: times.origin_us,
      last_frame_device_time_us: times.last_us,
      timescale: MASTER_TIMESCALE,
    };
  }

  #assertFits(data: Uint8Array): void {
    if (this.#finished) throw new Error('the master is finished');
    if (data.length > MEDIA_LIMITS.packet_bytes_max) {
      throw mediaLimit('byte mỗi khung hình (bytes a frame)', MEDIA_LIMITS.packet_bytes_max);
    }
  }

  /** Pending samples become chunks of the index, those of pictures before those of sound. */
  #layChunks(): void {
    this.#laid.lay(this.#pictures);
    const current = this.#audio.at(-1);
    if (current !== undefined) this.#laid.lay(current.pending);
  }

  async #flushWhenFull(): Promise<void> {
    const pending = this.#pictures.bytes + (this.#audio.at(-1)?.pending.bytes ?? 0);
    if (this.#laid.bytes + pending >= MEDIA_LIMITS.mdat_bytes) await this.#flush();
  }

  /** Everything so far becomes one `mdat`. */
  async #flush(): Promise<void> {
    this.#layChunks();
    if (this.#laid.bytes === 0) return;
    const header = concatBytes(u32(MDAT_HEADER_BYTES + this.#laid.bytes), fourCharacters('mdat'));
    const file_type = this.#written_bytes === 0 ? fileTypeBox(this.#stream.codec) : [];
    const { pieces } = this.#laid;
    const end = this.#written_bytes + byteLength(file_type) + header.length + this.#laid.bytes;
    this.#laid = new LaidChunks(end + MDAT_HEADER_BYTES);
    for (const piece of [...file_type, header, ...pieces]) await this.#emit(piece);
  }

  async #emit(bytes: Uint8Array): Promise<void> {
    await this.#sink.write(bytes);
    this.#written_bytes += bytes.length;
  }
}

function mediaLimit(what: string, limit: number): CodedError {
  return new CodedError('MEDIA_LIMIT', { what, limit });
}
