import { LIMITS } from '@minhchung/domain';
import { Type } from 'typebox';
import { fileAnswer, route } from './core/route.ts';
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

/** Trying devices, their certificates, where they may be, and stills. */

const shared = { tag: 'registry', access: 'signed_in' } as const;
const DeviceUrl = Type.String({ minLength: 1, maxLength: 300 });
const Credential = Type.String({ minLength: 1, maxLength: 128 });
const Fingerprint = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Level = oneOf(['ok', 'attention', 'problem']);

export const ProbeReportSchema = Type.Object({
  device_url: Type.String(),
  started_at_ms: InstantMs,
  duration_ms: Type.Integer(),
  level: Level,
  findings: Type.Array(
    Type.Object({
      step: Type.String(),
      level: Level,
      code: Type.String(),
      text: BilingualSchema,
      next: nullable(BilingualSchema),
    }),
  ),
  device: nullable(
    Type.Object({
      manufacturer: Type.String(),
      model: Type.String(),
      firmware_version: Type.String(),
      serial_number: Type.String(),
    }),
  ),
  /** Device clock minus true time. */
  clock: nullable(
    Type.Object({
      min_ms: Type.Integer(),
      max_ms: Type.Integer(),
      readings: Type.Integer(),
      method: Type.String(),
    }),
  ),
  channels: Type.Array(
    Type.Object({
      source_token: Type.String(),
      name: Type.String(),
      profiles: Type.Array(
        Type.Object({
          profile_token: Type.String(),
          name: Type.String(),
          source_token: Type.String(),
          codec: nullable(Type.String()),
          width: nullable(Type.Integer()),
          height: nullable(Type.Integer()),
          frame_rate_fps: nullable(Type.Number()),
          bit_rate_kbps: nullable(Type.Number()),
          stream_uri: nullable(Type.String()),
        }),
      ),
      recording_token: nullable(Type.String()),
      replay_uri: nullable(Type.String()),
      recorded_from_device_ms: nullable(Type.Integer()),
      recorded_to_device_ms: nullable(Type.Integer()),
      held_days: nullable(Type.Number()),
    }),
  ),
  /** What an `https://` device shows; null: it showed none. */
  certificate: nullable(
    Type.Object({
      fingerprint_sha256: Fingerprint,
      is_vouched_for: Type.Boolean(),
      valid_from_ms: Type.Integer(),
      valid_to_ms: Type.Integer(),
    }),
  ),
  /**
   * Parts of the bodies of `createRecorder` and `createCamera`, to be completed by unit, kind and position; null for
   * a registered recorder and for a device that did not say what it is.
   */
  prefill: nullable(
    Type.Object({
      recorder: Type.Object({
        code: Code,
        name: Type.String(),
        kind: oneOf(['onvif']),
        device_url: Type.String(),
        network_id: Type.Optional(Id),
      }),
      cameras: Type.Array(
        Type.Object({
          code: Code,
          name: Type.String(),
          source_token: Type.String(),
          reach: oneOf(['polled']),
        }),
      ),
    }),
  ),
});

export const probeDevice = route({
  ...shared,
  method: 'POST',
  path: '/api/devices/probe',
  summary: 'Try a device that is not registered yet',
  description:
    'From an address and an account to maker, streams, clock, recordings, and what is wrong with them in words. ' +
    'The password is used once and not kept. One trial at a time; it ends within the configured time. An account ' +
    'the device refused lately is sent again with `try_again` only, for devices lock.',
  body: closed({
    device_url: DeviceUrl,
    username: nullable(Credential),
    password: nullable(Credential),
    network_code: Type.Optional(Code),
    try_again: Type.Optional(Type.Boolean()),
  }),
  response: { 200: ProbeReportSchema },
});

export const probeRecorder = route({
  ...shared,
  method: 'POST',
  path: '/api/recorders/:recorder_id/probe',
  summary: 'Try a registered recorder with the account kept for it',
  description:
    'Refused where every camera behind it is a household’s and withdrawn, or reached by its owner only.',
  params: closed({ recorder_id: Id }),
  query: closed({ try_again: Type.Optional(oneOf(['true', 'false'])) }),
  response: { 200: ProbeReportSchema },
});

