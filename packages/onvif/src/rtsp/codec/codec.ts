import type { VideoStreamDescription } from '@minhchung/domain';
import type { Depacketizer } from '../rtp/depacketizer.ts';
import type { NalKinds } from '../rtp/unit-writer.ts';

/** Kinds of parameter sets, in the order in which a decoder wants them. */
export type ParameterSetKind = 'vps' | 'sps' | 'pps';

export interface ParameterSet {
  readonly kind: ParameterSetKind;
  readonly id: number;
  readonly nal: Uint8Array;
}

/** What the replay client must know of a codec of NAL units. */
export interface VideoCodec extends NalKinds {
  readonly name: 'h264' | 'h265';
  readonly kinds: readonly ParameterSetKind[];
  readonly depacketizer: Depacketizer;
  /** The parameter set in a NAL unit, or null for other NAL units. Throws `BrokenStream`. */
  parameterSet(nal: Uint8Array): ParameterSet | null;
  /** Describes the stream; the sets hold at least one of each kind. Throws `BrokenStream`. */
  describe(sets: readonly ParameterSet[]): VideoStreamDescription;
}
