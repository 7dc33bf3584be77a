import * as contract from '@minhchung/contract';
import { pageAnswer, pageRequest, registerRoute } from '@minhchung/contract/server';
import type { Case } from '@minhchung/domain';
import type { FastifyInstance } from 'fastify';
import type { CasesDeps } from '../deps.ts';
import { inScope } from '../in-scope.ts';
import { createCase } from './create-case.ts';
import { closeCase, findCase, linkIncident, setOfficialNumber } from './keep-case.ts';

/** Opening, reading and keeping cases. */
export function caseRoutes(app: FastifyInstance, deps: CasesDeps): void {
  const create = createCase(deps);
  const find = findCase(deps);

  registerRoute(app, contract.createCase, async ({ body, request }) => {
    const target = { unit_id: body.unit_id, subject_kind: 'case' };
    const actor = await deps.authorize(request, 'case.create', target);
    return create(actor, { ...body, number: body.number ?? null, incident_ids: body.incident_ids ?? [] });
  });

  registerRoute(app, contract.listCases, async ({ query, request }) => {
    const { unit_id, open, text } = query;
    const filter = {
      unit_ids: inScope(await deps.unitScope(request, 'case.read'), unit_id),
      ...(open === undefined ? {} : { open }),
      ...(text === undefined ? {} : { text }),
    };
    return pageAnswer(await deps.store.cases.list(filter, pageRequest(query)), (record) => record);
  });

  registerRoute(app, contract.readCase, async ({ params, request }) => {
    const record = await find(params.case_id);
    await deps.authorize(request, 'case.read', targetOf(record));
    return record;
  });

  changeRoutes(app, deps);
}

function changeRoutes(app: FastifyInstance, deps: CasesDeps): void {
  const find = findCase(deps);
  const link = linkIncident(deps);
  const setNumber = setOfficialNumber(deps);
  const close = closeCase(deps);

  registerRoute(app, contract.linkIncident, async ({ params, body, request }) => {
    const record = await find(params.case_id);
    const actor = await deps.authorize(request, 'case.create', targetOf(record));
    return link(actor, record, body.incident_id);
  });

  registerRoute(app, contract.setOfficialNumber, async ({ params, body, request }) => {
    const record = await find(params.case_id);
    const actor = await deps.authorize(request, 'case.create', targetOf(record));
    return setNumber(actor, record, body.number);
  });

  registerRoute(app, contract.closeCase, async ({ params, request }) => {
    const record = await find(params.case_id);
    return close(await deps.authorize(request, 'case.close', targetOf(record)), record);
  });
}

function targetOf(record: Case) {
  return { unit_id: record.unit_id, subject_kind: 'case', subject_id: record.id };
}