export const discoverDevices = route({
  ...shared,
  method: 'POST',
  path: '/api/devices/discover',
  summary: 'Ask by multicast which ONVIF devices are in a camera network',
  description:
    'On a configured interface only; takes a few seconds and counts as a trial. Anybody in that network can ' +
    'answer: the list is a hint. Recorders are named where the account may read them.',
  body: closed({ interface: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9@._-]{1,15}$' })) }),
  response: {
    200: Type.Object({
      items: Type.Array(
        Type.Object({
          address: Type.String(),
          device_url: nullable(Type.String()),
          name: nullable(Type.String()),
          hardware: nullable(Type.String()),
          location: nullable(Type.String()),
          is_registered: Type.Boolean(),
          recorders: Type.Array(Type.Object({ id: Id, code: Code })),
        }),
      ),
    }),
  },
});

export const lookAtStill = route({
  ...shared,
  method: 'POST',
  path: '/api/cameras/:camera_id/still',
  summary: 'Look once at a still of a camera',
  description:
    'Shown once, kept nowhere, counted, and listed for the owner. For a household camera only under an agreement ' +
    "in force or with the owner's one-time code.",
  params: closed({ camera_id: Id }),
  body: closed({ owner_code: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })) }),
  response: { 200: fileAnswer(['image/jpeg']) },
});

export const listStills = route({
  ...shared,
  method: 'GET',
  path: '/api/cameras/:camera_id/stills',
  summary: 'Who looked at stills of a camera, and when; newest first',
  params: closed({ camera_id: Id }),
  query: closed(PageQuery),
  response: {
    200: page(
      Type.Object({
        at_ms: InstantMs,
        person_id: Id,
        allowed_by: oneOf(['community', 'agreement', 'owner_code']),
      }),
    ),
  },
});

export const NetworkAccessSchema = Type.Object({
  id: Id,
  code: Code,
  name: Type.String(),
  cidrs: Type.Array(Type.String()),
});

export const readNetwork = route({
  ...shared,
  method: 'GET',
  path: '/api/networks/:network_id',
  summary: 'A network with the blocks of addresses its devices may have',
  params: closed({ network_id: Id }),
  response: { 200: NetworkAccessSchema },
});

export const changeNetwork = route({
  ...shared,
  method: 'PATCH',
  path: '/api/networks/:network_id',
  summary: 'Change the name of a network and the blocks of addresses its devices may have',
  description:
    'The blocks only narrow `devices.allowed_networks` of the settings; none: what the settings allow.',
  params: closed({ network_id: Id }),
  body: closed({
    name: Type.Optional(Type.String({ minLength: 1, maxLength: LIMITS.name_max_chars })),
    cidrs: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 50 }), { maxItems: 100 })),
  }),
  response: { 200: NetworkAccessSchema },
});

export const CertificateSchema = Type.Object({
  fingerprint_sha256: Fingerprint,
  first_seen_ms: InstantMs,
  is_trusted: Type.Boolean(),
  confirmed_by: nullable(Id),
  replaced_at_ms: nullable(InstantMs),
});

export const listCertificates = route({
  ...shared,
  method: 'GET',
  path: '/api/recorders/:recorder_id/certificates',
  summary: 'Certificates a recorder has shown, newest first',
  params: closed({ recorder_id: Id }),
  response: { 200: Type.Object({ items: Type.Array(CertificateSchema) }) },
});

export const confirmCertificate = route({
  ...shared,
  method: 'POST',
  path: '/api/recorders/:recorder_id/certificates/confirm',
  summary: 'Trust a certificate the recorder has shown, after comparing its fingerprint',
  params: closed({ recorder_id: Id }),
  body: closed({ fingerprint_sha256: Fingerprint }),
  response: { 204: null },
});
