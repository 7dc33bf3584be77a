import type { Repositories } from '@minhchung/store';
import type { CellValue } from '@minhchung/tables';
import type { ColumnName } from '../import/columns.ts';

/** Codes of places by their ids. Few places have many cameras, so each is asked for once. */
export interface Named {
  unit(id: string): Promise<string>;
  network(id: string): Promise<string>;
  /** The cells of a site and its scheme. */
  site(id: string | null): Promise<readonly [ColumnName, CellValue][]>;
}

/** Names that are remembered for as long as one export lasts. */
export function placeNames({ units, networks, sites, schemes }: Repositories): Named {
  const unit_codes = new Map<string, string>();
  const network_codes = new Map<string, string>();
  const site_cells = new Map<string, readonly [ColumnName, CellValue][]>();

  async function once<T>(known: Map<string, T>, id: string, ask: () => Promise<T>): Promise<T> {
    const before = known.get(id);
    if (before !== undefined) return before;
    const found = await ask();
    known.set(id, found);
    return found;
  }

  return {
    unit: (id) => once(unit_codes, id, async () => (await units.byId(id))?.code ?? id),
    network: (id) => once(network_codes, id, async () => (await networks.byId(id))?.code ?? id),
    async site(id) {
      if (id === null) return [];
      return once(site_cells, id, async () => {
        const site = await sites.byId(id);
        if (site === null) return [];
        const scheme = await schemes.byId(site.scheme_id);
        return [
          ['scheme_code', scheme?.code ?? null],
          ['site_code', site.code],
        ];
      });
    },
  };
}
