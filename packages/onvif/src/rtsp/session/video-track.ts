import type { VideoStreamDescription } from '@minhchung/domain';
import { BrokenStream } from '../broken-stream.ts';
import { ParameterSetStore } from '../codec/parameter-sets.ts';
import { JpegAssembler } from '../jpeg/jpeg-assembler.ts';
import { AccessUnitAssembler } from '../rtp/access-unit.ts';
import type { CodedUnit, UnitAssembler } from '../rtp/coded-unit.ts';
import type { VideoFormat } from './tracks.ts';

/**
 * What is known of the pictures' stream. It outlives a connection: a replay that is continued after a break is still
 * the same stream, whose parameter sets may have come long before.
 */
export interface StreamMemory {
  sets: ParameterSetStore | null;
  stream: VideoStreamDescription | null;
}

export function createStreamMemory(): StreamMemory {
  return { sets: null, stream: null };
}

export function createUnitAssembler(format: VideoFormat): UnitAssembler {
  if (format.kind === 'jpeg') return new JpegAssembler(format.stated_size);
  return new AccessUnitAssembler(format.codec);
}

/** Says which stream a picture belongs to, and whether it is another than before. */
export class StreamWatch {
  readonly #format: VideoFormat;
  readonly #memory: StreamMemory;

  constructor(format: VideoFormat, memory: StreamMemory) {
    this.#format = format;
    this.#memory = memory;
    if (format.kind !== 'nal_units') return;
    if (memory.sets !== null && memory.sets.codec === format.codec) return;
    memory.sets = new ParameterSetStore(format.codec);
    takeAnnounced(memory.sets, format.parameter_sets);
  }

  /** True once a keyframe has told what the stream is. */
  get is_known(): boolean {
    return this.#memory.stream !== null;
  }

  /** The stream that begins with this unit; null where it goes on. Throws `BrokenStream` without parameter sets. */
  changeAt(unit: CodedUnit): VideoStreamDescription | null {
    const { sets } = this.#memory;
    if (unit.parameter_sets.length > 0) sets?.take(unit.parameter_sets);
    if (!unit.is_keyframe) return null;
    const stream = this.#describe(unit);
    const known = this.#memory.stream;
    if (known !== null && isSameStream(known, stream)) return null;
    this.#memory.stream = stream;
    return stream;
  }

  #describe({ picture }: CodedUnit): VideoStreamDescription {
    if (this.#format.kind === 'nal_units') return this.#memory.sets!.describe();
    return { kind: 'video', codec: 'mjpeg', ...picture!, decoder_configuration: new Uint8Array() };
  }
}

/** Cameras announce broken sets and send right ones: what the stream itself carries decides. */
function takeAnnounced(sets: ParameterSetStore, nals: readonly Uint8Array[]): void {
  try {
    sets.take(nals);
  } catch (error) {
    if (!(error instanceof BrokenStream)) throw error;
  }
}

function isSameStream(a: VideoStreamDescription, b: VideoStreamDescription): boolean {
  if (a.codec !== b.codec || a.width !== b.width || a.height !== b.height) return false;
  return Buffer.compare(a.decoder_configuration, b.decoder_configuration) === 0;
}
