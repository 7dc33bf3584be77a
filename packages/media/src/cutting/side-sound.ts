import { type ArchiveWriter, type AudioStreamDescription, CodedError, type Span } from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';
import { isSameSound } from '../mp4/audio-track.ts';
import { waveHeader } from '../sound/wave-file.ts';
import type { CutSound } from './sound-beside.ts';

/** Four seconds of G.711. */
const PENDING_BYTES_MIN = 32 * 1024;

/** One WAVE file beside a master, archived, with everything the manifest says of it. */
export interface AudioFileResult {
  readonly name: string;
  readonly size_bytes: number;
  readonly sha256: string;
  readonly stream: AudioStreamDescription;
  readonly sample_count: number;
  readonly first_sample_device_time_us: number;
  /** Samples before, inside and after the wanted span, by the time of the first and the count. */
  readonly samples_before: number;
  readonly samples_inside: number;
  readonly samples_after: number;
}

/** Opens the side file `part` (from 0) of a master, and says what it is called. */
export type OpenSideFile = (part: number) => Promise<{ readonly name: string; readonly sink: ArchiveWriter }>;

/**
 * G.711, which MP4 has no place for, beside one master: its bytes in WAVE files, unchanged. A file holds samples
 * without a break; a hole, a step or a change of the sound begins the next one, and so does a full one, because the
 * length stands in front of what is written forward only.
 */
export class SideSound {
  readonly files: AudioFileResult[] = [];
  readonly #openSideFile: OpenSideFile;
  readonly #device_span: Span;
  /** The packet the next file begins with. */
  #first: CutSound | null = null;
  /** Its bytes and those after it, in one block: a hundred thousand small ones would cost several times as much. */
  #pending = new Uint8Array(PENDING_BYTES_MIN);
  #pending_bytes = 0;
  #until_us = 0;

  constructor(openSideFile: OpenSideFile, device_span: Span) {
    this.#openSideFile = openSideFile;
    this.#device_span = device_span;
  }

  async add(sound: CutSound): Promise<void> {
    const { packet, stream } = sound;
    const first = this.#first;
    const is_apart = Math.abs(packet.device_time_us - this.#until_us) > MEDIA_LIMITS.sound_hole_us_min;
    const is_full = this.#pending_bytes + packet.data.length > MEDIA_LIMITS.side_sound_bytes_max;
    if (first !== null && (is_apart || is_full || !isSameSound(first.stream, stream))) await this.flush();
    // Counted from the file's first sample: packets that drift from their own count end up apart, and begin anew.
    const begin_us = this.#first === null ? packet.device_time_us : this.#until_us;
    this.#until_us = begin_us + (sound.end_us - packet.device_time_us);
    this.#first ??= sound;
    this.#keep(packet.data);
  }

  #keep(data: Uint8Array): void {
    const needed_bytes = this.#pending_bytes + data.length;
    if (needed_bytes > this.#pending.length) {
      const grown = new Uint8Array(Math.max(needed_bytes, this.#pending.length * 2));
      grown.set(this.#pending);
      this.#pending = grown;
    }
    this.#pending.set(data, this.#pending_bytes);
    this.#pending_bytes = needed_bytes;
  }

  /** Writes what is there as a file. */
  async flush(): Promise<void> {
    const first = this.#first;
    if (first === null) return;
    if (this.files.length >= MEDIA_LIMITS.side_sound_files_max) {
      const limit = MEDIA_LIMITS.side_sound_files_max;
      throw new CodedError('MEDIA_LIMIT', { what: 'tệp âm thanh mỗi bản gốc (sound files a master)', limit });
    }
    const { name, sink } = await this.#openSideFile(this.files.length);
    try {
      await sink.write(waveHeader(first.stream, this.#pending_bytes));
      await sink.write(this.#pending.subarray(0, this.#pending_bytes));
      if (this.#pending_bytes % 2 === 1) await sink.write(new Uint8Array(1));
    } catch (error) {
      await sink.abort().catch(() => undefined);
      throw error;
    }
    const { size_bytes, sha256 } = await sink.commit();
    const sample_count = Math.floor(this.#pending_bytes / first.stream.channel_count);
    const first_us = first.packet.device_time_us;
    this.files.push({
      name,
      size_bytes,
      sha256,
      stream: first.stream,
      sample_count,
      first_sample_device_time_us: first_us,
      ...samplesAround(this.#device_span, first_us, sample_count, first.stream.sample_rate_hz),
    });
    this.#first = null;
    this.#pending = new Uint8Array(PENDING_BYTES_MIN);
    this.#pending_bytes = 0;
  }
}

function samplesAround(span: Span, first_us: number, sample_count: number, sample_rate_hz: number) {
  const countBefore = (time_ms: number) => {
    const samples = Math.ceil(((time_ms * 1000 - first_us) * sample_rate_hz) / 1_000_000);
    return Math.min(Math.max(samples, 0), sample_count);
  };
  const samples_before = countBefore(span.start_ms);
  const not_after = countBefore(span.end_ms);
  return {
    samples_before,
    samples_inside: not_after - samples_before,
    samples_after: sample_count - not_after,
  };
}
