import type { Span } from '@minhchung/domain';
import type { RecordedSound } from '../recorded-video/record-sound.ts';
import type { RecordedFootage } from '../recorded-video/recorded-footage.ts';
import type { DeviceClock } from '../time/device-clock.ts';
import { type RecordingTimeline, recordingTimeline } from './recording-timeline.ts';

/** One camera of a device. */
export interface ChannelOptions {
  readonly name: string;
  readonly footage: RecordedFootage;
  /** True-time spans that the recorder lost although the camera saw them. */
  readonly holes?: readonly Span[];
  /** Older footage is overwritten. */
  readonly holds_from_true_ms?: number | null;
  /** Sound beside the pictures; default none. */
  readonly sound?: RecordedSound;
  /** Documents of the metadata track, in order; default none. */
  readonly metadata?: readonly MetadataDocument[];
}

/** One document of the metadata track. */
export interface MetadataDocument {
  readonly true_time_ms: number;
  readonly xml: string;
}

/** What the simulator stamped on one frame. */
export interface StampedFrame {
  readonly true_time_ms: number;
  /** Device time as sent, in microseconds since 1970 by the device's clock. */
  readonly device_time_us: number;
}

/** A channel with its tokens. What it holds can be changed while the device runs. */
export class DeviceChannel {
  /** 1 for the first channel. */
  readonly number: number;
  readonly name: string;
  readonly footage: RecordedFootage;
  readonly sound: RecordedSound | null;
  readonly metadata: readonly MetadataDocument[];
  readonly #clock: DeviceClock;
  #holes: readonly Span[];
  #holds_from_true_ms: number | null;

  constructor(number: number, options: ChannelOptions, clock: DeviceClock) {
    this.number = number;
    this.name = options.name;
    this.footage = options.footage;
    this.sound = options.sound ?? null;
    this.metadata = options.metadata ?? [];
    this.#clock = clock;
    this.#holes = options.holes ?? [];
    this.#holds_from_true_ms = options.holds_from_true_ms ?? null;
  }

  get source_token(): string {
    return `VideoSource_${this.number}`;
  }
  get profile_token(): string {
    return `Profile_${this.number}`;
  }
  get recording_token(): string {
    return `Recording_${this.number}`;
  }
  get track_token(): string {
    return 'VIDEO001';
  }

  /** What is held now and how it is stamped. */
  timeline(): RecordingTimeline {
    const missing = { holes: this.#holes, holds_from_true_ms: this.#holds_from_true_ms };
    return recordingTimeline(this.footage, this.#clock, missing);
  }

  /** A true time as the device stamps it, in microseconds. */
  stampOf(true_time_us: number): number {
    return true_time_us + this.#clock.offsetAt(true_time_us / 1000) * 1000;
  }

  /** Every held frame in presentation order, with the time stamped on it. */
  stampedFrames(): StampedFrame[] {
    return this.timeline()
      .units.map(({ true_time_ms, device_time_us }) => ({ true_time_ms, device_time_us }))
      .toSorted((a, b) => a.true_time_ms - b.true_time_ms);
  }

  /** Loses everything recorded in a true-time span. */
  addHole(hole: Span): void {
    this.#holes = [...this.#holes, hole];
  }

  /** Overwrites everything older than a true instant. */
  overwriteBefore(true_ms: number): void {
    this.#holds_from_true_ms = true_ms;
  }

  /** Device span from the first to the end of the last held frame; null when nothing is held. */
  retained(): Span | null {
    const { sections } = this.timeline();
    if (sections.length === 0) return null;
    return {
      start_ms: Math.min(...sections.map((section) => section.device_span.start_ms)),
      end_ms: Math.max(...sections.map((section) => section.device_span.end_ms)),
    };
  }
}
