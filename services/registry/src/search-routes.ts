import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import { rankHits } from '@minhchung/domain';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from './deps.ts';

/** Find as you type, within the units whose cameras the person may read. */
export function searchRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  registerRoute(app, contract.search, async ({ query, request }) => {
    const unit_ids = await deps.unitScope(request, 'camera.read');
    const { text, kind, limit } = query;
    const hits = await deps.store.search.find({
      unit_ids,
      text,
      ...(kind === undefined ? {} : { kinds: [kind] }),
    });
    return { items: rankHits(text, hits).slice(0, limit ?? contract.HITS_DEFAULT) };
  });
}
