import type { Span } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

/** Everything that is counted, always side by side. Items, except `requests`. */
export interface Counts {
  readonly requests: number;
  readonly requested: number;
  readonly approved: number;
  /** Archived + partial ("lượt trích xuất"). */
  readonly delivered: number;
  readonly archived: number;
  readonly partial: number;
  readonly no_footage: number;
  readonly not_obtained: number;
  readonly waiting: number;
  readonly refused: number;
  readonly cancelled: number;
  readonly failed: number;
}

export interface CaseCounts extends Counts {
  readonly case_id: string;
  readonly case_number: string;
  readonly unit_id: string;
}

export interface MonthCounts {
  /** Year × 100 + month in Vietnam time, e.g. 202611. */
  readonly year_month: number;
  /** By the month of submission. */
  readonly requests: number;
  readonly requested: number;
  /** By the month of delivery. */
  readonly delivered: number;
}

export interface CountFilter {
  /** The requester's unit as it was at submission. */
  readonly unit_ids?: readonly string[];
  /** Requests submitted in this span (true time). */
  readonly span?: Span;
}

export interface CountRepository {
  /** In order of case id. */
  perCase(filter: CountFilter, page: PageRequest): Promise<Page<CaseCounts>>;
  totals(filter: CountFilter): Promise<Counts>;
  /** Ascending; months without anything are left out. `span` bounds submission and delivery each. */
  byMonth(filter: CountFilter): Promise<MonthCounts[]>;
}
