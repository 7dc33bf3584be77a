import { LIMITS } from '@minhchung/domain';
import { Type } from 'typebox';
import { route, streamBody } from './core/route.ts';
import {
  BilingualSchema,
  Code,
  closed,
  Id,
  InstantMs,
  nullable,
  oneOf,
  PageQuery,
  page,
} from './core/schemas.ts';

/** Units: provinces and wards, their validity, succession and boundaries, and what follows when the map changes. */

const Name = Type.String({ minLength: 1, maxLength: LIMITS.name_max_chars });
const Level = oneOf(['province', 'ward']);
const UnitParams = closed({ unit_id: Id });

/** Bytes of one boundary as GeoJSON: 20,000 corners with as many decimals as programs write. */
export const BOUNDARY_BYTES_MAX = 2_000_000;
/** Bytes of a file of units: the wards of several provinces. */
export const UNIT_FILE_BYTES_MAX = 33_554_432;
/** Units one change of the map may end or create; a province of 547 communes became 166. */
export const UNITS_PER_CHANGE_MAX = 600;
/** Things looked at in one call of a reassignment; a few seconds of work. */
export const REASSIGNED_PER_CALL_MAX = 5_000;

const GEOJSON = ['application/geo+json'];

export const UnitSchema = Type.Object({
  id: Id,
  code: Code,
  name: Name,
  level: Level,
  parent_id: nullable(Id),
  valid_from_ms: InstantMs,
  /** First moment after its end. */
  valid_to_ms: nullable(InstantMs),
  /** Units it went into. */
  successor_ids: Type.Array(Id),
});

export const listUnits = route({
  method: 'GET',
  path: '/api/units',
  tag: 'administration',
  access: 'signed_in',
  summary: 'Units, in order of code; ended ones too',
  query: closed(PageQuery),
  response: { 200: page(UnitSchema) },
});

export const createUnit = route({
  method: 'POST',
  path: '/api/units',
  tag: 'administration',
  access: 'signed_in',
  summary: 'Add a province or a ward',
  body: closed({
    code: Code,
    name: Name,
    level: Level,
    parent_id: nullable(Id),
    valid_from_ms: InstantMs,
    valid_to_ms: Type.Optional(nullable(InstantMs)),
  }),
  response: { 201: UnitSchema },
});

export const changeUnit = route({
  method: 'PATCH',
  path: '/api/units/:unit_id',
  tag: 'administration',
  access: 'signed_in',
  summary: 'Change the name or the validity of a unit',
  params: UnitParams,
  body: closed({
    name: Type.Optional(Name),
    valid_from_ms: Type.Optional(InstantMs),
    valid_to_ms: Type.Optional(nullable(InstantMs)),
  }),
  response: { 200: UnitSchema },
});

export const changeMap = route({
  method: 'POST',
  path: '/api/units/map-changes',
  tag: 'administration',
  access: 'signed_in',
  summary: 'Merge and split units at a date, all or nothing',
  description:
    'Ends units at `at_ms`, creates others that begin then, and says which follow which, in one transaction. Many ' +
    'units that name one successor merge; one unit that names several is split. A code that ends may be used again.',
  body: closed({
    at_ms: InstantMs,
    create: Type.Array(closed({ code: Code, name: Name, level: Level, parent_id: nullable(Id) }), {
      maxItems: UNITS_PER_CHANGE_MAX,
    }),
    end: Type.Array(closed({ unit_id: Id, successor_codes: Type.Array(Code, { maxItems: 50 }) }), {
      maxItems: UNITS_PER_CHANGE_MAX,
    }),
  }),
  response: { 200: Type.Object({ units: Type.Array(UnitSchema) }) },
});

export const BoundarySchema = Type.Object({
  unit_id: Id,
  /** GeoJSON Polygon or MultiPolygon, WGS 84, longitude first. */
  geometry: Type.Unsafe<{ readonly type: string; readonly coordinates: readonly unknown[] }>({
    type: 'object',
    required: ['type', 'coordinates'],
    properties: { type: { type: 'string' }, coordinates: { type: 'array', items: {} } },
  }),
  vertices: Type.Integer(),
  sha256: Type.String(),
  set_at_ms: InstantMs,
});

