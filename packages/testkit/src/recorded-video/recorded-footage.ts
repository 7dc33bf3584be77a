import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VideoStreamDescription } from '@minhchung/domain';
import { FOOTAGE_READ_BYTES } from '../limits.ts';
import { type ParameterSets, parameterSetsOf, type RecordedCodec } from './nal-units.ts';

/** One access unit of recorded footage, in decode order. */
export interface FootageFrame {
  /** Presentation instant, the same that is burned into the picture. Whole milliseconds UTC. */
  readonly true_time_ms: number;
  readonly is_keyframe: boolean;
  /** First frame of the footage or after a hole. */
  readonly starts_section: boolean;
  readonly offset_bytes: number;
  readonly size_bytes: number;
}

/** A frame with its coded picture: NAL units behind 4-byte lengths; keyframes carry their parameter sets. */
export interface FootageUnit {
  readonly frame: FootageFrame;
  readonly data: Buffer;
}

/** What is written beside the elementary stream, as `footage.json`. */
export interface FootageIndex {
  readonly camera_name: string;
  readonly codec: RecordedCodec;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** False when no font was found, so that only the machine-readable clock is in the picture. */
  readonly has_human_clock: boolean;
  readonly decoder_configuration_base64: string;
  /** `[true_time_ms, size_bytes, is_keyframe, starts_section]` per frame, in decode order. */
  readonly frames: readonly (readonly [number, number, 0 | 1, 0 | 1])[];
}

const INDEX_NAME = 'footage.json';
/** Name of the elementary stream in a footage folder. */
export const STREAM_NAME = 'stream.nal';

/** Footage on disk: an elementary stream and an index. Only the index is in memory. */
export class RecordedFootage {
  readonly directory: string;
  readonly camera_name: string;
  readonly fps: number;
  readonly has_human_clock: boolean;
  readonly stream: VideoStreamDescription & { readonly codec: RecordedCodec };
  readonly parameter_sets: ParameterSets;
  /** Every frame, in decode order. */
  readonly frames: readonly FootageFrame[];

  private constructor(directory: string, index: FootageIndex) {
    this.directory = directory;
    this.camera_name = index.camera_name;
    this.fps = index.fps;
    this.has_human_clock = index.has_human_clock;
    const decoder_configuration = Buffer.from(index.decoder_configuration_base64, 'base64');
    const { codec, width, height } = index;
    this.stream = { kind: 'video', codec, width, height, decoder_configuration };
    this.parameter_sets = parameterSetsOf(codec, decoder_configuration);
    let offset_bytes = 0;
    this.frames = index.frames.map(([true_time_ms, size_bytes, key, first]) => {
      const frame = {
        true_time_ms,
        size_bytes,
        offset_bytes,
        is_keyframe: key === 1,
        starts_section: first === 1,
      };
      offset_bytes += size_bytes;
      return frame;
    });
  }

  /** Opens a folder that `recordFootage` has written. */
  static async open(directory: string): Promise<RecordedFootage> {
    const index = JSON.parse(await readFile(join(directory, INDEX_NAME), 'utf8')) as FootageIndex;
    return new RecordedFootage(directory, index);
  }

  /** Writes the index beside an elementary stream that is already there, and opens the folder. */
  static async create(directory: string, index: FootageIndex): Promise<RecordedFootage> {
    await writeFile(join(directory, INDEX_NAME), JSON.stringify(index));
    return new RecordedFootage(directory, index);
  }

  /** Units `[from, to)` in decode order, read in pieces; the consumer's pull is the pace. */
  async *units(from = 0, to = this.frames.length, signal?: AbortSignal): AsyncGenerator<FootageUnit> {
    const file = await open(join(this.directory, STREAM_NAME), 'r');
    try {
      for (let start = from; start < to; ) {
        signal?.throwIfAborted();
        const first = this.frames[start]!;
        let end = start + 1;
        const endOf = (n: number) =>
          this.frames[n]!.offset_bytes + this.frames[n]!.size_bytes - first.offset_bytes;
        while (end < to && endOf(end) <= FOOTAGE_READ_BYTES) end++;
        const bytes = Buffer.alloc(endOf(end - 1));
        await file.read(bytes, 0, bytes.length, first.offset_bytes);
        for (const frame of this.frames.slice(start, end)) {
          const at = frame.offset_bytes - first.offset_bytes;
          yield { frame, data: bytes.subarray(at, at + frame.size_bytes) };
        }
        start = end;
      }
    } finally {
      await file.close();
    }
  }
}
