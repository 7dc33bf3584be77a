import { LIMITS, MOUNTINGS, RECORDER_KINDS } from '@minhchung/domain';
import { Type } from 'typebox';
import { route } from './core/route.ts';
import { Code, closed, Id, InstantMs, nullable, oneOf, PositionSchema } from './core/schemas.ts';
import {
  DEVICE_ACCOUNT_CHARS_MAX,
  DEVICE_URL_CHARS_MAX,
  FOLDER_PATH_CHARS_MAX,
  FOLDER_PATTERN_CHARS_MAX,
  SOURCE_TOKEN_CHARS_MAX,
} from './limits.ts';
import { PlaybackInput, PlaybackSchema } from './playback.ts';

/**
 * Changing cameras, recorders, schemes, sites and owners one by one. Every record comes with a `version`; a change
 * names the version it was made from, and answers `EDIT_CONFLICT` with the present record when somebody was faster.
 */

const Name = Type.String({ minLength: 1, maxLength: LIMITS.name_max_chars });
const Line = Type.String({ minLength: 1, maxLength: LIMITS.line_max_chars });

/** What a record looked like when it was read: opaque, equal for equal records. */
export const Version = Type.String({ minLength: 16, maxLength: 64, pattern: '^[0-9a-f]+$' });

const maybe = <const T extends Type.TSchema>(schema: T) => Type.Optional(nullable(schema));

const SourceToken = Type.String({ minLength: 1, maxLength: SOURCE_TOKEN_CHARS_MAX });
const FieldOfView = Type.Number({ minimum: 1, maximum: 360 });
const Range = Type.Number({ minimum: 1, maximum: LIMITS.camera_range_max_m });
const Kind = oneOf(['community', 'household']);
const Reach = oneOf(['polled', 'ward_box', 'owner_only']);

const CameraOptions = {
  site_id: maybe(Id),
  aim_point: maybe(PositionSchema),
  field_of_view_deg: maybe(FieldOfView),
  range_m: maybe(Range),
  mounting: maybe(oneOf(MOUNTINGS)),
  source_token: maybe(SourceToken),
};

export const CameraRecordSchema = Type.Object({
  version: Version,
  id: Id,
  code: Code,
  name: Name,
  unit_id: Id,
  site_id: nullable(Id),
  kind: Kind,
  owner_id: nullable(Id),
  position: PositionSchema,
  aim_point: nullable(PositionSchema),
  field_of_view_deg: nullable(Type.Number()),
  range_m: nullable(Type.Number()),
  mounting: nullable(oneOf(MOUNTINGS)),
  reach: Reach,
  recorder_id: Id,
  source_token: nullable(Type.String()),
  created_at_ms: InstantMs,
  retired_at_ms: nullable(InstantMs),
});

const CameraParams = closed({ camera_id: Id });
const shared = { tag: 'registry', access: 'signed_in' } as const;

export const readCameraRecord = route({
  ...shared,
  method: 'GET',
  path: '/api/cameras/:camera_id/record',
  summary: 'One camera as it can be changed',
  params: CameraParams,
  response: { 200: CameraRecordSchema },
});

export const createCamera = route({
  ...shared,
  method: 'POST',
  path: '/api/cameras',
  summary: 'Register one camera behind a registered recorder',
  body: closed({
    code: Code,
    name: Name,
    unit_id: Id,
    kind: Kind,
    owner_id: maybe(Id),
    position: PositionSchema,
    reach: Type.Optional(Reach),
    recorder_id: Id,
    ...CameraOptions,
  }),
  response: { 201: CameraRecordSchema },
});

export const changeCamera = route({
  ...shared,
  method: 'PATCH',
  path: '/api/cameras/:camera_id',
  summary: 'Change a camera; fields left out stay',
  description:
    'A household camera never becomes a community one, and an owner who made an agreement is changed with a new ' +
    'agreement only. `EDIT_CONFLICT` carries the present record in `current`.',
  params: CameraParams,
  body: closed({
    version: Version,
    name: Type.Optional(Name),
    unit_id: Type.Optional(Id),
    kind: Type.Optional(Kind),
    owner_id: maybe(Id),
    position: Type.Optional(PositionSchema),
    reach: Type.Optional(Reach),
    recorder_id: Type.Optional(Id),
    ...CameraOptions,
  }),
  response: { 200: CameraRecordSchema },
});

