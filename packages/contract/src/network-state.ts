import { CAMERA_STATES, EVALUATIONS, FINDING_KINDS, LIMITS } from '@minhchung/domain';
import { Type } from 'typebox';
import { route } from './core/route.ts';
import { BilingualSchema, closed, Id, InstantMs, nullable, oneOf, PageQuery, page } from './core/schemas.ts';
import { Count } from './report-parts.ts';

/** Knowing the network: tallies, evaluation of schemes, uptime, the work list. */

const StateCounts = Type.Object(
  Object.fromEntries(CAMERA_STATES.map((state) => [state, Count])) as {
    [S in (typeof CAMERA_STATES)[number]]: typeof Count;
  },
);
const Share = nullable(Type.Number());

/** Cameras counted by state. Shares of working ones are told over both denominators. */
export const CameraTallySchema = Type.Object({
  cameras: Count,
  by_state: StateCounts,
  /** Online or degraded. */
  working: Count,
  /** Cameras whose state is known. */
  known: Count,
  /** `working / cameras`; null without cameras. */
  working_of_all: Share,
  /** `working / known`; null when none is known. */
  working_of_known: Share,
});

/** A scheme with its evaluation and the reasons for it. */
export const SchemeReportSchema = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  unit_id: Id,
  launched_at_ms: InstantMs,
  sites: Count,
  tally: CameraTallySchema,
  ever_worked: Count,
  holding: Count,
  holding_known: Count,
  extractions: Count,
  last_sign_of_life_ms: nullable(InstantMs),
  /** None of its cameras is known to work now. */
  is_silent: Type.Boolean(),
  evaluation: oneOf(EVALUATIONS),
  reasons: Type.Array(Type.Object({ code: Type.String(), text: BilingualSchema })),
  is_on_paper_only: Type.Boolean(),
});

/** What the network report tells beside cameras and schemes. */
export const NetworkReportParts = {
  wards: Type.Array(
    Type.Object({ id: Id, code: Type.String(), name: Type.String(), tally: CameraTallySchema }),
  ),
  clocks: Type.Object({
    measured: Count,
    unmeasured: Count,
    limit_ms: Type.Integer(),
    off: Count,
    out_of_limit: Type.Array(
      Type.Object({
        recorder_id: Id,
        recorder_code: Type.String(),
        unit_id: Id,
        clock_id: Id,
        min_ms: Type.Integer(),
        max_ms: Type.Integer(),
        measured_at_ms: InstantMs,
      }),
    ),
  }),
  work_list: Type.Array(
    Type.Object({
      kind: oneOf(FINDING_KINDS),
      name: BilingualSchema,
      open: Count,
      oldest_since_ms: InstantMs,
    }),
  ),
  holdings: Type.Object({
    held_days: Type.Array(Type.Object({ days: nullable(Type.Integer()), cameras: Count })),
    soon_overwritten: Type.Array(
      Type.Object({
        item_id: Id,
        request_number: Type.String(),
        camera_code: Type.String(),
        unit_id: Id,
        state: Type.String(),
        overwrite_at_ms: InstantMs,
      }),
    ),
  }),
};

/** Time by state of some cameras, and the share in which they worked. */
export const UptimeSchema = Type.Object({
  cameras: Count,
  span_ms: Count,
  by_state: StateCounts,
  working_ms: Count,
  known_ms: Count,
  working_of_all: Share,
  working_of_known: Share,
});

export const readUptime = route({
  method: 'GET',
  path: '/api/uptime',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'Shares of a span in which cameras worked: of a camera, site, scheme or ward',
  description:
    'Polled cameras and those known by attestations only are told apart. Without a camera, site, scheme or unit: all in reach.',
  query: closed({
    from_ms: InstantMs,
    to_ms: InstantMs,
    camera_id: Type.Optional(Id),
    site_id: Type.Optional(Id),
    scheme_id: Type.Optional(Id),
    unit_id: Type.Optional(Id),
  }),
  response: { 200: Type.Object({ polled: UptimeSchema, attested: UptimeSchema }) },
});

/** One entry of the work list, in plain words. */
export const FindingSchema = Type.Object({
  id: Id,
  kind: oneOf(FINDING_KINDS),
  what: BilingualSchema,
  next: BilingualSchema,
  subject_kind: oneOf(['camera', 'recorder']),
  subject_id: Id,
  camera_id: nullable(Id),
  recorder_id: Id,
  unit_id: Id,
  since_ms: InstantMs,
  opened_at_ms: InstantMs,
  closed_at_ms: nullable(InstantMs),
  closed_by: nullable(Type.String()),
  assigned_person_id: nullable(Id),
  snoozed_until_ms: nullable(InstantMs),
  details: Type.Record(
    Type.String(),
    Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
  ),
});

export const FindingNoteSchema = Type.Object({
  at_ms: InstantMs,
  person_id: nullable(Id),
  act: oneOf(['noted', 'assigned', 'unassigned', 'snoozed', 'woken']),
  text: Type.String(),
});

export const listWork = route({
  method: 'GET',
  path: '/api/work-list',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Troubles that need a person, the oldest first',
  query: closed({
    ...PageQuery,
    unit_id: Type.Optional(Id),
    kind: Type.Optional(oneOf(FINDING_KINDS)),
    camera_id: Type.Optional(Id),
    recorder_id: Type.Optional(Id),
    assigned_person_id: Type.Optional(Id),
    since_before_ms: Type.Optional(InstantMs),
    with_snoozed: Type.Optional(Type.Boolean({ default: false })),
  }),
  response: { 200: page(FindingSchema) },
});

export const readWork = route({
  method: 'GET',
  path: '/api/work-list/:finding_id',
  tag: 'registry',
  access: 'signed_in',
  summary: 'One trouble with its notes',
  params: closed({ finding_id: Id }),
  response: { 200: Type.Object({ finding: FindingSchema, notes: Type.Array(FindingNoteSchema) }) },
});

export const actOnWork = route({
  method: 'POST',
  path: '/api/work-list/:finding_id/notes',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Note something, take it on or give it to somebody, or put it off, each with a reason',
  description: 'The poller closes an entry itself when the trouble is mended.',
  params: closed({ finding_id: Id }),
  body: closed({
    text: Type.String({ minLength: 1, maxLength: LIMITS.paragraph_max_chars }),
    /** Null: nobody. */
    assigned_person_id: Type.Optional(nullable(Id)),
    /** Null: no longer put off. */
    snoozed_until_ms: Type.Optional(nullable(InstantMs)),
  }),
  response: { 200: Type.Object({ finding: FindingSchema, notes: Type.Array(FindingNoteSchema) }) },
});
