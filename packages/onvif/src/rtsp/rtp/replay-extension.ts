import { BrokenStream } from '../broken-stream.ts';
import { type RtpPacket, u32 } from './packet.ts';

/** The RTP header extension of replay (ONVIF Streaming Specification, 6.2), profile 0xABAC. */
export interface ReplayExtension {
  /** NTP time of the access unit, as microseconds since 1970 by the recorder's clock. */
  readonly device_time_us: number;
  /** C: the unit is a synchronisation point. */
  readonly is_clean_point: boolean;
  /** E: the last unit of a contiguous section. */
  readonly is_section_end: boolean;
  /** D: something may be missing before this unit. */
  readonly is_discontinuity: boolean;
  /** T: the last unit of the recording. */
  readonly is_terminal: boolean;
  /** Low byte of the CSeq of the PLAY it belongs to. */
  readonly cseq: number;
}

const PROFILE = 0xabac;
const DATA_BYTES_MIN = 12;
const NTP_TO_UNIX_S = 2_208_988_800;
const NTP_ERA_S = 2 ** 32;

/** The extension of a packet, or null where it carries none or another. Throws `BrokenStream`. */
export function readReplayExtension({ extension }: RtpPacket): ReplayExtension | null {
  if (extension === null || extension.profile !== PROFILE) return null;
  const { data } = extension;
  if (data.length < DATA_BYTES_MIN) throw new BrokenStream('a replay header extension that is too short');
  const flags = data[8]!;
  return {
    device_time_us: ntpToUnix_us(u32(data, 0), u32(data, 4)),
    is_clean_point: (flags & 0x80) !== 0,
    is_section_end: (flags & 0x40) !== 0,
    is_discontinuity: (flags & 0x20) !== 0,
    is_terminal: (flags & 0x10) !== 0,
    cseq: data[9]!,
  };
}

/**
 * A 64-bit NTP timestamp as microseconds since 1970, rounded. Its seconds overflow in February 2036; by RFC
 * 4330, section 3, values without the top bit belong to the era that begins then.
 */
export function ntpToUnix_us(seconds: number, fraction: number): number {
  const era_s = seconds < 2 ** 31 ? NTP_ERA_S : 0;
  return (seconds + era_s - NTP_TO_UNIX_S) * 1_000_000 + Math.round((fraction * 1_000_000) / 2 ** 32);
}
