/**
 * Every change of the register. Nothing refers to another table: the history outlives what it tells of. Rows are
 * never changed.
 */
export interface RegistryChangeTable {
  id: string;
  at_ms: number;
  person_id: string | null;
  account_id: string | null;
  act: string;
  subject_kind: string;
  subject_id: string;
  unit_id: string | null;
  /** JSON object: the fields that differ, as they were. */
  before_json: string;
  /** JSON object: the same fields, as they became. */
  after_json: string;
}
