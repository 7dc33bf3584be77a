/** A package made alone, and the item it became. */
export interface ImportedPackageTable {
  package_id: string;
  item_id: string;
  manifest_sha256: string;
  imported_at_ms: number;
  account_id: string;
}
