import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Span } from '@minhchung/domain';
import type { LoopedFrame } from './looped-recording.ts';
import type { VendorModel } from './vendor-model.ts';
import { VendorRtp } from './vendor-rtp.ts';

/** Media between two sender reports. */
const REPORT_EVERY_US = 1_000_000;

/** Plays one span to one connection, as fast as it takes it, and ends with RTCP BYE. */
export async function playVendorSpan(
  socket: Socket,
  rtp_channel: number,
  model: VendorModel,
  written: Span,
  signal: AbortSignal,
): Promise<void> {
  const rtp = new VendorRtp(model.footage.stream.codec, rtp_channel);
  const times = new MediaTimes(model, written);
  let reported_us = Number.NEGATIVE_INFINITY;
  for (const frame of model.framesOf(written)) {
    signal.throwIfAborted();
    const media_us = times.mediaOf(frame);
    if (model.quirks.ends_after_ms !== null && media_us > model.quirks.ends_after_ms * 1000) break;
    const stamp_us = times.stampOf(frame, media_us);
    const by_report = stamp_us !== null && model.sends !== 'abac';
    if (by_report && (media_us - reported_us >= REPORT_EVERY_US || frame.discontinuity)) {
      reported_us = media_us;
      await send(socket, rtp.report(media_us, stamp_us), signal);
    }
    const extension =
      model.sends === 'abac' && stamp_us !== null
        ? { time_us: stamp_us, is_keyframe: frame.is_keyframe, discontinuity: frame.discontinuity }
        : null;
    await send(socket, rtp.picture(await model.dataOf(frame.index), media_us, extension), signal);
  }
  await send(socket, rtp.bye(), signal);
}

/** RTP time from the first picture, and what is said of the time of each. */
class MediaTimes {
  readonly #model: VendorModel;
  readonly #written: Span;
  readonly #began_ms = Date.now();
  #first_ms: number | null = null;
  #closed_ms = 0;
  #newest_ms = 0;

  constructor(model: VendorModel, written: Span) {
    this.#model = model;
    this.#written = written;
  }

  mediaOf(frame: LoopedFrame): number {
    this.#first_ms ??= frame.true_time_ms;
    if (frame.discontinuity && this.#newest_ms > 0 && this.#model.quirks.rtp_closes_holes) {
      this.#closed_ms += frame.true_time_ms - this.#newest_ms - 1000 / this.#model.footage.fps;
    }
    this.#newest_ms = Math.max(this.#newest_ms, frame.true_time_ms);
    return Math.round((frame.true_time_ms - this.#first_ms - this.#closed_ms) * 1000);
  }

  stampOf(frame: LoopedFrame, media_us: number): number | null {
    switch (this.#model.sends) {
      case 'none':
        return null;
      case 'rtcp_of_now':
        return this.#began_ms * 1000 + media_us;
      case 'rtcp_of_question':
        return this.#written.start_ms * 1000 + media_us;
      default:
        return this.#model.stampOf(frame.true_time_ms) * 1000;
    }
  }
}

async function send(socket: Socket, bytes: Buffer, signal: AbortSignal): Promise<void> {
  if (socket.destroyed) throw new Error('The connection is closed.');
  if (!socket.write(bytes)) await once(socket, 'drain', { signal });
}
