import type { Handover } from '@minhchung/domain';

export interface HandoverRepository {
  add(handover: Handover): Promise<void>;
  /** Oldest first. */
  ofItem(item_id: string): Promise<Handover[]>;
}
