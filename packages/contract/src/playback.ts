import {
  FRAME_TIME_SOURCES,
  PLAYBACK_CHANNEL_MAX,
  PLAYBACK_VENDORS,
  STALE_REASONS,
  START_RULES,
  TEMPLATE_CHARS_MAX,
  TIME_SEMANTICS,
  ZONE_OFFSET_MIN_MAX,
} from '@minhchung/domain';
import { Type } from 'typebox';
import { route } from './core/route.ts';
import { closed, Id, InstantMs, nullable, oneOf } from './core/schemas.ts';

/** Recorders played at an address of their maker's own, and finding out how they count time. */

const Channel = Type.Integer({ minimum: 1, maximum: PLAYBACK_CHANNEL_MAX });
const Port = Type.Integer({ minimum: 1, maximum: 65_535 });

/** How a recorder is asked to play, as it is entered: what was found out of it is never entered. */
export const PlaybackInput = closed({
  vendor: oneOf(PLAYBACK_VENDORS),
  /** Left out: the maker's own. Placeholders `{channel}`, `{start:form}`, `{end:form}`; no host, port or account. */
  template: Type.Optional(Type.String({ minLength: 1, maxLength: TEMPLATE_CHARS_MAX })),
  channel: Type.Optional(Channel),
  rtsp_port: Type.Optional(nullable(Port)),
});

export const PlaybackFindingSchema = Type.Object({
  semantics: oneOf(TIME_SEMANTICS),
  zone_offset_min: Type.Integer(),
  frame_times: oneOf(FRAME_TIME_SOURCES),
  frame_offset_min: Type.Integer(),
  start_rule: oneOf(START_RULES),
  honours_end: Type.Boolean(),
  keyframe_interval_ms: Type.Integer(),
  /** A frame said to be at `t` was stamped within `[t, t + time_resolution_ms)`. */
  time_resolution_ms: Type.Integer(),
  nothing_answer: nullable(Type.String()),
  method: oneOf(['frame_times', 'picture_reading']),
  calibrated_at_ms: InstantMs,
  calibrated_by_person_id: Id,
  firmware_version: nullable(Type.String()),
  /** Set: nothing is taken from the recorder until it is calibrated again. */
  stale: nullable(Type.Object({ reason: oneOf(STALE_REASONS), since_ms: InstantMs })),
});

export const PlaybackSchema = Type.Object({
  vendor: oneOf(PLAYBACK_VENDORS),
  template: Type.String(),
  channel: Type.Integer(),
  rtsp_port: nullable(Type.Integer()),
  /** Null: never calibrated; nothing is taken from it. */
  finding: nullable(PlaybackFindingSchema),
});

export const calibrateRecorder = route({
  method: 'POST',
  path: '/api/recorders/:recorder_id/playback/calibrate',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Find out how a recorder with a playback address counts time, and keep the finding',
  description:
    'Plays several short spans under every meaning its times may have, and keeps a finding only when exactly one ' +
    'fits. Where no trustworthy times come with the pictures, answers `CALIBRATION_NEEDS_READING`: ask again with ' +
    '`readings` of two different times.',
  params: closed({ recorder_id: Id }),
  body: closed({
    /** Left out: the recorder's own. */
    channel: Type.Optional(Channel),
    /** The zone set in the device, as somebody read it there: local time minus UTC, in minutes. */
    zone_offset_min: Type.Optional(
      Type.Integer({ minimum: -ZONE_OFFSET_MIN_MAX, maximum: ZONE_OFFSET_MIN_MAX }),
    ),
    /** What the clock in the first picture showed of a play that was asked for `written`. */
    readings: Type.Optional(
      Type.Array(closed({ written_ms: Type.Integer(), shown_ms: Type.Integer() }), { maxItems: 8 }),
    ),
  }),
  response: { 200: PlaybackFindingSchema },
});
