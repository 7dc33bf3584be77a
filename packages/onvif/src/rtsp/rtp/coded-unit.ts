import type { RtpPacket } from './packet.ts';
import type { ReplayExtension } from './replay-extension.ts';

/** One picture as the recorder sent it, not yet dated. */
export interface CodedUnit {
  /** RTP timestamp. */
  readonly timestamp: number;
  /** What the header extension of its packets says; null where none has one. */
  readonly extension: ReplayExtension | null;
  readonly is_keyframe: boolean;
  /** The D bit, or another RTP source than before. */
  readonly is_discontinuity: boolean;
  /** True where another RTP source begins, whose timestamps have nothing to do with those before. */
  readonly is_new_source: boolean;
  /** The T bit: the recording ends here. */
  readonly is_terminal: boolean;
  readonly data: Uint8Array;
  /** Parameter sets among its NAL units. */
  readonly parameter_sets: readonly Uint8Array[];
  /** Size as the packets state it, for codecs without parameter sets. */
  readonly picture: { readonly width: number; readonly height: number } | null;
}

/** Puts RTP packets together to pictures. */
export interface UnitAssembler {
  /** Takes one packet; gives the unit that is complete by it. Throws `BrokenStream`. */
  push(packet: RtpPacket): CodedUnit | null;
  /**
   * The unit that was still growing at the end; null where there is none. Where the recorder did not say that this is
   * all, only one whose last packet bears the marker, unless the device never sets it.
   */
  flush(is_said: boolean): CodedUnit | null;
}
