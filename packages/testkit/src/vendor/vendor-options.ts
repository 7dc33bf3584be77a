import type { Span, TimeSource } from '@minhchung/domain';
import type { RecordedFootage } from '../recorded-video/recorded-footage.ts';

/** The makers whose addresses are understood. */
export type SimulatedVendor = 'hikvision' | 'dahua' | 'uniview' | 'generic';

/** What the recorder sends of time with its pictures. */
export type SentTimes =
  /** Nothing. */
  | 'none'
  /** RTCP sender reports, or 0xABAC extensions, with the time of the recording. */
  | 'rtcp'
  | 'abac'
  /** Sender reports with the time of sending. */
  | 'rtcp_of_now'
  /** Sender reports that count on from what was asked, whatever picture is sent. */
  | 'rtcp_of_question';

/** In what it differs from what its maker wrote. */
export interface VendorQuirks {
  /** Plays on beyond the asked end. */
  ends_ignored: boolean;
  /** The asked start is ignored: it plays from the oldest it has. */
  starts_ignored: boolean;
  /** Where it begins. */
  start: 'keyframe_before' | 'keyframe_after';
  /** What it does when it holds nothing at the asked time. */
  nothing: 'rtsp_404' | 'rtsp_454' | 'ended_empty' | 'nearest' | 'silent';
  /** Further sessions are answered with 453. */
  sessions_max: number;
  /** RTP time goes on without a jump over holes. */
  rtp_closes_holes: boolean;
  /** The session ends after so much media, as at the border of a file. */
  ends_after_ms: number | null;
}

export interface VendorOptions {
  readonly vendor: SimulatedVendor;
  /**
   * What the camera saw. Outside its own time it is played over and over: those pictures show another time than
   * that of the recording. Its length must be whole groups of pictures.
   */
  readonly footage: RecordedFootage;
  /** Days it has recorded, true time; up to the present unless `stopped_at_true_ms`. Default 5. */
  readonly days?: number;
  readonly stopped_at_true_ms?: number;
  /** True-time spans it lost. */
  readonly holes?: readonly Span[];
  /** Its UTC minus true time. */
  readonly clock_offset_ms?: number;
  /** Its local time minus its UTC, in minutes, as it really counts. Default 420. */
  readonly zone_min?: number;
  /** What it takes the time in an address for. */
  readonly reads: 'utc' | 'local';
  readonly sends?: SentTimes;
  /** What its sent times count in. */
  readonly stamps?: 'utc' | 'local';
  readonly channels?: number;
  readonly quirks?: Partial<VendorQuirks>;
  readonly username?: string;
  readonly password: string;
  readonly time?: TimeSource;
}

export function noVendorQuirks(): VendorQuirks {
  return {
    ends_ignored: false,
    starts_ignored: false,
    start: 'keyframe_before',
    nothing: 'rtsp_404',
    sessions_max: 8,
    rtp_closes_holes: false,
    ends_after_ms: null,
  };
}
