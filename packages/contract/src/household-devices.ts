import { LIMITS } from '@minhchung/domain';
import { Type } from 'typebox';
import { route } from './core/route.ts';
import { closed, Id } from './core/schemas.ts';

/** Devices stay a household's after its camera was retired or moved; an administrator lets go of them. */

export const releaseDevice = route({
  tag: 'registry',
  access: 'signed_in',
  method: 'POST',
  path: '/api/recorders/:recorder_id/release-device',
  summary: 'Let go of what households held of the device at a recorder’s address',
  description:
    'For administrators: the ward took the device over, or another one is at the address. What a household’s camera ' +
    'in use holds stays. Answers the codes of the cameras whose hold ended.',
  params: closed({ recorder_id: Id }),
  body: closed({ reason: Type.String({ minLength: 1, maxLength: LIMITS.line_max_chars }) }),
  response: { 200: Type.Object({ cameras: Type.Array(Type.String()) }) },
});
