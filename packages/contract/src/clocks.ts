import { Type } from 'typebox';
import { route } from './core/route.ts';
import { closed, Id, InstantMs, nullable, oneOf, ShortText } from './core/schemas.ts';
import { FindingSchema } from './network-state.ts';

/** Clocks, their offsets at any time, clocks read by eye, and what recorders still hold. */

const ClockParams = closed({ clock_id: Id });
const Ms = Type.Integer();

/** A stretch of readings of one clock; device clock minus true time lies in `[min_ms, max_ms]`. */
const EstimateSchema = Type.Object({
  epoch_from_ms: InstantMs,
  /** `step`: the clock was set since the stretch before. */
  began_as: oneOf(['first', 'step', 'continued']),
  min_ms: Ms,
  max_ms: Ms,
  first_reading_ms: InstantMs,
  last_reading_ms: InstantMs,
  readings: Type.Integer(),
  method: oneOf(['onvif_utc', 'onvif_local', 'photo', 'declared']),
});

const RateSchema = Type.Object({
  min_ppm: Type.Number(),
  max_ppm: Type.Number(),
  from_ms: InstantMs,
  to_ms: InstantMs,
});

export const ClockSchema = Type.Object({
  id: Id,
  name: Type.String(),
  kind: oneOf(['recorder', 'camera', 'host']),
  recorder_id: Id,
  camera_id: nullable(Id),
  /** Oldest stretch first. */
  history: Type.Array(EstimateSchema),
  /** Average rate since the clock was last set; null: not yet known. */
  rate: nullable(RateSchema),
  /** The drift bound reckoned with: the configured one, or more where the history shows more. */
  drift_bound_ppm: Type.Number(),
});

export const readClock = route({
  method: 'GET',
  path: '/api/clocks/:clock_id',
  tag: 'registry',
  access: 'signed_in',
  summary: 'One clock: whose it is, every stretch of its readings, how fast it drifts',
  params: ClockParams,
  response: { 200: ClockSchema },
});

const OffsetBounds = Type.Object({ min_ms: Ms, max_ms: Ms });

export const readOffset = route({
  method: 'GET',
  path: '/api/clocks/:clock_id/offset',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Which offset of a clock held at a time, or over a span',
  description: 'Give `at_ms`, or `from_ms` and `to_ms` (true time). No pieces: the clock was never measured.',
  params: ClockParams,
  query: closed({
    at_ms: Type.Optional(InstantMs),
    from_ms: Type.Optional(InstantMs),
    to_ms: Type.Optional(InstantMs),
  }),
  response: {
    200: Type.Object({
      is_known: Type.Boolean(),
      pieces: Type.Array(
        Type.Object({
          span: Type.Object({ start_ms: InstantMs, end_ms: InstantMs }),
          min_ms: Ms,
          max_ms: Ms,
          basis: oneOf(['measured_around', 'measured_later', 'measured_earlier', 'step_within']),
          measured_at_ms: InstantMs,
          alternatives: Type.Array(OffsetBounds),
        }),
      ),
    }),
  },
});

export const takeServerTime = route({
  method: 'POST',
  path: '/api/clocks/:clock_id/challenges',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Take a server time against which a clock is read by eye; good for one reading',
  params: ClockParams,
  response: {
    201: Type.Object({ challenge_id: Id, server_time_ms: InstantMs, valid_until_ms: InstantMs }),
  },
});

export const enterSight = route({
  method: 'POST',
  path: '/api/clocks/:clock_id/sights',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Enter what a device’s screen showed, beside the server time taken before',
  description:
    '`round_trip_ms`: how long taking the server time took. `elapsed_ms`: from having it to the moment of seeing, ' +
    'by a clock that nobody sets (performance.now). Round up the first, give the second exactly.',
  params: ClockParams,
  body: closed({
    challenge_id: Id,
    /** To the second, as milliseconds UTC. */
    shown_ms: InstantMs,
    round_trip_ms: Type.Integer({ minimum: 0, maximum: 60_000 }),
    elapsed_ms: Type.Integer({ minimum: 0, maximum: 3_600_000 }),
  }),
  response: {
    200: Type.Object({
      kind: oneOf(['first', 'step', 'continued', 'narrowed', 'confirmed']),
      reading: OffsetBounds,
      estimate: EstimateSchema,
    }),
  },
});

export const addCameraClock = route({
  method: 'POST',
  path: '/api/cameras/:camera_id/clock',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Register the clock a camera shows in its own picture, beside its recorder’s',
  params: closed({ camera_id: Id }),
  body: closed({ name: ShortText }),
  response: { 201: Type.Object({ clock_id: Id, name: Type.String() }) },
});

export const readKnowledge = route({
  method: 'GET',
  path: '/api/cameras/:camera_id/knowledge',
  tag: 'registry',
  access: 'signed_in',
  summary:
    'What is known of a camera: clocks and where they disagree, what is still held and until when, troubles',
  params: closed({ camera_id: Id }),
  response: {
    200: Type.Object({
      recorder_clock: ClockSchema,
      display_clock: nullable(ClockSchema),
      /** Display minus recorder, as both were last known; null: one of them is not known. */
      display_minus_recorder: nullable(OffsetBounds),
      holdings: Type.Object({
        /** True time; null: nothing is held, or it was never asked. */
        held_from_ms: nullable(InstantMs),
        held_to_ms: nullable(InstantMs),
        observed_at_ms: nullable(InstantMs),
        /** How far back the recorder reaches once it overwrites; null: it was not seen to overwrite yet. */
        depth_min_ms: nullable(Ms),
        depth_max_ms: nullable(Ms),
        /** When the oldest footage held is expected to be overwritten. */
        overwrites_oldest_at_ms: nullable(InstantMs),
        agreed_days: nullable(Type.Integer()),
        /** Oldest first: what it held then, and the horizon as it was seen then. */
        history: Type.Array(
          Type.Object({ observed_at_ms: InstantMs, held_ms: nullable(Ms), depth_min_ms: nullable(Ms) }),
        ),
      }),
      findings: Type.Array(FindingSchema),
    }),
  },
});

export const setRetentionAgreed = route({
  method: 'PUT',
  path: '/api/retention-agreed',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Say how many days a camera, or every camera of a scheme, was agreed to keep',
  body: closed({
    subject_kind: oneOf(['camera', 'scheme']),
    subject_id: Id,
    /** Null: nothing of its own was agreed. */
    days: nullable(Type.Integer({ minimum: 1, maximum: 3_650 })),
  }),
  response: { 204: null },
});
