import { writeNtpTime } from './ntp-time.ts';

/** What the replay header extension says of an access unit (ONVIF Streaming 6.2). */
export interface ReplayExtension {
  /** Presentation time on the device's clock. */
  readonly device_time_us: number;
  /** C: decoding may start here. */
  readonly is_clean_point: boolean;
  /** E: last unit before a gap in the recording. */
  readonly ends_section: boolean;
  /** D: follows a discontinuity. */
  readonly discontinuity: boolean;
  /** T: last unit of this playback. */
  readonly is_last: boolean;
  /** Low byte of the CSeq of the PLAY request that this answers. */
  readonly cseq: number;
}

/** The RTP header extension with profile 0xABAC and three words, 16 bytes in all. */
export function replayExtension(fields: ReplayExtension): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16BE(0xabac, 0);
  bytes.writeUInt16BE(3, 2);
  writeNtpTime(bytes, 4, fields.device_time_us);
  const flags = [fields.is_clean_point, fields.ends_section, fields.discontinuity, fields.is_last];
  bytes[12] = flags.reduce((byte, flag, n) => (flag ? byte | (0x80 >> n) : byte), 0);
  bytes[13] = fields.cseq & 0xff;
  return bytes;
}
