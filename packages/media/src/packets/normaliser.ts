import type { StreamDescription } from '@minhchung/domain';

/** A packet in the product's form. */
export interface NormalisedPacket {
  readonly data: Uint8Array;
  readonly is_keyframe: boolean;
  /** The new description where the packet is described otherwise than those before. */
  readonly changed_stream: StreamDescription | null;
}

/** Brings packets of a container into one form, adding nothing and removing nothing. */
export interface Normaliser {
  /** As far as the packets so far tell. */
  readonly stream: StreamDescription;
  /** One in the same state, for another pass over the same file. */
  clone(): Normaliser;
  /** Throws `BrokenBitstream` for a packet that cannot be read. */
  normalise(packet_data: Uint8Array, is_marked_as_key: boolean): NormalisedPacket;
}
