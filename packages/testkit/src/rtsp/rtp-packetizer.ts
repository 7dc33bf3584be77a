import { randomInt } from 'node:crypto';
import { RTP_PACKET_BYTES_MAX } from '../limits.ts';
import { type RecordedCodec, splitLengthPrefixed } from '../recorded-video/nal-units.ts';
import { writeNtpTime } from './ntp-time.ts';
import { payloadsOf } from './payloads.ts';

/** Dynamic payload type used in SDP and packets. */
export const RTP_PAYLOAD_TYPE = 96;
const RTP_HEADER_BYTES = 12;

/** Turns access units into RTP packets framed for an RTSP connection (RFC 2326 10.12). */
export class RtpPacketizer {
  readonly #codec: RecordedCodec;
  readonly #channel: number;
  readonly #ssrc = randomInt(2 ** 32);
  readonly #timestamp_base = randomInt(2 ** 32);
  #time_base_us: number | null = null;
  #sequence = randomInt(2 ** 16);
  #packet_count = 0;
  #octet_count = 0;
  #last_time_us = 0;

  /** `channel` is the even interleaved channel; RTCP goes to the next one. */
  constructor(codec: RecordedCodec, channel: number) {
    this.#codec = codec;
    this.#channel = channel;
  }

  /** Sequence number of the next packet. */
  get next_sequence(): number {
    return this.#sequence;
  }

  /** 90 kHz timestamp of a device time. */
  timestampOf(device_time_us: number): number {
    this.#time_base_us ??= device_time_us;
    const ticks = Math.round(((device_time_us - this.#time_base_us) * 9) / 100);
    return (((this.#timestamp_base + ticks) % 2 ** 32) + 2 ** 32) % 2 ** 32;
  }

  /** All packets of one access unit; the first carries the extension, the last the marker bit. */
  accessUnit(data: Buffer, device_time_us: number, extension: Buffer): Buffer {
    const payload_bytes_max = RTP_PACKET_BYTES_MAX - RTP_HEADER_BYTES - extension.length;
    const payloads = splitLengthPrefixed(data).flatMap((nal_unit) => [
      ...payloadsOf(this.#codec, nal_unit, payload_bytes_max),
    ]);
    const timestamp = this.timestampOf(device_time_us);
    this.#last_time_us = device_time_us;
    return Buffer.concat(
      payloads.flatMap((payload, n) => {
        this.#skipLost();
        const body = n === 0 ? [extension, ...payload] : payload;
        return this.#packet(body, {
          timestamp,
          has_extension: n === 0 && extension.length > 0,
          marker: n === payloads.length - 1,
        });
      }),
    );
  }

  /** One packet in so many gets lost, as in recorders that are too busy; null: none. */
  loses_every_packets: number | null = null;

  /** Counts a packet that nobody sends. */
  #skipLost(): void {
    const every = this.loses_every_packets;
    if (every === null || this.#packet_count === 0 || this.#packet_count % every !== 0) return;
    this.#sequence = (this.#sequence + 1) % 2 ** 16;
  }

  /** RTCP sender report of the last access unit. */
  report(): Buffer {
    return framed(this.#channel + 1, [this.#senderReport()]);
  }

  /** RTCP sender report with BYE (RFC 3550 6.4.1, 6.6): the end of a playback. */
  bye(): Buffer {
    const bye = Buffer.alloc(8);
    bye.writeUInt32BE(0x81cb0001, 0);
    bye.writeUInt32BE(this.#ssrc, 4);
    return framed(this.#channel + 1, [this.#senderReport(), bye]);
  }

  #senderReport(): Buffer {
    const report = Buffer.alloc(28);
    report.writeUInt32BE(0x80c80006, 0);
    report.writeUInt32BE(this.#ssrc, 4);
    writeNtpTime(report, 8, this.#last_time_us);
    report.writeUInt32BE(this.timestampOf(this.#last_time_us), 16);
    report.writeUInt32BE(this.#packet_count, 20);
    report.writeUInt32BE(this.#octet_count % 2 ** 32, 24);
    return report;
  }

  #packet(body: Buffer[], about: { timestamp: number; has_extension: boolean; marker: boolean }): Buffer {
    const header = Buffer.alloc(RTP_HEADER_BYTES);
    header[0] = about.has_extension ? 0x90 : 0x80;
    header[1] = (about.marker ? 0x80 : 0) | RTP_PAYLOAD_TYPE;
    header.writeUInt16BE(this.#sequence, 2);
    header.writeUInt32BE(about.timestamp, 4);
    header.writeUInt32BE(this.#ssrc, 8);
    this.#sequence = (this.#sequence + 1) % 2 ** 16;
    this.#packet_count++;
    this.#octet_count += body.reduce((sum, part) => sum + part.length, 0);
    return framed(this.#channel, [header, ...body]);
  }
}

function framed(channel: number, parts: readonly Buffer[]): Buffer {
  const head = Buffer.from([0x24, channel, 0, 0]);
  const packet = Buffer.concat([head, ...parts]);
  packet.writeUInt16BE(packet.length - 4, 2);
  return packet;
}
