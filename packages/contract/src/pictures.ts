import { LIMITS } from '@minhchung/domain';
import { Type } from 'typebox';
import { route } from './core/route.ts';
import { closed, Id, InstantMs } from './core/schemas.ts';

/** Numbers of one look at a camera's picture. The picture itself was never kept. */
export const PictureReadingSchema = Type.Object({
  at_ms: InstantMs,
  brightness: Type.Number(),
  contrast: Type.Number(),
  sharpness: Type.Number(),
  flat_share: Type.Number(),
  is_monochrome: Type.Boolean(),
});

export const listPictureReadings = route({
  method: 'GET',
  path: '/api/cameras/:camera_id/picture-readings',
  tag: 'registry',
  access: 'signed_in',
  summary: 'What looks at a camera’s picture measured, oldest first; no picture is kept',
  params: closed({ camera_id: Id }),
  response: { 200: Type.Object({ items: Type.Array(PictureReadingSchema) }) },
});

export const acceptView = route({
  method: 'POST',
  path: '/api/cameras/:camera_id/accept-view',
  tag: 'registry',
  access: 'signed_in',
  summary: 'What the camera shows from now on is what it is to show: it was turned or cleaned on purpose',
  params: closed({ camera_id: Id }),
  body: closed({ reason: Type.String({ minLength: 1, maxLength: LIMITS.line_max_chars }) }),
  response: { 204: null },
});
