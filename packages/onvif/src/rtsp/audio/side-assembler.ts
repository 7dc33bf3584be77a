import type { RtpPacket } from '../rtp/packet.ts';

/** One packet of sound or one metadata document, not yet dated. */
export interface SideUnit {
  /** RTP timestamp of its first sample. */
  readonly timestamp: number;
  /** The RTP packet that began it, for its header extension; later units of one packet have none of their own. */
  readonly stamped_by: RtpPacket | null;
  readonly data: Uint8Array;
}

/** Turns the packets of one track beside the pictures into its units. */
export interface SideAssembler {
  /** Units that are whole with this packet, as copies. Throws `BrokenStream`. */
  push(packet: RtpPacket): SideUnit[];
  /** Forgets what is half there: packets are missing. */
  reset(): void;
}