export const readUnitBoundary = route({
  method: 'GET',
  path: '/api/units/:unit_id/boundary',
  tag: 'administration',
  access: 'signed_in',
  summary: 'Boundary of a unit',
  params: UnitParams,
  response: { 200: BoundarySchema },
});

export const setUnitBoundary = route({
  method: 'PUT',
  path: '/api/units/:unit_id/boundary',
  tag: 'administration',
  access: 'signed_in',
  summary: 'Draw the boundary of a unit: a GeoJSON Polygon or MultiPolygon, alone or in a Feature',
  params: UnitParams,
  body: streamBody(GEOJSON, BOUNDARY_BYTES_MAX),
  response: { 200: BoundarySchema },
});

const Mode = oneOf(['preview', 'apply']);

export const UnitImportSchema = Type.Object({
  mode: Mode,
  units_total: Type.Integer(),
  created: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  rejected: Type.Integer(),
  features: Type.Array(
    Type.Object({
      /** Place in the file, from 1. */
      number: Type.Integer(),
      code: nullable(Type.String()),
      outcome: oneOf(['created', 'changed', 'unchanged', 'rejected']),
      /** What differs: `name`, `valid_to`, `boundary`, `ends:CODE`. */
      changes: Type.Array(Type.String()),
      problems: Type.Array(Type.Object({ code: Type.String(), text: BilingualSchema })),
    }),
  ),
});

export const importUnits = route({
  method: 'POST',
  path: '/api/units/import',
  tag: 'administration',
  access: 'signed_in',
  summary: 'Import units with their boundaries from a GeoJSON FeatureCollection',
  description:
    'Properties of a feature: `code`, `name`, `level` (ward unless given), `parent_code`, `valid_from`, `valid_to` ' +
    '(days in Vietnam), `replaces` (codes of units that end on that day and go into this one). A bad feature is ' +
    'reported and never stops the good ones. Importing the same file again changes nothing.',
  query: closed({ mode: Mode, parent_code: Type.Optional(Code) }),
  body: streamBody(GEOJSON, UNIT_FILE_BYTES_MAX),
  response: { 200: UnitImportSchema },
});

const MovedKind = oneOf(['camera', 'recorder', 'scheme']);

export const ReassignmentSchema = Type.Object({
  mode: Mode,
  at_ms: InstantMs,
  /** Of this part. */
  examined: Type.Integer(),
  moved: Type.Integer(),
  undecided: Type.Integer(),
  moves: Type.Array(
    Type.Object({
      kind: MovedKind,
      id: Id,
      code: Type.String(),
      from_unit_id: Id,
      to_unit_id: Id,
      by: oneOf(['position', 'succession', 'cameras']),
    }),
  ),
  undecided_things: Type.Array(
    Type.Object({
      kind: MovedKind,
      id: Id,
      code: Type.String(),
      unit_id: Id,
      reason: oneOf([
        'outside',
        'border',
        'overlap',
        'several_successors',
        'no_successor',
        'cameras_in_several',
        'camera_undecided',
        'unknown_unit',
        'other_administrator',
      ]),
      candidate_unit_ids: Type.Array(Id),
    }),
  ),
  next_cursor: nullable(Type.String()),
});

export const reassignUnits = route({
  method: 'POST',
  path: '/api/units/reassignment',
  tag: 'administration',
  access: 'signed_in',
  summary: 'Move cameras, recorders and schemes to the units they lie in now',
  description:
    'Works through the register in parts: call again with `next_cursor` until it is null, with the same mode. ' +
    '`preview` only says what would move. Applying twice moves nothing twice; every move is in the history.',
  query: closed({ mode: Mode, cursor: PageQuery.cursor }),
  response: { 200: ReassignmentSchema },
});
