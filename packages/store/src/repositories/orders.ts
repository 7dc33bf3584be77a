import type { Order } from '@minhchung/domain';

export interface OrderRepository {
  add(order: Order): Promise<void>;
  /** Oldest first. */
  ofRequest(request_id: string): Promise<Order[]>;
}
