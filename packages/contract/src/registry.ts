import { CAMERA_STATES, LIMITS, MOUNTINGS, RECORDER_KINDS } from '@minhchung/domain';
import { Type } from 'typebox';
import { route } from './core/route.ts';
import {
  Code,
  closed,
  Id,
  InstantMs,
  nullable,
  oneOf,
  PageQuery,
  PositionSchema,
  page,
} from './core/schemas.ts';

/** The camera network: register, cameras with what is known of them, networks, schemes and sites. */

const Name = Type.String({ minLength: 1, maxLength: LIMITS.name_max_chars });
const CameraParams = closed({ camera_id: Id });

/** An interval during which polls kept seeing the same state. */
export const ObservationSchema = Type.Object({
  state: oneOf(CAMERA_STATES),
  reason: Type.String(),
  from_ms: InstantMs,
  until_ms: InstantMs,
});

export const CameraSchema = Type.Object({
  id: Id,
  code: Code,
  name: Name,
  unit_id: Id,
  site_id: nullable(Id),
  kind: oneOf(['community', 'household']),
  position: PositionSchema,
  aim_point: nullable(PositionSchema),
  field_of_view_deg: nullable(Type.Number()),
  range_m: nullable(Type.Number()),
  mounting: nullable(oneOf(MOUNTINGS)),
  reach: oneOf(['polled', 'ward_box', 'owner_only']),
  recorder_id: Id,
  source_token: nullable(Type.String()),
  created_at_ms: InstantMs,
  retired_at_ms: nullable(InstantMs),
  /** Null: never observed, which counts as `unknown`. */
  observation: nullable(ObservationSchema),
});

/** Device clock minus true time: the truth lies in `[min_ms, max_ms]`. */
export const ClockOffsetSchema = Type.Object({
  min_ms: Type.Integer(),
  max_ms: Type.Integer(),
  method: Type.String(),
  readings: Type.Integer(),
  first_reading_ms: InstantMs,
  last_reading_ms: InstantMs,
});

export const CoverageSchema = Type.Object({
  observed_at_ms: InstantMs,
  /** By the recorder's own clock. */
  retained_from_device_ms: nullable(Type.Integer()),
  retained_to_device_ms: nullable(Type.Integer()),
});

export const AgreementSchema = Type.Object({
  id: Id,
  mode: oneOf(['automatic', 'ask_first']),
  purposes: Type.Array(Type.String()),
  hours: nullable(Type.Object({ from_minute: Type.Integer(), to_minute: Type.Integer() })),
  valid_from_ms: InstantMs,
  valid_to_ms: nullable(InstantMs),
  confirmed_at_ms: InstantMs,
  withdrawn_at_ms: nullable(InstantMs),
});

export const RecorderSchema = Type.Object({
  id: Id,
  code: Code,
  name: Name,
  kind: oneOf(RECORDER_KINDS),
  network_code: Code,
  device_url: nullable(Type.String()),
  /** Credentials can be set and replaced, never read. */
  has_credentials: Type.Boolean(),
});

export const CameraDetailsSchema = Type.Object({
  camera: CameraSchema,
  recorder: RecorderSchema,
  owner: nullable(Type.Object({ name: Name, phone: nullable(Type.String()) })),
  clock: Type.Object({ id: Id, name: Type.String(), offset: nullable(ClockOffsetSchema) }),
  coverage: nullable(CoverageSchema),
  /** The newest one, in force or not. */
  agreement: nullable(AgreementSchema),
});

export const listCameras = route({
  method: 'GET',
  path: '/api/cameras',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Cameras, in order of code',
  description: '`text` finds words in code, name and owner; case and diacritics do not matter.',
  query: closed({
    ...PageQuery,
    text: Type.Optional(Type.String({ minLength: 1, maxLength: LIMITS.search_max_chars })),
    kind: Type.Optional(oneOf(['community', 'household'])),
    state: Type.Optional(oneOf(CAMERA_STATES)),
    unit_id: Type.Optional(Id),
  }),
  response: { 200: page(CameraSchema) },
});

export const readCamera = route({
  method: 'GET',
  path: '/api/cameras/:camera_id',
  tag: 'registry',
  access: 'signed_in',
  summary: 'One camera: state, recorder, clock offset, what is still held, agreement',
  params: CameraParams,
  response: { 200: CameraDetailsSchema },
});

export const listObservations = route({
  method: 'GET',
  path: '/api/cameras/:camera_id/observations',
  tag: 'registry',
  access: 'signed_in',
  summary: 'History of a camera’s state, newest first',
  params: CameraParams,
  query: closed(PageQuery),
  response: { 200: page(ObservationSchema) },
});

export const withdrawAgreement = route({
  method: 'POST',
  path: '/api/cameras/:camera_id/agreement/withdraw',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Record that the owner withdraws: ends the agreement and destroys the device’s credentials',
  params: CameraParams,
  body: closed({ reason: Type.String({ minLength: 1, maxLength: LIMITS.line_max_chars }) }),
  response: { 200: Type.Object({ agreement: AgreementSchema, credentials_destroyed: Type.Boolean() }) },
});

export const setCredentials = route({
  method: 'PUT',
  path: '/api/recorders/:recorder_id/credentials',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Set the account used at a recorder; it is sealed at once and can never be read back',
  params: closed({ recorder_id: Id }),
  body: closed({
    username: Type.String({ minLength: 1, maxLength: 128 }),
    password: Type.String({ minLength: 1, maxLength: 128 }),
  }),
  response: { 204: null },
});

export const NetworkSchema = Type.Object({ id: Id, code: Code, name: Name });

export const createNetwork = route({
  method: 'POST',
  path: '/api/networks',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Add a network: a place from which devices can be reached',
  body: closed({ code: Code, name: Name }),
  response: { 201: NetworkSchema },
});

export const listNetworks = route({
  method: 'GET',
  path: '/api/networks',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Networks, in order of code',
  query: closed(PageQuery),
  response: { 200: page(NetworkSchema) },
});

export const SchemeSchema = Type.Object({
  id: Id,
  unit_id: Id,
  code: Code,
  name: Name,
  launched_at_ms: InstantMs,
  status: oneOf(['active', 'ended']),
});

export const createScheme = route({
  method: 'POST',
  path: '/api/schemes',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Add a community camera scheme of a ward',
  body: closed({ unit_id: Id, code: Code, name: Name, launched_at_ms: InstantMs }),
  response: { 201: SchemeSchema },
});

export const listSchemes = route({
  method: 'GET',
  path: '/api/schemes',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Schemes, in order of code',
  query: closed({ ...PageQuery, unit_id: Type.Optional(Id) }),
  response: { 200: page(SchemeSchema) },
});

export const SiteSchema = Type.Object({ id: Id, scheme_id: Id, code: Code, name: Name });

export const createSite = route({
  method: 'POST',
  path: '/api/sites',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Add a replication point of a scheme',
  body: closed({ scheme_id: Id, code: Code, name: Name }),
  response: { 201: SiteSchema },
});

export const listSites = route({
  method: 'GET',
  path: '/api/sites',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Sites, in order of code',
  query: closed({ ...PageQuery, scheme_id: Type.Optional(Id) }),
  response: { 200: page(SiteSchema) },
});
