/** What a device answers instead of the truth, for one operation. */
export type ForcedAnswer =
  | { readonly status: number; readonly content_type?: string; readonly body: string | Uint8Array }
  /** Announces `body.length + missing_bytes`, sends the body, and closes. */
  | { readonly truncated_body: string; readonly missing_bytes: number }
  /** Sends one byte at a time, each after `interval_ms`. */
  | { readonly trickled_body: string; readonly interval_ms: number }
  /** Closes the connection without an answer. */
  | { readonly close: true }
  /** Accepts the request and never answers. */
  | { readonly silent: true };

/** Faults that can be changed while the device runs. Clock, hole and retention have methods of their own. */
export interface DeviceFaults {
  /** Before every SOAP, snapshot and RTSP answer. */
  answer_delay_ms: number;
  /** The RTSP connection is cut after so many bytes of replay. */
  rtsp_drop_after_bytes: number | null;
  /** Every replay is cut after so many frames, or so many milliseconds. */
  rtsp_drop_every_frames: number | null;
  rtsp_drop_every_ms: number | null;
  /** Every replay says BYE after so many frames, though more is held. */
  rtsp_bye_every_frames: number | null;
  /** One RTP packet in so many is left out. */
  rtsp_loses_every_packets: number | null;
  /** The replay stops for good after so many bytes; the connection stays open. */
  rtsp_stall_after_bytes: number | null;
  /** Host and port put into service and stream addresses, e.g. a private address behind NAT. */
  advertised_host: string | null;
  /** Called with the operation's name and the truthful answer before every SOAP answer; null keeps the truth. */
  force_answer: ((operation: string, truth: string) => ForcedAnswer | null) | null;
}

/** A device without faults. */
export function noFaults(): DeviceFaults {
  return {
    answer_delay_ms: 0,
    rtsp_drop_after_bytes: null,
    rtsp_drop_every_frames: null,
    rtsp_drop_every_ms: null,
    rtsp_bye_every_frames: null,
    rtsp_loses_every_packets: null,
    rtsp_stall_after_bytes: null,
    advertised_host: null,
    force_answer: null,
  };
}
