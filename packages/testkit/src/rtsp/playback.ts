import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Span } from '@minhchung/domain';
import type { DeviceChannel } from '../device/channel.ts';
import type { DeviceFaults } from '../device/faults.ts';
import type { DeviceQuirks } from '../device/quirks.ts';
import { type RecordingTimeline, type StampedUnit, unitsWithin } from '../device/recording-timeline.ts';
import { replayExtension } from './onvif-extension.ts';
import type { RtpPacketizer } from './rtp-packetizer.ts';

/** One PLAY request, ready to be sent. */
export interface PlaybackOrder {
  readonly channel: DeviceChannel;
  readonly device_span: Span;
  /** False: as fast as the connection takes it. True: at the speed it was recorded. */
  readonly rate_control: boolean;
  readonly cseq: number;
}

/** Sends the units of an order over a connection, with its back-pressure, and ends with RTCP BYE. */
export class Playback {
  readonly #socket: Socket;
  readonly #packetizer: RtpPacketizer;
  readonly #faults: DeviceFaults;
  readonly #quirks: DeviceQuirks;
  readonly #order: PlaybackOrder;
  readonly #timeline: RecordingTimeline;
  readonly #ranges: readonly { from: number; to: number }[];
  #sent_bytes = 0;
  #pace: { wall_ms: number; device_us: number } | null = null;
  /** Device time of the last unit handed to the connection, for PAUSE. */
  last_device_time_us: number | null = null;

  constructor(
    socket: Socket,
    packetizer: RtpPacketizer,
    device: { readonly faults: DeviceFaults; readonly quirks: DeviceQuirks },
    order: PlaybackOrder,
  ) {
    this.#socket = socket;
    this.#packetizer = packetizer;
    this.#faults = device.faults;
    this.#quirks = device.quirks;
    this.#order = order;
    this.#timeline = order.channel.timeline();
    this.#ranges = unitsWithin(this.#timeline, order.device_span);
  }

  /** First unit that will be sent; undefined when nothing is held in the span. */
  get first_unit(): StampedUnit | undefined {
    return this.#timeline.units[this.#ranges[0]?.from ?? Number.NaN];
  }

  /** Sends everything. Rejects when the signal aborts or the connection ends. */
  async run(signal: AbortSignal): Promise<void> {
    const section_ends = new Set(this.#timeline.sections.map((section) => section.to - 1));
    for (const [n, { from, to }] of this.#ranges.entries()) {
      const first_index = this.#timeline.units[from]!.index;
      let at = from;
      for await (const { data } of this.#order.channel.footage.units(
        first_index,
        first_index + to - from,
        signal,
      )) {
        const unit = this.#timeline.units[at]!;
        const discontinuity = unit.discontinuity || (at === from && n > 0);
        if (this.#order.rate_control) await this.#keepPace(unit, discontinuity, signal);
        const extension = replayExtension({
          device_time_us: unit.device_time_us,
          is_clean_point: unit.is_keyframe,
          ends_section: section_ends.has(at),
          discontinuity,
          is_last: at === to - 1 && n === this.#ranges.length - 1,
          cseq: this.#order.cseq,
        });
        await this.#send(this.#packetizer.accessUnit(data, this.#stampOf(unit, at), extension), signal);
        this.last_device_time_us = unit.device_time_us;
        at++;
      }
    }
    await this.#send(this.#packetizer.bye(), signal);
  }

  /** Time that goes into the RTP time stamp; by quirk 26 not the time of the frame. */
  #stampOf(unit: StampedUnit, at: number): number {
    const { stamped_fps } = this.#quirks;
    if (stamped_fps === null) return unit.device_time_us;
    return this.#timeline.units[0]!.device_time_us + Math.round((at * 1_000_000) / stamped_fps);
  }

  async #keepPace(unit: StampedUnit, discontinuity: boolean, signal: AbortSignal): Promise<void> {
    if (!this.#pace || discontinuity) this.#pace = { wall_ms: Date.now(), device_us: unit.device_time_us };
    const due_ms = this.#pace.wall_ms + (unit.device_time_us - this.#pace.device_us) / 1000;
    const wait_ms = due_ms - Date.now();
    if (wait_ms > 0) await delay(wait_ms, undefined, { signal });
  }

  async #send(bytes: Buffer, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#sent_bytes += bytes.length;
    const { rtsp_drop_after_bytes, rtsp_stall_after_bytes } = this.#faults;
    if (rtsp_drop_after_bytes !== null && this.#sent_bytes > rtsp_drop_after_bytes) this.#socket.destroy();
    if (rtsp_stall_after_bytes !== null && this.#sent_bytes > rtsp_stall_after_bytes) await aborted(signal);
    if (this.#socket.destroyed) throw new Error('The RTSP connection is closed.');
    if (!this.#socket.write(bytes)) await once(this.#socket, 'drain', { signal });
  }
}

/** Rejects when the signal aborts, not before. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
