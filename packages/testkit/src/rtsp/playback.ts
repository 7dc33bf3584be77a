import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Span } from '@minhchung/domain';
import type { DeviceChannel } from '../device/channel.ts';
import type { DeviceFaults } from '../device/faults.ts';
import type { DeviceQuirks } from '../device/quirks.ts';
import { type RecordingTimeline, type StampedUnit, unitsWithin } from '../device/recording-timeline.ts';
import { type ReplayExtension, replayExtension } from './onvif-extension.ts';
import type { RtpPacketizer } from './rtp-packetizer.ts';
import type { SideTrackSender } from './side-track.ts';

/** One PLAY request, ready to be sent. */
export interface PlaybackOrder {
  readonly channel: DeviceChannel;
  readonly device_span: Span;
  /** False: as fast as the connection takes it. True: at the speed it was recorded. */
  readonly rate_control: boolean;
  readonly cseq: number;
  /** Tracks beside the pictures that were set up. */
  readonly sides: readonly SideTrackSender[];
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
  readonly #side_units: number[];
  readonly #began_at_ms = performance.now();
  #sent_frames = 0;
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
    this.#ranges = this.#misplaced(unitsWithin(this.#timeline, order.device_span));
    packetizer.loses_every_packets = device.faults.rtsp_loses_every_packets;
    this.#side_units = order.sides.map(() => 0);
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
        if (this.#isOver()) break;
        if (this.#order.rate_control || this.#quirks.plays_at_pace !== null)
          await this.#keepPace(unit, discontinuity, signal);
        await this.#sendSides(unit.device_time_us, signal);
        const extension = this.#stamp(at - from, {
          device_time_us: unit.device_time_us,
          is_clean_point: unit.is_keyframe,
          ends_section: section_ends.has(at),
          discontinuity,
          is_last: at === to - 1 && n === this.#ranges.length - 1,
          cseq: this.#order.cseq,
        });
        await this.#send(this.#packetizer.accessUnit(data, this.#stampOf(unit, at), extension), signal);
        this.last_device_time_us = unit.device_time_us;
        this.#sent_frames++;
        if (this.#quirks.sound_without_stamps && this.#sent_frames === 1)
          await this.#send(this.#packetizer.report(), signal);
        if (this.#quirks.asks_for_life && this.#sent_frames === 1)
          await this.#send(Buffer.from('OPTIONS * RTSP/1.0\r\nCSeq: 4711\r\n\r\n'), signal);
        at++;
      }
    }
    await this.#send(this.#packetizer.bye(), signal);
  }

  /** Quirk: the recorder begins a group of pictures too early or too late. */
  #misplaced(ranges: readonly { from: number; to: number }[]): { from: number; to: number }[] {
    const { pre_roll } = this.#quirks;
    const { units } = this.#timeline;
    if (pre_roll === 'keyframe_before') return [...ranges];
    return ranges.map(({ from, to }) => {
      const step = pre_roll === 'group_early' ? -1 : 1;
      let moved = from + step;
      while (moved >= 0 && moved < to && !units[moved]!.is_keyframe) moved += step;
      return { from: Math.min(Math.max(0, moved), to), to };
    });
  }

  /** Says BYE, or breaks the connection, where the faults want it. */
  #isOver(): boolean {
    const { rtsp_drop_every_frames, rtsp_drop_every_ms, rtsp_bye_every_frames } = this.#faults;
    const passed_ms = performance.now() - this.#began_at_ms;
    if (rtsp_drop_every_frames !== null && this.#sent_frames >= rtsp_drop_every_frames)
      this.#socket.destroy();
    if (rtsp_drop_every_ms !== null && passed_ms >= rtsp_drop_every_ms) this.#socket.destroy();
    return rtsp_bye_every_frames !== null && this.#sent_frames >= rtsp_bye_every_frames;
  }

  /** Sound and metadata up to the time of the next picture. */
  async #sendSides(until_us: number, signal: AbortSignal): Promise<void> {
    const start_us = this.first_unit!.device_time_us;
    for (const [n, side] of this.#order.sides.entries()) {
      const { units } = side.offer;
      for (; this.#side_units[n]! < units.length; this.#side_units[n]!++) {
        const { true_time_us, data } = units[this.#side_units[n]!]!;
        const device_time_us = this.#order.channel.stampOf(true_time_us);
        if (device_time_us > until_us) break;
        if (device_time_us < start_us) continue;
        const bare = this.#quirks.sound_without_stamps;
        if (bare) await this.#send(side.report(device_time_us), signal);
        const extension = bare ? Buffer.alloc(0) : replayExtension(beside(device_time_us, this.#order.cseq));
        await this.#send(side.packets(data, device_time_us, extension), signal);
      }
    }
  }

  /** The replay header of a picture, or none where the recorder forgets it. */
  #stamp(n: number, fields: ReplayExtension): Buffer {
    const { replay_stamps } = this.#quirks;
    if (replay_stamps === 'none' || (replay_stamps === 'first' && n > 0)) return Buffer.alloc(0);
    if (replay_stamps !== 'repeated' || n % 2 === 0) return replayExtension(fields);
    return replayExtension({ ...fields, device_time_us: this.last_device_time_us! });
  }

  /** Time that goes into the RTP time stamp; by quirk 26 not the time of the frame. */
  #stampOf(unit: StampedUnit, at: number): number {
    const { stamped_fps } = this.#quirks;
    if (stamped_fps === null) return unit.device_time_us;
    return this.#timeline.units[0]!.device_time_us + Math.round((at * 1_000_000) / stamped_fps);
  }

  async #keepPace(unit: StampedUnit, discontinuity: boolean, signal: AbortSignal): Promise<void> {
    if (!this.#pace || discontinuity) this.#pace = { wall_ms: Date.now(), device_us: unit.device_time_us };
    const speed = this.#quirks.plays_at_pace ?? 1;
    const due_ms = this.#pace.wall_ms + (unit.device_time_us - this.#pace.device_us) / 1000 / speed;
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

/** The replay header of what is no picture. */
function beside(device_time_us: number, cseq: number): ReplayExtension {
  const flags = { is_clean_point: true, ends_section: false, discontinuity: false, is_last: false };
  return { device_time_us, cseq, ...flags };
}

/** Rejects when the signal aborts, not before. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
