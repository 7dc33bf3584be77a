import { type Db, insertNew } from '../query/insert.ts';
import type { NoticeDelayTable } from '../schema/requests.ts';

/** Owners are kept from knowing of a request until then: with an approval, or as a prolongation of what runs. */
export type RecordedNoticeDelay = Readonly<NoticeDelayTable>;

export interface NoticeDelayRepository {
  /** Nothing is ever changed or taken back: a delay ends by itself, and a longer one is another row. */
  add(delay: RecordedNoticeDelay): Promise<void>;
  /** In the order in which they were given. */
  ofRequest(request_id: string): Promise<RecordedNoticeDelay[]>;
}

export function noticeDelayRepository(db: Db): NoticeDelayRepository {
  return {
    add: (delay) => insertNew(db, 'notice_delays', { ...delay }, { kind: 'notice_delay', name: delay.id }),

    ofRequest: (request_id) =>
      db
        .selectFrom('notice_delays')
        .selectAll()
        .where('request_id', '=', request_id)
        .orderBy('recorded_at_ms')
        .orderBy('id')
        .execute(),
  };
}
