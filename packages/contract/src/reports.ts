import { Type } from 'typebox';
import { route } from './core/route.ts';
import { BilingualSchema, closed, Id, InstantMs, nullable, oneOf } from './core/schemas.ts';
import { CameraTallySchema, NetworkReportParts, SchemeReportSchema } from './network-state.ts';
import { Count } from './report-parts.ts';

/** Reports on the camera network and on a year. */

export const NetworkReportSchema = Type.Object({
  at_ms: InstantMs,
  all: CameraTallySchema,
  community: CameraTallySchema,
  household: CameraTallySchema,
  schemes: Type.Array(SchemeReportSchema),
  ...NetworkReportParts,
});

export const readNetworkReport = route({
  method: 'GET',
  path: '/api/reports/network',
  tag: 'accounting',
  access: 'signed_in',
  summary:
    'The state of the network: cameras by state, wards, schemes and their evaluation, clocks, work list',
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
  /** Under a map: its date, the figures unit by unit, and what nobody can place, which is not part of the rest. */
  as_of_ms: Type.Optional(InstantMs),
  units: Type.Optional(
    Type.Array(
      Type.Object({
        unit_id: nullable(Id),
        unit_code: Type.String(),
        unit_name: Type.String(),
        schemes: Count,
        sites: Count,
        cameras: Count,
        extractions_delivered: Count,
        incidents_clarified: Count,
        tips: Count,
        tips_of_value: Count,
      }),
    ),
  ),
  not_assignable: Type.Optional(
    Type.Array(
      Type.Object({
        kind: oneOf(['scheme', 'camera', 'incident', 'tip']),
        name: Type.String(),
        unit_code: Type.String(),
      }),
    ),
  ),
});

export const readYearLine = route({
  method: 'GET',
  path: '/api/reports/year',
  tag: 'accounting',
  access: 'signed_in',
  summary: 'The yearly line: schemes, points, cameras, extractions, clarified incidents',
  query: closed({
    year: Type.Integer({ minimum: 2000, maximum: 9999 }),
    unit_id: Type.Optional(Id),
    as_of_ms: Type.Optional(InstantMs),
  }),
  response: { 200: YearLineSchema },
});
