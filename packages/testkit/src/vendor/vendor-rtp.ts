import { randomInt } from 'node:crypto';
import { RTP_PACKET_BYTES_MAX } from '../limits.ts';
import { type RecordedCodec, splitLengthPrefixed } from '../recorded-video/nal-units.ts';
import { writeNtpTime } from '../rtsp/ntp-time.ts';
import { replayExtension } from '../rtsp/onvif-extension.ts';
import { payloadsOf } from '../rtsp/payloads.ts';

const RTP_HEADER_BYTES = 12;
export const VENDOR_PAYLOAD_TYPE = 96;

/** RTP and RTCP of one playback, framed for the RTSP connection. */
export class VendorRtp {
  readonly #codec: RecordedCodec;
  readonly #channel: number;
  readonly #ssrc = randomInt(2 ** 32);
  readonly #timestamp_base = randomInt(2 ** 32);
  #sequence = randomInt(2 ** 16);

  constructor(codec: RecordedCodec, channel: number) {
    this.#codec = codec;
    this.#channel = channel;
  }

  /** All packets of one picture; `stamp_us` null: without an extension. */
  picture(
    data: Buffer,
    media_us: number,
    stamp: {
      readonly time_us: number;
      readonly is_keyframe: boolean;
      readonly discontinuity: boolean;
    } | null,
  ): Buffer {
    const extension =
      stamp === null
        ? Buffer.alloc(0)
        : replayExtension({
            device_time_us: stamp.time_us,
            is_clean_point: stamp.is_keyframe,
            ends_section: false,
            discontinuity: stamp.discontinuity,
            is_last: false,
            cseq: 0,
          });
    const payloads = splitLengthPrefixed(data).flatMap((nal_unit) => [
      ...payloadsOf(this.#codec, nal_unit, RTP_PACKET_BYTES_MAX - RTP_HEADER_BYTES - extension.length),
    ]);
    return Buffer.concat(
      payloads.map((payload, n) => {
        const has_extension = n === 0 && stamp !== null;
        const header = Buffer.alloc(RTP_HEADER_BYTES);
        header[0] = has_extension ? 0x90 : 0x80;
        header[1] = (n === payloads.length - 1 ? 0x80 : 0) | VENDOR_PAYLOAD_TYPE;
        header.writeUInt16BE(this.#sequence, 2);
        header.writeUInt32BE(this.#timestamp(media_us), 4);
        header.writeUInt32BE(this.#ssrc, 8);
        this.#sequence = (this.#sequence + 1) % 2 ** 16;
        return framed(this.#channel, [header, ...(has_extension ? [extension] : []), ...payload]);
      }),
    );
  }

  /** A sender report (RFC 3550 6.4.1): this media time was that time. */
  report(media_us: number, time_us: number): Buffer {
    const report = Buffer.alloc(28);
    report.writeUInt32BE(0x80c80006, 0);
    report.writeUInt32BE(this.#ssrc, 4);
    writeNtpTime(report, 8, time_us);
    report.writeUInt32BE(this.#timestamp(media_us), 16);
    return framed(this.#channel + 1, [report]);
  }

  /** RTCP BYE behind an empty receiver report (RFC 3550 6.6): the end. */
  bye(): Buffer {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt32BE(0x80c90001, 0);
    bytes.writeUInt32BE(this.#ssrc, 4);
    bytes.writeUInt32BE(0x81cb0001, 8);
    bytes.writeUInt32BE(this.#ssrc, 12);
    return framed(this.#channel + 1, [bytes]);
  }

  #timestamp(media_us: number): number {
    const ticks = Math.round((media_us * 9) / 100);
    return (((this.#timestamp_base + ticks) % 2 ** 32) + 2 ** 32) % 2 ** 32;
  }
}

function framed(channel: number, parts: readonly Buffer[]): Buffer {
  const packet = Buffer.concat([Buffer.from([0x24, channel, 0, 0]), ...parts]);
  packet.writeUInt16BE(packet.length - 4, 2);
  return packet;
}
