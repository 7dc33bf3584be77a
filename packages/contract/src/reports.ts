import { CAMERA_STATES } from '@minhchung/domain';
import { Type } from 'typebox';
import { route } from './core/route.ts';
import { BilingualSchema, closed, Id, InstantMs, nullable } from './core/schemas.ts';
import { Count } from './report-parts.ts';

/** Reports on the camera network and on a year. */

const StateCounts = Type.Object(
  Object.fromEntries(CAMERA_STATES.map((state) => [state, Count])) as {
    [S in (typeof CAMERA_STATES)[number]]: typeof Count;
  },
);

/** Cameras counted by state. Shares of working ones are told over both denominators. */
export const CameraTallySchema = Type.Object({
  cameras: Count,
  by_state: StateCounts,
  /** Online or degraded. */
  working: Count,
  /** Cameras whose state is known. */
  known: Count,
  /** `working / cameras`; null without cameras. */
  working_of_all: nullable(Type.Number()),
  /** `working / known`; null when none is known. */
  working_of_known: nullable(Type.Number()),
});

export const NetworkReportSchema = Type.Object({
  at_ms: InstantMs,
  all: CameraTallySchema,
  community: CameraTallySchema,
  household: CameraTallySchema,
  schemes: Type.Array(
    Type.Object({
      id: Id,
      code: Type.String(),
      name: Type.String(),
      unit_id: Id,
      sites: Count,
      tally: CameraTallySchema,
      /** None of its cameras is known to work: a scheme that may exist on paper only. */
      is_silent: Type.Boolean(),
    }),
  ),
  clocks: Type.Object({
    measured: Count,
    unmeasured: Count,
    limit_ms: Type.Integer(),
    out_of_limit: Type.Array(
      Type.Object({
        recorder_id: Id,
        recorder_code: Type.String(),
        min_ms: Type.Integer(),
        max_ms: Type.Integer(),
        measured_at_ms: InstantMs,
      }),
    ),
  }),
});

export const readNetworkReport = route({
  method: 'GET',
  path: '/api/reports/network',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'Cameras by kind and state, per scheme, and clocks that are far off',
  query: closed({ unit_id: Type.Optional(Id) }),
  response: { 200: NetworkReportSchema },
});

export const YearLineSchema = Type.Object({
  year: Type.Integer(),
  figures: Type.Object({
    units: Count,
    units_with_scheme: Count,
    schemes: Count,
    sites: Count,
    cameras: Count,
    extractions_delivered: Count,
    incidents_clarified: Count,
    tips: Count,
    tips_of_value: Count,
  }),
  /** The sentence in which a city reports its year. */
  sentence: BilingualSchema,
});

export const readYearLine = route({
  method: 'GET',
  path: '/api/reports/year',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'The yearly line: schemes, points, cameras, extractions, clarified incidents',
  query: closed({ year: Type.Integer({ minimum: 2000, maximum: 9999 }), unit_id: Type.Optional(Id) }),
  response: { 200: YearLineSchema },
});
