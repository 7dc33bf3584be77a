import type { ExtractionItem, ExtractionRequest, Span } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

/** An item as it is submitted. */
export interface NewItem extends ExtractionItem {
  /** True time at which the recorder is expected to have overwritten the span; null: unknown. */
  readonly overwrite_at_ms: number | null;
}

export interface RequestFilter {
  readonly unit_ids?: readonly string[];
  readonly case_id?: string;
  readonly state?: string;
  readonly requester_person_id?: string;
  /** By the time of submission. */
  readonly span?: Span;
}

export interface RequestRepository {
  /**
   * The next number of the unit in the year, counting from 1. Call it inside the transaction that inserts the
   * request: the counter stays locked until the end of it, so that numbers have no gaps.
   */
  nextNumber(unit_id: string, year: number): Promise<number>;
  insert(request: ExtractionRequest, items: readonly NewItem[]): Promise<void>;
  byId(id: string): Promise<ExtractionRequest | null>;
  byNumber(number: string): Promise<ExtractionRequest | null>;
  /** Newest first. */
  list(filter: RequestFilter, page: PageRequest): Promise<Page<ExtractionRequest>>;
  /** Compare and set: false when the request is in none of the states `from`. */
  setState(id: string, from: readonly string[], to: string): Promise<boolean>;
}
