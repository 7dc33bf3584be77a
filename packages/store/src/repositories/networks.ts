import type { Network } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { type Db, insertNew } from '../query/insert.ts';
import { asIs, keyset, toPage } from '../query/keyset.ts';

export interface NetworkRepository {
  /** Throws `ALREADY_EXISTS`. */
  create(network: Network): Promise<void>;
  byId(id: string): Promise<Network | null>;
  byCode(code: string): Promise<Network | null>;
  list(page: PageRequest): Promise<Page<Network>>;
}

export function networkRepository(db: Db): NetworkRepository {
  return {
    create: (network) => insertNew(db, 'networks', { ...network }, { kind: 'network', name: network.code }),

    async byId(id) {
      return (await db.selectFrom('networks').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async byCode(code) {
      return (
        (await db.selectFrom('networks').selectAll().where('code', '=', code).executeTakeFirst()) ?? null
      );
    },

    async list(page) {
      const keys = keyset(page, ['networks.code'], 'asc');
      const rows = await db
        .selectFrom('networks')
        .selectAll()
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.code], asIs);
    },
  };
}
