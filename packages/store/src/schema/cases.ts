export interface TipTable {
  id: string;
  unit_id: string;
  incident_id: string | null;
  channel: string;
  received_at_ms: number;
  summary: string;
  /** 0/1; null: not judged yet. */
  of_value: number | null;
}

export interface IncidentTable {
  id: string;
  unit_id: string;
  category: string;
  summary: string;
  /** WGS 84. */
  latitude_deg: number;
  longitude_deg: number;
  /** True time, half-open. */
  span_start_ms: number;
  span_end_ms: number;
  created_at_ms: number;
  clarified_at_ms: number | null;
  /** Category and summary, folded. */
  search_text: string;
}

/** The file under which footage may be asked. The number is unique within the unit. */
export interface CaseTable {
  id: string;
  unit_id: string;
  number: string;
  /** 0/1. */
  is_provisional: number;
  title: string;
  opened_at_ms: number;
  closed_at_ms: number | null;
  /** Number and title, folded. */
  search_text: string;
}

/** Incidents of a case, n:m. */
export interface CaseIncidentTable {
  case_id: string;
  incident_id: string;
}

export interface HoldTable {
  id: string;
  case_id: string;
  reason: string;
  from_ms: number;
  until_ms: number | null;
}
