import type { Order } from '@minhchung/domain';
import { type Db, insertNew } from '../query/insert.ts';

export interface OrderRepository {
  add(order: Order): Promise<void>;
  /** Oldest first. */
  ofRequest(request_id: string): Promise<Order[]>;
}

export function orderRepository(db: Db): OrderRepository {
  return {
    add: (order) => insertNew(db, 'orders', { ...order }, { kind: 'order', name: order.id }),

    ofRequest: (request_id) =>
      db
        .selectFrom('orders')
        .selectAll()
        .where('request_id', '=', request_id)
        .orderBy('recorded_at_ms')
        .orderBy('id')
        .execute(),
  };
}
