/**
 * Ways in which real devices differ from the standard, each seen in the field: the numbers are those of
 * docs/design/field-notes.md. What is not here has a simpler cause: a wrong clock (1, 2, 3, 7) is
 * `clock_offset_ms` or `clock.step`, a removed token (10) `signInBy`, a wrong address (14, 15)
 * `faults.advertised_host`, slowness (22) `faults.answer_delay_ms`.
 */
export interface DeviceQuirks {
  /**
   * What GetSystemDateAndTime says. 4: local time without a zone. 5: the operation is missing. 9: a date that
   * does not exist, with or without a local time beside it. `account_only`: not without signing in.
   */
  clock_answer:
    | 'both'
    | 'local_with_zone'
    | 'local_without_zone'
    | 'impossible_utc'
    | 'impossible'
    | 'nothing'
    | 'not_offered'
    | 'account_only';
  /** 8: zones hard-coded in firmware. */
  time_zone: string;
  /** 6: every token fails the time check, whatever time it states. */
  refuses_every_token_time: boolean;
  /** 11: the media service wants digest though the others take tokens, and says so in a web page. */
  media_wants_digest: boolean;
  /** 12: the media service's address has a query, and digest is checked against path and query. */
  media_query: string;
  /** 13: after so many refusals everything is refused for 30 minutes, right passwords too. */
  locks_after_refusals: number | null;
  /** 16: host and port of stream addresses, while service addresses are right. */
  stream_host: string | null;
  /** 18: a header with a prefix that is declared nowhere. */
  undeclared_prefix: boolean;
  /** 19: what is wrong with the XML: an `&` that should be escaped, a character that XML cannot carry, its end. */
  xml_damage: 'none' | 'bare_ampersand' | 'control_character' | 'cut_short';
  /** 20: an empty answer unless the Content-Type names the action. */
  needs_action: boolean;
  /** 21: connections closed without an answer: when they are used again, or every time. */
  closes_without_answer: 'never' | 'kept_connections' | 'always';
  /** 23: refuses every request with a security header. */
  refuses_security_header: boolean;
  /** 24: records, but lists no recording: they would have to be created over ONVIF first. */
  lists_no_recordings: boolean;
  /** 25: searches ignore the span asked for. */
  ignores_time_filter: boolean;
  /** 26: RTP time stamps go on by this rate whatever the true one is. */
  stamped_fps: number | null;
  /** Plays at the pace of life, or faster by this factor, whatever `Rate-Control` says; null obeys. */
  plays_at_pace: number | null;
  /** Where a replay begins: at the keyframe before what was asked, or one group of pictures too early or too late. */
  pre_roll: 'keyframe_before' | 'group_early' | 'group_late';
  /** Which pictures carry their time: every one, the first alone, every other one that of its neighbour, none. */
  replay_stamps: 'every' | 'first' | 'repeated' | 'none';
  /** Sound carries no time of its own and is joined by sender reports. */
  sound_without_stamps: boolean;
  /** Asks the client for a sign of life while it plays. */
  asks_for_life: boolean;
}

/** How long a lock lasts (13). */
export const LOCK_MS = 30 * 60_000;

/** A device that does as it should. */
export function noQuirks(): DeviceQuirks {
  return {
    clock_answer: 'both',
    time_zone: 'ICT-7',
    refuses_every_token_time: false,
    media_wants_digest: false,
    media_query: '',
    locks_after_refusals: null,
    stream_host: null,
    undeclared_prefix: false,
    xml_damage: 'none',
    needs_action: false,
    closes_without_answer: 'never',
    refuses_security_header: false,
    lists_no_recordings: false,
    ignores_time_filter: false,
    stamped_fps: null,
    plays_at_pace: null,
    pre_roll: 'keyframe_before',
    replay_stamps: 'every',
    sound_without_stamps: false,
    asks_for_life: false,
  };
}
