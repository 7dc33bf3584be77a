import type { Network } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { changed, type Db, insertNew } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import type { NetworkTable } from '../schema/places.ts';

export interface NetworkRepository {
  /** Throws `ALREADY_EXISTS`. */
  create(network: Network): Promise<void>;
  /** Writes name and blocks of addresses; the code stays. False when there is no such network. */
  update(network: Network): Promise<boolean>;
  byId(id: string): Promise<Network | null>;
  byCode(code: string): Promise<Network | null>;
  /** Units whose recorders are in the network, each once. */
  unitIds(id: string): Promise<string[]>;
  list(page: PageRequest): Promise<Page<Network>>;
}

export function networkRepository(db: Db): NetworkRepository {
  return {
    create: (network) => insertNew(db, 'networks', toRow(network), { kind: 'network', name: network.code }),

    async update(network) {
      const { name, cidrs } = toRow(network);
      const update = db.updateTable('networks').set({ name, cidrs }).where('id', '=', network.id);
      return changed(await update.executeTakeFirst());
    },

    async byId(id) {
      const row = await db.selectFrom('networks').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toNetwork(row);
    },

    async byCode(code) {
      const row = await db.selectFrom('networks').selectAll().where('code', '=', code).executeTakeFirst();
      return row === undefined ? null : toNetwork(row);
    },

    async unitIds(id) {
      const rows = await db
        .selectFrom('recorders')
        .select('unit_id')
        .distinct()
        .where('network_id', '=', id)
        .orderBy('unit_id')
        .execute();
      return rows.map(({ unit_id }) => unit_id);
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
      return toPage(rows, page, (row) => [row.code], toNetwork);
    },
  };
}

function toRow({ cidrs = [], ...network }: Network): NetworkTable {
  return { ...network, cidrs: JSON.stringify(cidrs) };
}

/** The network of a row. */
export function toNetwork({ id, code, name, cidrs }: NetworkTable): Network {
  return { id, code, name, cidrs: JSON.parse(cidrs) as string[] };
}
