import { REPEATED_STAMP_US_MAX } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';
import type { CodedUnit } from './coded-unit.ts';
import type { SenderReport } from './rtcp.ts';
import { RtpClock } from './rtp-clock.ts';

/** When a unit belongs, as far as was told. */
export interface UnitTime {
  /** From the first picture of the session, by the RTP clock of the pictures. */
  readonly media_time_us: number;
  /** By its own 0xABAC extension; where it has none, by its RTP distance from the last unit that had. */
  readonly device_time_us: number | null;
  /** By the last sender report. */
  readonly reported_time_us: number | null;
}

/** Said of replays whose pictures carry no time: what to do instead is part of the sentence. */
export const NO_ABSOLUTE_TIME =
  'its pictures carry no absolute time (no 0xABAC header extension), so that this is no ONVIF replay; register it ' +
  'as a recorder with a playback address of its maker and calibrate its time';

/** Distance between a unit and the next where another RTP source begins and nothing tells the true one. */
const SOURCE_STEP_US = 40_000;

/** Dates the pictures of one session. */
export class UnitTimes {
  readonly #clock: RtpClock;
  #anchor: { readonly media_time_us: number; readonly device_time_us: number } | null = null;
  #report: { readonly media_time_us: number; readonly ntp_time_us: number } | null = null;
  /** A report from before the first picture, when its timestamp stood for no media time yet. */
  #early_report: SenderReport | null = null;
  #newest: UnitTime | null = null;

  constructor(clock_rate_hz: number) {
    this.#clock = new RtpClock(clock_rate_hz);
  }

  /** The last unit dated; null before the first. */
  get newest(): UnitTime | null {
    return this.#newest;
  }

  /** Where the sender's clock stands against the pictures' media time; null before its first report. */
  get report(): { readonly media_time_us: number; readonly ntp_time_us: number } | null {
    return this.#report;
  }

  /** Media time of an RTP timestamp of the pictures. */
  mediaTimeOf(timestamp: number): number {
    return this.#clock.at(timestamp);
  }

  takeReport({ timestamp, ntp_time_us }: SenderReport): void {
    if (this.#newest === null) this.#early_report = { timestamp, ntp_time_us };
    else this.#report = { media_time_us: this.#clock.at(timestamp), ntp_time_us };
  }

  dateOf(unit: CodedUnit): UnitTime {
    if (unit.is_new_source && this.#newest !== null) {
      this.#clock.restart(this.#newest.media_time_us + SOURCE_STEP_US);
      this.#anchor = null;
      this.#report = null;
    }
    const media_time_us = this.#clock.advance(unit.timestamp);
    const time = {
      media_time_us,
      device_time_us: this.#deviceTimeOf(unit, media_time_us),
      reported_time_us: null as number | null,
    };
    if (this.#early_report !== null) {
      const { timestamp, ntp_time_us } = this.#early_report;
      this.#report = { media_time_us: this.#clock.at(timestamp), ntp_time_us };
      this.#early_report = null;
    }
    if (this.#report !== null) {
      time.reported_time_us = this.#report.ntp_time_us + media_time_us - this.#report.media_time_us;
    }
    this.#newest = time;
    return time;
  }

  /** A stamp that repeats the one before, though the RTP clock went on, is a recorder's slip and says nothing. */
  #deviceTimeOf({ extension }: CodedUnit, media_time_us: number): number | null {
    const anchor = this.#anchor;
    if (extension !== null) {
      const { device_time_us } = extension;
      const went_on_us = anchor === null ? 0 : Math.abs(media_time_us - anchor.media_time_us);
      const is_slip = went_on_us > 0 && went_on_us <= REPEATED_STAMP_US_MAX;
      if (anchor === null || device_time_us !== anchor.device_time_us || !is_slip) {
        this.#anchor = { media_time_us, device_time_us };
        return device_time_us;
      }
    }
    return anchor === null ? null : anchor.device_time_us + media_time_us - anchor.media_time_us;
  }
}

/** The device's time of a unit. Throws `BrokenStream` where nothing tells it. */
export function requireDeviceTime({ device_time_us }: UnitTime): number {
  if (device_time_us === null) throw new BrokenStream(NO_ABSOLUTE_TIME);
  return device_time_us;
}
