/** Province or ward; the code is unique at any one time, not for ever. */
export interface UnitTable {
  id: string;
  code: string;
  name: string;
  level: 'province' | 'ward';
  parent_id: string | null;
  valid_from_ms: number;
  /** Exclusive; null: still valid. */
  valid_to_ms: number | null;
}

/** Which units followed an ended one. */
export interface UnitSuccessorTable {
  unit_id: string;
  successor_id: string;
}

/** The drawing of a unit's territory; earlier ones are kept. */
export interface UnitBoundaryTable {
  id: string;
  unit_id: string;
  /** GeoJSON geometry. */
  geometry: string;
  /** Of `geometry`, lower-case hex. */
  sha256: string;
  vertices: number;
  set_at_ms: number;
  /** Null: the one that counts. */
  replaced_at_ms: number | null;
}

export interface NetworkTable {
  id: string;
  code: string;
  name: string;
  /** JSON array of CIDR texts; empty: wherever the deployment allows devices. */
  cidrs: string;
}

/** A community camera scheme ("mô hình"). */
export interface SchemeTable {
  id: string;
  unit_id: string;
  code: string;
  name: string;
  launched_at_ms: number;
  status: 'active' | 'ended';
  ended_at_ms: number | null;
}

/** A replication point ("điểm nhân rộng") of a scheme. */
export interface SiteTable {
  id: string;
  scheme_id: string;
  code: string;
  name: string;
}
