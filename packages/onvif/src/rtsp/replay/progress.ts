import { type ReplayEvent, type Span, type StreamDescription, sameStream } from '@minhchung/domain';
import {
  CLOSE_BEFORE_END_TOLERANCE_MS,
  FILE_GAP_MS_MAX,
  FILE_GAP_MS_MIN,
  RESUME_BACKTRACK_MS,
  SAME_SOUND_TOLERANCE_US,
} from '../../limits.ts';
import { requireDeviceTime } from '../rtp/unit-times.ts';
import type { PlayingSession } from '../session/handshake.ts';
import type { SessionEvent, SessionPacket, SessionUnit } from '../session/session-event.ts';
import { GivenPictures } from './given-pictures.ts';
import { Splice } from './splice.ts';

/** The recorder began after the keyframe it was asked for: not an end, but to be asked further back. */
export class BeginsTooLate extends Error {}

/**
 * What of one replay was given out, over all its connections: where the next one must begin, and what of it is new.
 * Pure: session events in, replay events out.
 */
export class ReplayProgress {
  readonly #span: Span;
  #given: GivenPictures | null = null;
  #splice: Splice | null = null;
  readonly #newest_us = { audio: Number.NEGATIVE_INFINITY, metadata: Number.NEGATIVE_INFINITY };
  /** Sound and metadata up to here came over earlier connections. */
  #repeated_until_us = { ...this.#newest_us };
  #is_audio_known = false;
  #stream: StreamDescription | null = null;
  #pending_stream: StreamDescription | null = null;
  #was_terminal = false;
  #newest_seen_us = Number.NEGATIVE_INFINITY;
  #keyframes_beyond_end = 0;
  #backtrack_ms = 0;
  /** Pictures given out by the connection that is open, or was last. */
  new_units = 0;

  constructor(device_span: Span) {
    this.#span = device_span;
  }

  get has_begun(): boolean {
    return this.#given !== null && this.#given.count > 0;
  }

  /**
   * True once more than a group of pictures beyond the range has come: servers that do not stop at its end are
   * left there. One group more is taken, for pictures before the end may follow the first keyframe after it.
   */
  get is_beyond_end(): boolean {
    return this.#keyframes_beyond_end > 1;
  }

  /** True when a connection that falls silent or closes now may simply have delivered everything. */
  get may_be_over(): boolean {
    return this.#was_terminal || this.#missing_ms <= CLOSE_BEFORE_END_TOLERANCE_MS;
  }

  /** True when a BYE now is that of the end: no more than a picture or two can follow. */
  get is_at_end(): boolean {
    const spacing_ms = (2 * (this.#given?.spacing_us ?? 0)) / 1000;
    return (
      this.#was_terminal ||
      this.#missing_ms <= Math.min(CLOSE_BEFORE_END_TOLERANCE_MS, Math.max(FILE_GAP_MS_MIN, spacing_ms))
    );
  }

  get #missing_ms(): number {
    return this.#span.end_ms - this.#newest_seen_us / 1000;
  }

  /**
   * What to ask for next: from the last keyframe given out, or after a BYE from where it ended; where that brought
   * nothing, from where the next stored file must have begun.
   */
  nextSpan(byes: number): Span {
    const keyframe_us = this.#given?.keyframe_us ?? null;
    const { start_ms, end_ms } = this.#span;
    if (keyframe_us === null) return this.#span;
    if (byes > 0) {
      const { newest_us, spacing_us } = this.#given!;
      const next_ms = Math.min(FILE_GAP_MS_MAX, Math.max(FILE_GAP_MS_MIN, (2 * spacing_us) / 1000));
      const from_ms = Math.ceil((newest_us + 1) / 1000 + (byes > 1 ? next_ms : 0));
      return { start_ms: from_ms, end_ms: Math.max(end_ms, from_ms + 1) };
    }
    const keyframe_ms = Math.floor(keyframe_us / 1000);
    // Sound that lies behind the pictures must come again as well, within reason.
    const sound_ms = Math.floor(this.#newest_us.audio / 1000);
    const lag_ms = this.#is_audio_known ? Math.max(0, keyframe_ms - sound_ms) : 0;
    const from_ms = keyframe_ms - Math.min(lag_ms, RESUME_BACKTRACK_MS) - this.#backtrack_ms;
    return { start_ms: from_ms, end_ms: Math.max(end_ms, from_ms + 1, start_ms + 1) };
  }

  /** A connection plays; of its pictures only what follows the given ones is new. */
  begin(session: PlayingSession, after_bye: boolean): void {
    const { format } = session.video;
    this.#given ??= new GivenPictures(format.kind === 'jpeg' ? null : format.codec);
    this.#splice = new Splice(this.#given, after_bye || this.#backtrack_ms > 0);
    this.#repeated_until_us = { ...this.#newest_us };
    this.new_units = 0;
  }

  /** Replay events of a session's event; none for what was given out before. Throws `BeginsTooLate`. */
  take(event: SessionEvent, session: PlayingSession): ReplayEvent[] {
    switch (event.type) {
      case 'stream':
        // It is said with the first picture that is new: what is passed over may belong to another stream.
        this.#pending_stream = event.stream;
        return [];
      case 'unit':
        return this.#takeUnit(event.unit, session);
      case 'audio_stream':
        if (this.#is_audio_known) return [];
        this.#is_audio_known = true;
        return [event];
      default:
        return this.#takeBeside(event.type, event.packet);
    }
  }

  #takeBeside(type: 'audio' | 'metadata', packet: SessionPacket): ReplayEvent[] {
    const device_time_us = requireDeviceTime(packet);
    if (device_time_us <= this.#repeated_until_us[type] + SAME_SOUND_TOLERANCE_US) return [];
    this.#newest_us[type] = Math.max(this.#newest_us[type], device_time_us);
    return [{ type, packet: { device_time_us, data: packet.data } }];
  }

  #takeUnit(unit: SessionUnit, session: PlayingSession): ReplayEvent[] {
    const device_time_us = requireDeviceTime(unit);
    const { is_keyframe, data } = unit;
    const picture = { device_time_us, is_keyframe, data };
    this.#was_terminal = unit.is_terminal;
    this.#newest_seen_us = Math.max(this.#newest_seen_us, device_time_us);
    const verdict = this.#splice!.verdictOn(picture);
    if (verdict === 'given') return [];
    if (verdict === 'begins_too_late') {
      this.#backtrack_ms = RESUME_BACKTRACK_MS;
      throw new BeginsTooLate();
    }
    if (is_keyframe && device_time_us >= this.#span.end_ms * 1000) {
      this.#keyframes_beyond_end += 1;
      if (this.is_beyond_end) return [];
    }
    this.#given!.remember(picture);
    this.#backtrack_ms = 0;
    this.new_units += 1;
    const discontinuity = unit.is_discontinuity || verdict === 'new_after_break';
    const events = this.#streamEvents(session);
    events.push({ type: 'unit', unit: { ...picture, discontinuity } });
    return events;
  }

  #streamEvents({ other_streams }: PlayingSession): ReplayEvent[] {
    const stream = this.#pending_stream;
    this.#pending_stream = null;
    if (stream === null || (this.#stream !== null && sameStream(this.#stream, stream))) return [];
    this.#stream = stream;
    return [{ type: 'stream', stream, other_streams }];
  }
}
