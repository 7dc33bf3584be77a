import { type Bilingual, formatVietnam, mayTellOwner, noticeDelayedUntil } from '@minhchung/domain';
import type { RecordedNoticeDelay, Repositories } from '@minhchung/store';
import type { DecisionFacts } from './decision-facts.ts';

/** What the owners of a request's cameras are told of it. For officers and auditors; never shown to an owner. */
export interface OwnerNotice {
  readonly state: 'no_owner' | 'undecided' | 'shown' | 'delayed';
  /** Until when telling is delayed; null: it is not. */
  readonly until_ms: number | null;
  readonly text: Bilingual;
  readonly delays: readonly (Pick<RecordedNoticeDelay, 'until_ms' | 'reason' | 'recorded_at_ms'> & {
    readonly person_name: string;
    readonly is_prolongation: boolean;
  })[];
}

/** Owners are shown a request once it is decided, also one under a lawful order, unless that was delayed. */
export async function ownerNotice(
  repositories: Repositories,
  facts: DecisionFacts,
  now_ms: number,
): Promise<OwnerNotice> {
  const recorded = await repositories.noticeDelays.ofRequest(facts.request.id);
  const delays = [];
  for (const { until_ms, reason, recorded_at_ms, person_id, decision_id } of recorded) {
    const person = await repositories.people.personById(person_id);
    const person_name = person?.full_name ?? person_id;
    delays.push({ until_ms, reason, recorded_at_ms, person_name, is_prolongation: decision_id === null });
  }
  const is_delayed = !mayTellOwner(recorded, now_ms);
  const until_ms = is_delayed ? noticeDelayedUntil(recorded) : null;
  const state = stateOf(facts, is_delayed);
  return { state, until_ms, text: textOf(state, until_ms), delays };
}

function stateOf({ request, items }: DecisionFacts, is_delayed: boolean): OwnerNotice['state'] {
  if (items.every(({ camera }) => camera.owner_id === null)) return 'no_owner';
  if (is_delayed) return 'delayed';
  const is_decided = items.some(
    ({ record, camera }) =>
      camera.owner_id !== null && (record.approved_at_ms !== null || record.state === 'refused'),
  );
  return is_decided || request.state === 'unconfirmed' ? 'shown' : 'undecided';
}

function textOf(state: OwnerNotice['state'], until_ms: number | null): Bilingual {
  switch (state) {
    case 'no_owner':
      return {
        vi: 'Không có camera nào thuộc chủ riêng: không phải thông báo cho ai.',
        en: 'None of the cameras has an owner of its own: nobody is to be told.',
      };
    case 'undecided':
      return {
        vi: 'Chủ camera chưa thấy yêu cầu này; sẽ thấy ngay khi có quyết định, trừ khi người phê duyệt hoãn thông báo.',
        en: 'The owners do not see this request yet; they will as soon as it is decided, unless whoever approves delays it.',
      };
    case 'shown':
      return {
        vi: 'Chủ camera thấy yêu cầu này trên trang của mình.',
        en: 'The owners see this request on their page.',
      };
    case 'delayed': {
      const until = formatVietnam(until_ms ?? 0);
      return {
        vi: `Hoãn thông báo cho chủ camera đến ${until}; sau đó chủ camera thấy yêu cầu này.`,
        en: `Telling the owners is delayed until ${until} (Vietnam time); after that they see this request.`,
      };
    }
  }
}
