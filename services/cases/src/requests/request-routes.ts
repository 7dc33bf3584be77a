import * as contract from '@minhchung/contract';
import { pageAnswer, pageRequest, registerRoute } from '@minhchung/contract/server';
import { decisionsNeeded, mayAt } from '@minhchung/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CasesDeps } from '../deps.ts';
import { inScope } from '../in-scope.ts';
import { cancelRequest, mayCancel } from './cancel-request.ts';
import { decideRequest, unitToDecideFor, verdictOf } from './decide-request.ts';
import { decisionFacts } from './decision-facts.ts';
import type { SubmittedDraft } from './draft.ts';
import { listRequestsToDecide } from './list-to-decide.ts';
import { mayProlong, prolongNoticeDelay } from './notice-delay.ts';
import { findRequest, readRequest, shownRequest } from './read-request.ts';
import { previewRequest, submitRequest } from './submit-request.ts';

/** Submitting, reading, deciding and cancelling requests. */
export function requestRoutes(app: FastifyInstance, deps: CasesDeps): void {
  submittingRoutes(app, deps);
  readingRoutes(app, deps);
  decidingRoutes(app, deps);
}

function submittingRoutes(app: FastifyInstance, deps: CasesDeps): void {
  const preview = previewRequest(deps);
  const submit = submitRequest(deps);
  const read = readRequest(deps);

  registerRoute(app, contract.previewRequest, async ({ body, request }) => {
    await deps.authorize(request, 'request.create', { unit_id: body.unit_id, subject_kind: 'request' });
    return preview(draftOf(body));
  });

  registerRoute(app, contract.submitRequest, async ({ body, request }) => {
    const target = { unit_id: body.unit_id, subject_kind: 'request' };
    const actor = await deps.authorize(request, 'request.create', target);
    const submitted = await submit(actor, draftOf(body));
    return read(submitted.id);
  });
}

function readingRoutes(app: FastifyInstance, deps: CasesDeps): void {
  const read = readRequest(deps);
  const listToDecide = listRequestsToDecide(deps);

  registerRoute(app, contract.listRequests, async ({ query, request }) => {
    const { unit_id, case_id, state, requester_person_id } = query;
    const filter = {
      unit_ids: inScope(await deps.unitScope(request, 'request.read'), unit_id),
      ...(case_id === undefined ? {} : { case_id }),
      ...(state === undefined ? {} : { states: [state] }),
      ...(requester_person_id === undefined ? {} : { requester_person_id }),
    };
    return pageAnswer(await deps.store.requests.list(filter, pageRequest(query)), shownRequest);
  });

  registerRoute(app, contract.listRequestsToDecide, async ({ query, request }) => {
    const actor = await deps.authorize(request, 'request.decide', { unit_id: null, subject_kind: 'request' });
    return pageAnswer(await listToDecide(actor, pageRequest(query)), shownRequest);
  });

  registerRoute(app, contract.readRequest, async ({ params, request }) => {
    await authorizeReading(deps, request, params.request_id);
    return read(params.request_id);
  });
}

function decidingRoutes(app: FastifyInstance, deps: CasesDeps): void {
  const find = findRequest(deps);
  const read = readRequest(deps);
  const decide = decideRequest(deps);
  const prolong = prolongNoticeDelay(deps);
  const cancel = cancelRequest(deps);

  registerRoute(app, contract.decideRequest, async ({ actor, params, body, request }) => {
    const facts = await decisionFacts(deps.store, await find(params.request_id), deps.time.now_ms());
    const ancestors = await deps.ancestorsOf(decisionsNeeded(facts.request, facts.items));
    const unit_id = body.unit_id ?? unitToDecideFor(actor, facts, ancestors);
    const target = { unit_id, subject_kind: 'request', subject_id: params.request_id };
    await deps.enforce(request, 'request.decide', target, verdictOf(actor, facts, unit_id, ancestors));
    await decide(actor, params.request_id, {
      unit_id,
      verdict: body.verdict,
      reason: body.reason,
      ancestors,
      notice_delay: body.notice_delay,
      approved_span: body.approved_span,
    });
    return read(params.request_id);
  });

  registerRoute(app, contract.prolongNoticeDelay, async ({ actor, params, body, request }) => {
    const facts = await decisionFacts(deps.store, await find(params.request_id), deps.time.now_ms());
    const ancestors = await deps.ancestorsOf(decisionsNeeded(facts.request, facts.items));
    const { unit_id, verdict } = mayProlong(actor, facts, ancestors);
    const target = { unit_id, subject_kind: 'request', subject_id: params.request_id };
    await deps.enforce(request, 'request.decide', target, verdict);
    await prolong(actor, { request: facts.request, unit_id }, body);
    return read(params.request_id);
  });

  registerRoute(app, contract.cancelRequest, async ({ params, body, request }) => {
    const found = await find(params.request_id);
    const target = { unit_id: found.unit_id, subject_kind: 'request', subject_id: found.id };
    const actor = await deps.authorize(request, 'request.cancel', target);
    await deps.enforce(request, 'request.cancel', target, mayCancel(actor, found));
    await cancel(actor, found, body.reason);
    return read(found.id);
  });
}

/** A request is read where it was made, and at the units that have to decide on it. */
async function authorizeReading(deps: CasesDeps, request: FastifyRequest, request_id: string): Promise<void> {
  const facts = await decisionFacts(deps.store, await findRequest(deps)(request_id), deps.time.now_ms());
  const units = decisionsNeeded(facts.request, facts.items);
  const ancestors = await deps.ancestorsOf(units);
  const actor = request.actor;
  const mine = units.find(
    (unit_id) => actor !== null && mayAt(actor, 'request.read', unit_id, ancestors).allow,
  );
  const target = { unit_id: mine ?? facts.request.unit_id, subject_kind: 'request', subject_id: request_id };
  await deps.authorize(request, 'request.read', target);
}

function draftOf(body: {
  readonly unit_id: string;
  readonly case_id: string;
  readonly wanted: SubmittedDraft['wanted'];
  readonly camera_ids: readonly string[];
  readonly purpose: string;
  readonly reason: string;
  readonly legal_basis: string;
  readonly legal_reference?: string | null;
  readonly is_urgent?: boolean;
  readonly wants_audio?: boolean;
}): SubmittedDraft {
  return {
    ...body,
    legal_reference: body.legal_reference ?? null,
    is_urgent: body.is_urgent ?? false,
    wants_audio: body.wants_audio ?? false,
  };
}
