import type { UnitWriter } from './unit-writer.ts';

/** Turns RTP payloads into the NAL units of an access unit. */
export interface Depacketizer {
  /** Writes what the payload holds; a fragment stays open in the writer until its end. Throws `BrokenStream`. */
  push(payload: Uint8Array, unit: UnitWriter): void;
}
