import type { VideoStreamDescription } from '@minhchung/domain';
import { PARAMETER_SET_BYTES_MAX, PARAMETER_SETS_MAX } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';
import type { ParameterSet, VideoCodec } from './codec.ts';

/**
 * The parameter sets a decoder needs at the current point of a stream: first those of the SDP, then whatever
 * the stream itself carries. A keyframe that brings a whole family of sets replaces everything before it; single
 * sets replace the one of their kind and number.
 */
export class ParameterSetStore {
  readonly codec: VideoCodec;
  #sets = new Map<string, ParameterSet>();
  /** Kept while no set changes: keyframes come often. */
  #described: VideoStreamDescription | null = null;

  constructor(codec: VideoCodec) {
    this.codec = codec;
  }

  /** Takes the parameter sets among the NAL units of one access unit (or of an SDP). Throws `BrokenStream`. */
  take(nals: readonly Uint8Array[]): void {
    const found = nals.flatMap((nal) => this.codec.parameterSet(nal) ?? []);
    if (found.length === 0) return;
    const is_family = this.codec.kinds.every((kind) => found.some((set) => set.kind === kind));
    const changes_nothing = found.every((set) => this.#isKnown(set));
    if (changes_nothing && (!is_family || found.length === this.#sets.size)) return;
    this.#described = null;
    if (is_family) this.#sets = new Map();
    for (const set of found) {
      if (set.nal.length > PARAMETER_SET_BYTES_MAX)
        throw new BrokenStream('a parameter set that is too large');
      this.#sets.set(`${set.kind} ${set.id}`, { ...set, nal: new Uint8Array(set.nal) });
    }
    if (this.#sets.size > PARAMETER_SETS_MAX * this.codec.kinds.length) {
      throw new BrokenStream('too many parameter sets');
    }
  }

  #isKnown({ kind, id, nal }: ParameterSet): boolean {
    const known = this.#sets.get(`${kind} ${id}`);
    return known !== undefined && Buffer.compare(known.nal, nal) === 0;
  }

  /** The stream as these sets describe it. Throws `BrokenStream` while a kind is missing. */
  describe(): VideoStreamDescription {
    if (this.#described !== null) return this.#described;
    const sets = [...this.#sets.values()];
    for (const kind of this.codec.kinds) {
      const count = sets.filter((set) => set.kind === kind).length;
      if (count === 0) throw new BrokenStream(`a keyframe came and no ${kind.toUpperCase()} before it`);
      if (count > PARAMETER_SETS_MAX - 1) throw new BrokenStream(`too many ${kind.toUpperCase()} sets`);
    }
    this.#described = this.codec.describe(sets);
    return this.#described;
  }
}
