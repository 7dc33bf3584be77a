import type { InputTrack } from 'mediabunny';
import { MEDIA_LIMITS } from '../limits.ts';

/** What the reader of MPEG-TS keeps of a track to find places faster. No public part of it tells of it. */
interface Backing {
  readonly elementaryStream?: { readonly referencePesPackets: unknown[] };
}

/** What the container reader has gathered of a track on its way. */
export interface SeekPoints {
  /** Lets go of them once there are many. They only make later searches faster. */
  trim(): void;
}

/**
 * The places that the container reader (1.61) remembers while it reads MPEG-TS: one every 48 KB, each with the whole
 * packet that lies there, so that without this a file stays in memory as it is read. Other containers have none.
 */
export function seekPointsOf(track: InputTrack): SeekPoints {
  const { elementaryStream } = (track as unknown as { readonly _backing: Backing })._backing;
  const points = elementaryStream?.referencePesPackets;
  return {
    trim() {
      if (points !== undefined && points.length > MEDIA_LIMITS.seek_points_max) points.length = 0;
    },
  };
}
