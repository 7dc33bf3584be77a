import {
  type Actor,
  CodedError,
  type Decision,
  decisionsOpen,
  demand,
  type ExtractionRequest,
  isConfirmationOverdue,
  LIMITS,
  mayDecide,
  type NoticeDelay,
  partRefusal,
  type RequestState,
  requestEventAfterDecisions,
  requestTransition,
  type Span,
  type UnitAncestors,
  type Verdict,
} from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';
import { act } from '../act.ts';
import type { ActDeps } from '../deps.ts';
import { type DecisionFacts, decisionFacts } from './decision-facts.ts';
import { addNoticeDelay } from './notice-delay.ts';
import { settleItems } from './settle-items.ts';

/** May the actor decide for the unit? The domain's rule, asked with these facts. */
export function verdictOf(
  actor: Actor,
  facts: DecisionFacts,
  unit_id: string,
  ancestors: UnitAncestors,
): Verdict {
  const { request, items, decisions } = facts;
  const to_decide = { ...request, state: request.state as RequestState };
  return mayDecide(actor, to_decide, items, decisions, unit_id, ancestors);
}

/** The first unit still to decide for which the actor may; else the requesting unit, whose refusal says why not. */
export function unitToDecideFor(actor: Actor, facts: DecisionFacts, ancestors: UnitAncestors): string {
  const open = decisionsOpen(facts.request, facts.items, facts.decisions);
  const mine = open.find((unit_id) => verdictOf(actor, facts, unit_id, ancestors).allow);
  return mine ?? facts.request.unit_id;
}

/**
 * Records a unit's decision and what follows from it for the request and its items, in one transaction. The rule
 * is asked again inside, with the request held, so that two decisions made at once see one another. Throws the
 * rule's refusal, what stands against approving a part (`APPROVED_PART_…`), `TEXT_MISSING`, `URGENT_NOT_CONFIRMED` for an urgent request whose time is over, and what stands
 * against the delay of telling owners.
 */
export function decideRequest(deps: ActDeps) {
  return async (
    actor: Actor,
    request_id: string,
    input: {
      readonly unit_id: string;
      readonly verdict: Decision['verdict'];
      readonly reason: string;
      readonly ancestors: UnitAncestors;
      /** With an approval: owners are not told before then. */
      readonly notice_delay?: NoticeDelay | undefined;
      /** With an approval: the part of the wanted span that is approved; left out: all of it. */
      readonly approved_span?: Span | undefined;
    },
  ): Promise<void> => {
    const reason = input.reason.normalize('NFC').trim();
    if (reason === '') throw new CodedError('TEXT_MISSING', { field: 'reason' });
    await deps.store.transaction(async (tx) => {
      const request = await tx.requests.lock(request_id);
      const now_ms = deps.time.now_ms();
      if (request === null) throw new CodedError('UNKNOWN_REQUEST', { request: request_id });
      const facts = await decisionFacts(tx, request, now_ms);
      demand(verdictOf(actor, facts, input.unit_id, input.ancestors));
      demandInTime(request, now_ms);
      const decision: Decision = {
        id: deps.newId(),
        request_id,
        unit_id: input.unit_id,
        person_id: actor.person_id,
        account_id: actor.account_id,
        verdict: input.verdict,
        reason,
        decided_at_ms: now_ms,
        approved: input.approved_span ?? null,
      };
      const units_of_items = facts.items.map((item) => [request.unit_id, item.camera_unit_id]);
      const refusal = partRefusal(request, decision, facts.decisions, units_of_items);
      if (refusal !== null) throw refusal;
      if (decision.approved !== null) await demandShortened(tx, facts);
      await tx.decisions.add(decision);
      const { notice_delay } = input;
      if (notice_delay !== undefined) await addNoticeDelay(deps, tx, facts, decision, notice_delay);
      const decided = { ...facts, decisions: [...facts.decisions, decision] };
      await settleItems(tx, decided, now_ms);
      await settleRequest(tx, decided);
      const subject = { kind: 'request', id: request_id, unit_id: input.unit_id } as const;
      const details = {
        ...{ number: request.number, verdict: input.verdict },
        ...(decision.approved && {
          approved_start_ms: decision.approved.start_ms,
          approved_end_ms: decision.approved.end_ms,
        }),
        ...(notice_delay === undefined ? {} : { notice_delayed_until_ms: notice_delay.until_ms }),
      };
      await tx.audit.append(act('request.decide', now_ms, actor, subject, details));
    });
  };
}

/** A package that somebody made alone is delivered as it is. Throws `APPROVED_PART_OF_PACKAGE`. */
async function demandShortened(tx: Repositories, { items }: DecisionFacts): Promise<void> {
  for (const { record } of items) {
    if ((await tx.importedPackages.byItem(record.id)) !== null)
      throw new CodedError('APPROVED_PART_OF_PACKAGE');
  }
}

/** Nobody confirms late in the minute before the sweep ends the request. Throws `URGENT_NOT_CONFIRMED`. */
function demandInTime(request: ExtractionRequest, now_ms: number): void {
  if (request.state !== 'urgent_unconfirmed') return;
  if (!isConfirmationOverdue(request.submitted_at_ms, now_ms)) return;
  throw new CodedError('URGENT_NOT_CONFIRMED', { hours: LIMITS.urgent_confirmation_ms / 3_600_000 });
}

async function settleRequest(tx: Repositories, facts: DecisionFacts): Promise<void> {
  const { request, items, decisions } = facts;
  const event = requestEventAfterDecisions(request, items, decisions);
  if (event === null) throw new Error(`no decision counts for request ${request.id}`);
  const next = requestTransition(request.state as RequestState, event);
  if (next instanceof CodedError) throw next;
  if (!(await tx.requests.setState(request.id, [request.state], next))) {
    throw new CodedError('STATE_CONFLICT', { state: request.state, event });
  }
  // An urgent request's items may all have ended before anybody decided.
  if (next === 'approved') await tx.requests.closeIfDone(request.id);
}
