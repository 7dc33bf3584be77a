import { Type } from 'typebox';
import { route } from './core/route.ts';
import { InstantMs } from './core/schemas.ts';

/** Is the API there, which version is it, and what time does it have. */
export const readHealth = route({
  method: 'GET',
  path: '/api/health',
  tag: 'system',
  access: 'public',
  summary: 'Is the API there, and what time does it have',
  response: { 200: Type.Object({ version: Type.String(), now_ms: InstantMs }) },
});

/** Can the API work: does everything answer that it needs. */
export const readReadiness = route({
  method: 'GET',
  path: '/api/ready',
  tag: 'system',
  access: 'public',
  summary: 'Can the API work: do database and archive answer? 503 `NOT_READY` when not',
  response: { 200: Type.Object({ checks: Type.Array(Type.String()) }) },
});
