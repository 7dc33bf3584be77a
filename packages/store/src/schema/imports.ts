/** What the columns of a list with certain headings were taken for, by the people of one unit. */
export interface ImportMappingTable {
  unit_id: string;
  /** SHA-256, in hex, of the headings in their order. */
  fingerprint: string;
  /** JSON array, one entry a column: the name of a field, or null where the column is left out. */
  fields: string;
  /** Who decided it last. */
  account_id: string;
  remembered_at_ms: number;
}
