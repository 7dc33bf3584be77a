import { randomInt } from 'node:crypto';
import type { DeviceChannel } from '../device/channel.ts';
import { RTP_PACKET_BYTES_MAX } from '../limits.ts';
import { writeNtpTime } from './ntp-time.ts';

/** A track beside the pictures, as the session description offers it. */
export interface SideTrackOffer {
  /** Number in its address, `trackID=1` and so on. */
  readonly number: number;
  readonly payload_type: number;
  readonly clock_rate_hz: number;
  readonly lines: readonly string[];
  /** Payloads of one unit; the last one bears the marker. */
  payloadsOf(data: Buffer): Buffer[];
  /** Every unit with its true time, in order. */
  readonly units: readonly { readonly true_time_us: number; readonly data: Buffer }[];
}

const PAYLOAD_TYPES = { pcmu: 0, pcma: 8, aac: 97 } as const;
const METADATA_TYPE = 107;
const METADATA_CLOCK_HZ = 90_000;
const PAYLOAD_BYTES_MAX = RTP_PACKET_BYTES_MAX - 60;

/** What a channel offers beside its pictures. */
export function sideTracksOf(channel: DeviceChannel): SideTrackOffer[] {
  const offers: SideTrackOffer[] = [];
  const { sound, metadata } = channel;
  if (sound !== null) {
    const payload_type = PAYLOAD_TYPES[sound.codec];
    const is_aac = sound.codec === 'aac';
    const name = is_aac ? 'MPEG4-GENERIC' : sound.codec.toUpperCase();
    const config = sound.decoder_configuration.toString('hex');
    const mode = `streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=${config}`;
    offers.push({
      number: offers.length + 1,
      payload_type,
      clock_rate_hz: sound.sample_rate_hz,
      lines: [
        `m=audio 0 RTP/AVP ${payload_type}`,
        `a=rtpmap:${payload_type} ${name}/${sound.sample_rate_hz}${is_aac ? '/1' : ''}`,
        ...(is_aac ? [`a=fmtp:${payload_type} ${mode}`] : []),
      ],
      payloadsOf: (data) => [is_aac ? Buffer.concat([auHeader(data.length), data]) : data],
      units: sound.units,
    });
  }
  if (metadata.length > 0) {
    offers.push({
      number: offers.length + 1,
      payload_type: METADATA_TYPE,
      clock_rate_hz: METADATA_CLOCK_HZ,
      lines: [
        `m=application 0 RTP/AVP ${METADATA_TYPE}`,
        `a=rtpmap:${METADATA_TYPE} vnd.onvif.metadata/${METADATA_CLOCK_HZ}`,
      ],
      payloadsOf: (data) => pieces(data),
      units: metadata.map(({ true_time_ms, xml }) => ({
        true_time_us: true_time_ms * 1000,
        data: Buffer.from(xml),
      })),
    });
  }
  return offers;
}

/** Sends one track beside the pictures of one session. */
export class SideTrackSender {
  readonly offer: SideTrackOffer;
  readonly #channel: number;
  readonly #ssrc = randomInt(2 ** 32);
  readonly #timestamp_base = randomInt(2 ** 32);
  #time_base_us: number | null = null;
  #sequence = randomInt(2 ** 16);

  constructor(offer: SideTrackOffer, channel: number) {
    this.offer = offer;
    this.#channel = channel;
  }

  /** Framed packets of one unit; `extension` is the replay header of its first one, or empty. */
  packets(data: Buffer, device_time_us: number, extension: Buffer): Buffer {
    const payloads = this.offer.payloadsOf(data);
    const timestamp = this.#timestampOf(device_time_us);
    return Buffer.concat(
      payloads.map((payload, n) => {
        const header = Buffer.alloc(12);
        const has_extension = n === 0 && extension.length > 0;
        header[0] = has_extension ? 0x90 : 0x80;
        header[1] = (n === payloads.length - 1 ? 0x80 : 0) | this.offer.payload_type;
        header.writeUInt16BE(this.#sequence, 2);
        header.writeUInt32BE(timestamp, 4);
        header.writeUInt32BE(this.#ssrc, 8);
        this.#sequence = (this.#sequence + 1) % 2 ** 16;
        return framed(this.#channel, [header, ...(has_extension ? [extension] : []), payload]);
      }),
    );
  }

  /** RTCP sender report for a device time. */
  report(device_time_us: number): Buffer {
    const report = Buffer.alloc(28);
    report.writeUInt32BE(0x80c80006, 0);
    report.writeUInt32BE(this.#ssrc, 4);
    writeNtpTime(report, 8, device_time_us);
    report.writeUInt32BE(this.#timestampOf(device_time_us), 16);
    return framed(this.#channel + 1, [report]);
  }

  #timestampOf(device_time_us: number): number {
    this.#time_base_us ??= device_time_us;
    const ticks = Math.round(((device_time_us - this.#time_base_us) * this.offer.clock_rate_hz) / 1_000_000);
    return (((this.#timestamp_base + ticks) % 2 ** 32) + 2 ** 32) % 2 ** 32;
  }
}

/** One AU header of mode AAC-hbr (RFC 3640, 3.3.6). */
function auHeader(size_bytes: number): Buffer {
  return Buffer.of(0, 16, (size_bytes >> 5) & 0xff, (size_bytes << 3) & 0xff);
}

function pieces(data: Buffer): Buffer[] {
  const count = Math.max(1, Math.ceil(data.length / PAYLOAD_BYTES_MAX));
  return Array.from({ length: count }, (_, n) =>
    data.subarray(n * PAYLOAD_BYTES_MAX, (n + 1) * PAYLOAD_BYTES_MAX),
  );
}

function framed(channel: number, parts: readonly Buffer[]): Buffer {
  const packet = Buffer.concat([Buffer.from([0x24, channel, 0, 0]), ...parts]);
  packet.writeUInt16BE(packet.length - 4, 2);
  return packet;
}
