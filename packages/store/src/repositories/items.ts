import type {
  ExtractionItem,
  ExtractionProgress,
  ExtractionRequest,
  ItemReason,
  Span,
} from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

/** An item with what the queue knows of it. */
export interface ItemRecord extends ExtractionItem {
  readonly overwrite_at_ms: number | null;
  /** Not run again before this time; null: at once. */
  readonly not_before_ms: number | null;
  /** When it was approved; null: not (yet). */
  readonly approved_at_ms: number | null;
  /** What the worker last reported; null: nothing yet. */
  readonly progress: ExtractionProgress | null;
}

export interface ItemFilter {
  readonly unit_ids?: readonly string[];
  readonly request_id?: string;
  readonly case_id?: string;
  readonly camera_id?: string;
  readonly states?: readonly string[];
}

/** What goes with a change of state. */
export interface ItemChange {
  readonly reason: ItemReason | null;
  readonly at_ms: number;
}

export interface ItemRepository {
  byId(id: string): Promise<ItemRecord | null>;
  /** In order of id. */
  ofRequest(request_id: string): Promise<ItemRecord[]>;
  /** Newest first. */
  list(filter: ItemFilter, page: PageRequest): Promise<Page<ItemRecord>>;
  /** Compare and set: false when the item is in none of the states `from`. */
  setState(id: string, from: readonly string[], to: string, change: ItemChange): Promise<boolean>;
  /** The same for all items of a request that are in one of `from`; returns the ids changed. */
  setStateOfRequest(
    request_id: string,
    from: readonly string[],
    to: string,
    change: ItemChange,
  ): Promise<string[]>;
  setOverwriteAt(id: string, overwrite_at_ms: number | null): Promise<boolean>;
  /** Items of these cameras whose wanted span meets `span` and that were neither refused nor cancelled. */
  sameCameraOverlapping(
    camera_ids: readonly string[],
    span: Span,
  ): Promise<{ readonly item: ItemRecord; readonly request: ExtractionRequest }[]>;
}
