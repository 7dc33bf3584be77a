import type { VideoStreamDescription } from '@minhchung/domain';
import type { Depacketizer } from '../rtp/depacketize-h264.ts';

/** Kinds of parameter sets, in the order in which a decoder wants them. */
export type ParameterSetKind = 'vps' | 'sps' | 'pps';

export interface ParameterSet {
  readonly kind: ParameterSetKind;
  readonly id: number;
  readonly nal: Uint8Array;
}

/** What the replay client must know of a video codec. */
export interface VideoCodec {
  readonly name: VideoStreamDescription['codec'];
  readonly kinds: readonly ParameterSetKind[];
  createDepacketizer(): Depacketizer;
  /** True for a NAL unit that holds picture data. */
  isPicture(nal: Uint8Array): boolean;
  /** True for picture data at which decoding may start. */
  isKeyframe(nal: Uint8Array): boolean;
  /** The parameter set in a NAL unit, or null for other NAL units. Throws `BrokenStream`. */
  parameterSet(nal: Uint8Array): ParameterSet | null;
  /** Describes the stream; the sets hold at least one of each kind. Throws `BrokenStream`. */
  describe(sets: readonly ParameterSet[]): VideoStreamDescription;
}
