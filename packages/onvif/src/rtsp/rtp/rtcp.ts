import { u16, u32 } from './packet.ts';
import { ntpToUnix_us } from './replay-extension.ts';

/** What a sender report says: at this instant of the sender's clock its RTP clock showed this (RFC 3550, 6.4.1). */
export interface SenderReport {
  readonly ntp_time_us: number;
  readonly timestamp: number;
}

/** What a compound RTCP packet says, as far as a player listens. */
export interface RtcpNews {
  readonly report: SenderReport | null;
  readonly has_bye: boolean;
}

const SENDER_REPORT = 200;
const BYE = 203;
const REPORT_BYTES_MIN = 20;

/** Reads a compound RTCP packet (RFC 3550, 6.1). What is broken in it says nothing. */
export function readRtcp(bytes: Uint8Array): RtcpNews {
  let report: SenderReport | null = null;
  let has_bye = false;
  let at = 0;
  while (at + 4 <= bytes.length && bytes[at]! >> 6 === 2) {
    const end = at + (u16(bytes, at + 2) + 1) * 4;
    if (bytes[at + 1] === BYE) has_bye = true;
    if (bytes[at + 1] === SENDER_REPORT && at + REPORT_BYTES_MIN <= Math.min(end, bytes.length)) {
      const seconds = u32(bytes, at + 8);
      // Senders without a clock say zero (RFC 3550, 6.4.1).
      if (seconds !== 0) {
        const ntp_time_us = ntpToUnix_us(seconds, u32(bytes, at + 12));
        report = { ntp_time_us, timestamp: u32(bytes, at + 16) };
      }
    }
    at = end;
  }
  return { report, has_bye };
}
