import { readReplayExtension } from '../rtp/replay-extension.ts';
import type { SenderReport } from '../rtp/rtcp.ts';
import { RtpClock } from '../rtp/rtp-clock.ts';
import type { UnitTime, UnitTimes } from '../rtp/unit-times.ts';
import type { SideUnit } from './side-assembler.ts';

/**
 * How the clock of a track beside the pictures was joined to theirs, from the finest to the coarsest: every packet
 * states its own time; sender reports of both tracks name one clock; the answer to PLAY names the RTP times at which
 * both begin; or the first packet is taken to belong to the picture it came beside.
 */
export type Joining = 'own_stamps' | 'sender_reports' | 'announced' | 'arrival';

/** Reports that contradict the joining so far by more than this join anew: the sender's clock was set, or jumped. */
const REJOIN_US = 50_000;

/** Dates the units of one track beside the pictures, on the time-lines of the pictures. */
export class SideTimes {
  readonly #pictures: UnitTimes;
  readonly #clock: RtpClock;
  /** RTP times of pictures and track at which the answer to PLAY says that both begin. */
  readonly #announced: { readonly picture: number; readonly own: number } | null;
  /** What to add to the track's own media time; null while nothing tells. */
  #shift_us: number | null = null;
  #report: { readonly media_time_us: number; readonly ntp_time_us: number } | null = null;
  #early_report: SenderReport | null = null;
  #has_begun = false;
  joining: Joining | null = null;

  constructor(
    pictures: UnitTimes,
    clock_rate_hz: number,
    announced: { readonly picture: number; readonly own: number } | null,
  ) {
    this.#pictures = pictures;
    this.#clock = new RtpClock(clock_rate_hz);
    this.#announced = announced;
  }

  takeReport(report: SenderReport): void {
    if (this.#has_begun) this.#placeReport(report);
    else this.#early_report = report;
  }

  /** Another RTP source begins: nothing is known of its clock. */
  restart(): void {
    this.#clock.restart(0);
    this.#shift_us = null;
    this.#report = null;
    this.#has_begun = false;
  }

  /** True once units can be dated well: no need to hold them back any longer. */
  isJoinable(unit: SideUnit): boolean {
    if (this.#pictures.newest === null) return false;
    if (this.#shift_us !== null || ownStamp(unit) !== null) return true;
    return this.#pictures.report !== null && (this.#report ?? this.#early_report) !== null;
  }

  /** Dates a unit by the best that is known now. Units come in order. */
  dateOf(unit: SideUnit): UnitTime {
    this.#has_begun = true;
    const own_us = this.#clock.advance(unit.timestamp);
    if (this.#early_report !== null) this.#placeReport(this.#early_report);
    this.#early_report = null;
    const stamp_us = ownStamp(unit);
    const { newest } = this.#pictures;
    if (stamp_us !== null && newest !== null && newest.device_time_us !== null) {
      this.#shift_us = newest.media_time_us + stamp_us - newest.device_time_us - own_us;
      this.joining = 'own_stamps';
    } else if (this.joining !== 'own_stamps') {
      this.#join(own_us);
    }
    const media_time_us = own_us + (this.#shift_us ?? 0);
    const from_newest_us = newest === null ? 0 : media_time_us - newest.media_time_us;
    const shifted = (time_us: number | null | undefined) =>
      time_us === null || time_us === undefined ? null : time_us + from_newest_us;
    return {
      media_time_us,
      device_time_us: stamp_us ?? shifted(newest?.device_time_us),
      reported_time_us: shifted(newest?.reported_time_us),
    };
  }

  #placeReport({ timestamp, ntp_time_us }: SenderReport): void {
    this.#report = { media_time_us: this.#clock.at(timestamp), ntp_time_us };
  }

  #join(own_us: number): void {
    const { report, newest } = this.#pictures;
    if (report !== null && this.#report !== null) {
      const shift_us =
        report.media_time_us - report.ntp_time_us + this.#report.ntp_time_us - this.#report.media_time_us;
      if (this.#shift_us === null || Math.abs(shift_us - this.#shift_us) > REJOIN_US)
        this.#shift_us = shift_us;
      this.joining = 'sender_reports';
      return;
    }
    if (this.#shift_us !== null) return;
    if (this.#announced !== null && newest !== null) {
      this.#shift_us =
        this.#pictures.mediaTimeOf(this.#announced.picture) - this.#clock.at(this.#announced.own);
      this.joining = 'announced';
    } else {
      this.#shift_us = (newest?.media_time_us ?? 0) - own_us;
      this.joining = 'arrival';
    }
  }
}

function ownStamp({ stamped_by }: SideUnit): number | null {
  if (stamped_by === null || stamped_by.extension === null) return null;
  return readReplayExtension(stamped_by)?.device_time_us ?? null;
}
