import { HIT_KINDS, LIMITS } from '@minhchung/domain';
import { Type } from 'typebox';
import { route } from './core/route.ts';
import { Code, closed, Id, nullable, oneOf } from './core/schemas.ts';
import { HITS_DEFAULT, HITS_MAX } from './limits.ts';

/** One thing found by what was typed. */
export const SearchHitSchema = Type.Object({
  kind: oneOf(HIT_KINDS),
  id: Id,
  code: Code,
  name: Type.String(),
  unit_id: Id,
  /** What else it was found by: owner and address of a camera, the scheme of a site. */
  detail: nullable(Type.String()),
});

export const search = route({
  method: 'GET',
  path: '/api/search',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Find as you type: cameras, recorders, sites, schemes and units, best first',
  description:
    'Every typed word must begin a word of code, name, owner or address; case and diacritics do not matter.',
  query: closed({
    text: Type.String({ minLength: 1, maxLength: LIMITS.search_max_chars }),
    kind: Type.Optional(oneOf(HIT_KINDS)),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: HITS_MAX, default: HITS_DEFAULT })),
  }),
  response: { 200: Type.Object({ items: Type.Array(SearchHitSchema) }) },
});