export const retireCamera = route({
  ...shared,
  method: 'POST',
  path: '/api/cameras/:camera_id/retire',
  summary: 'Take a camera out of use for good; its past stays',
  params: CameraParams,
  body: closed({ version: Version, reason: Line }),
  response: { 200: Type.Object({ camera: CameraRecordSchema, credentials_destroyed: Type.Boolean() }) },
});

const DeviceUrl = Type.String({ minLength: 1, maxLength: DEVICE_URL_CHARS_MAX });
const FolderSchema = closed({
  path: Type.String({ minLength: 1, maxLength: FOLDER_PATH_CHARS_MAX }),
  pattern: Type.String({ minLength: 1, maxLength: FOLDER_PATTERN_CHARS_MAX }),
  zone: oneOf(['Asia/Ho_Chi_Minh', 'UTC']),
});
const Account = Type.String({ minLength: 1, maxLength: DEVICE_ACCOUNT_CHARS_MAX });
/** Write-only: sealed at once, in no answer, log or event. */
export const DeviceAccountSchema = closed({ username: Account, password: Account });

export const RecorderRecordSchema = Type.Object({
  version: Version,
  id: Id,
  code: Code,
  name: Name,
  unit_id: Id,
  network_id: Id,
  kind: oneOf(RECORDER_KINDS),
  device_url: nullable(Type.String()),
  folder: nullable(FolderSchema),
  /** Null for recorders of other kinds. */
  playback: nullable(PlaybackSchema),
  clock_id: Id,
  created_at_ms: InstantMs,
  has_credentials: Type.Boolean(),
});

const RecorderParams = closed({ recorder_id: Id });

export const readRecorder = route({
  ...shared,
  method: 'GET',
  path: '/api/recorders/:recorder_id',
  summary: 'One recorder as it can be changed',
  params: RecorderParams,
  response: { 200: RecorderRecordSchema },
});

export const createRecorder = route({
  ...shared,
  method: 'POST',
  path: '/api/recorders',
  summary:
    'Register a recorder: an ONVIF device, a folder of recordings, or one with a playback address of its maker',
  body: closed({
    code: Code,
    name: Name,
    unit_id: Id,
    network_id: Id,
    kind: oneOf(RECORDER_KINDS),
    device_url: maybe(DeviceUrl),
    folder: maybe(FolderSchema),
    playback: maybe(PlaybackInput),
  }),
  response: { 201: RecorderRecordSchema },
});

export const changeRecorder = route({
  ...shared,
  method: 'PATCH',
  path: '/api/recorders/:recorder_id',
  summary: 'Change a recorder; fields left out stay',
  description:
    'Another address or network needs the account entered again (`credentials`), so that a stored password is sent ' +
    'nowhere else. `is_replaced`: the device itself is another one, so its clock begins anew.',
  params: RecorderParams,
  body: closed({
    version: Version,
    name: Type.Optional(Name),
    unit_id: Type.Optional(Id),
    network_id: Type.Optional(Id),
    device_url: maybe(DeviceUrl),
    folder: Type.Optional(FolderSchema),
    playback: Type.Optional(PlaybackInput),
    credentials: Type.Optional(DeviceAccountSchema),
    is_replaced: Type.Optional(Type.Boolean()),
  }),
  response: { 200: RecorderRecordSchema },
});

export const listChannels = route({
  ...shared,
  method: 'GET',
  path: '/api/recorders/:recorder_id/channels',
  summary: 'Channels of a recorder as probes and polls saw them, with the camera registered on each',
  params: RecorderParams,
  response: {
    200: Type.Object({
      items: Type.Array(
        Type.Object({
          source_token: nullable(Type.String()),
          name: nullable(Type.String()),
          /** When the device last told something new of it; null: registered, but never seen. */
          seen_at_ms: nullable(InstantMs),
          camera: nullable(Type.Object({ id: Id, code: Code, name: Name })),
        }),
      ),
    }),
  },
});
