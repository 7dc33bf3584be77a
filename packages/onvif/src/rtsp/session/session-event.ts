import type { AudioStreamDescription, VideoStreamDescription } from '@minhchung/domain';
import type { UnitTime } from '../rtp/unit-times.ts';

/** One picture, dated. */
export interface SessionUnit extends UnitTime {
  readonly is_keyframe: boolean;
  readonly is_discontinuity: boolean;
  readonly is_terminal: boolean;
  readonly data: Uint8Array;
}

/** One packet of sound or metadata, dated. */
export interface SessionPacket extends UnitTime {
  readonly data: Uint8Array;
}

/** What the packets of a session turn out to be. */
export type SessionEvent =
  | { readonly type: 'stream'; readonly stream: VideoStreamDescription }
  | { readonly type: 'unit'; readonly unit: SessionUnit }
  | { readonly type: 'audio_stream'; readonly stream: AudioStreamDescription }
  | { readonly type: 'audio'; readonly packet: SessionPacket }
  | { readonly type: 'metadata'; readonly packet: SessionPacket };
