import { type Db, insertNew } from '../query/insert.ts';

/** A package that somebody made alone and brought in, and the item it became. */
export interface ImportedPackage {
  readonly package_id: string;
  readonly item_id: string;
  readonly manifest_sha256: string;
  readonly imported_at_ms: number;
  readonly account_id: string;
}

export interface ImportedPackageRepository {
  /** Throws `ALREADY_EXISTS` for a package that became an item before: nothing is counted twice. */
  add(imported: ImportedPackage): Promise<void>;
  byPackage(package_id: string): Promise<ImportedPackage | null>;
  /** The package an item was made of; null for an item that was asked for here. */
  byItem(item_id: string): Promise<ImportedPackage | null>;
}

export function importedPackageRepository(db: Db): ImportedPackageRepository {
  return {
    add: (imported) =>
      insertNew(db, 'imported_packages', imported, { kind: 'package', name: imported.package_id }),

    async byPackage(package_id) {
      const query = db.selectFrom('imported_packages').selectAll().where('package_id', '=', package_id);
      return (await query.executeTakeFirst()) ?? null;
    },

    async byItem(item_id) {
      const query = db.selectFrom('imported_packages').selectAll().where('item_id', '=', item_id);
      return (await query.executeTakeFirst()) ?? null;
    },
  };
}
