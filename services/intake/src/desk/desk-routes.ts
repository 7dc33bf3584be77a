import * as contract from '@minhchung/contract';
import { pageAnswer, pageRequest, registerRoute } from '@minhchung/contract/server';
import { CodedError } from '@minhchung/domain';
import type { FastifyInstance } from 'fastify';
import type { IntakeDeps } from '../deps.ts';
import { handOverLink, makeLink } from '../links/make-link.ts';
import { authorizeItem } from '../receive/authenticate.ts';
import { readDeclaration } from '../receive/read-declaration.ts';
import { releaseItem } from '../release/release-item.ts';
import { redeclareUpload } from './redeclare.ts';

/** What officers and technicians do about footage that is handed in; the files themselves go by tus. */
export function deskRoutes(app: FastifyInstance, deps: IntakeDeps): void {
  uploadRoutes(app, deps);
  linkRoutes(app, deps);
}

function uploadRoutes(app: FastifyInstance, deps: IntakeDeps): void {
  const release = releaseItem(deps);
  const redeclare = redeclareUpload(deps);

  registerRoute(app, contract.listUploads, async ({ params, request }) => {
    await authorizeItem(deps, request, 'upload.create', params.item_id);
    return { uploads: await deps.store.uploads.ofItem(params.item_id) };
  });
  registerRoute(app, contract.finishUploads, async ({ params, request }) => {
    const { actor } = await authorizeItem(deps, request, 'upload.create', params.item_id);
    await release(actor, params.item_id);
    return { uploads: await deps.store.uploads.ofItem(params.item_id) };
  });
  registerRoute(app, contract.declareUploadTime, async ({ params, body, request }) => {
    const { actor } = await authorizeItem(deps, request, 'upload.create', params.item_id);
    const { start, end = '', clock, shown = '', truth = '' } = body;
    const declared = readDeclaration({ start, end, clock, shown, truth }, deps.time.now_ms());
    return redeclare(actor, params.item_id, params.upload_id, declared);
  });
}

function linkRoutes(app: FastifyInstance, deps: IntakeDeps): void {
  const make = makeLink(deps);
  const handOver = handOverLink(deps);

  registerRoute(app, contract.createUploadLink, async ({ params, body, request }) => {
    const { actor } = await authorizeItem(deps, request, 'upload.link', params.item_id);
    const { id, mail_state, expires_at_ms } = await make(actor, params.item_id, body.by_hand ?? false);
    return { id, is_mailed: mail_state === 'due', expires_at_ms };
  });
  registerRoute(app, contract.listUploadLinks, async ({ query, request }) => {
    const unit_ids = await deps.unitScope(request, 'upload.link');
    const found = await deps.store.uploadLinks.listByHand(unit_ids, deps.time.now_ms(), pageRequest(query));
    const owners = new Map(
      await Promise.all(
        found.rows.map(async ({ owner_id }) => {
          const owner = owner_id === null ? null : await deps.store.owners.byId(owner_id);
          return [owner_id, owner] as const;
        }),
      ),
    );
    return pageAnswer(found, ({ id, item_id, owner_id, created_at_ms, expires_at_ms, mail_reason }) => ({
      ...{ id, item_id, created_at_ms, expires_at_ms, reason: mail_reason },
      owner_name: owners.get(owner_id)?.name ?? '',
      owner_phone: owners.get(owner_id)?.phone ?? null,
    }));
  });
  registerRoute(app, contract.handOverUploadLink, async ({ params, request }) => {
    const link = await deps.store.uploadLinks.byId(params.link_id);
    if (link === null) throw new CodedError('UNKNOWN_HANDOVER', { link: params.link_id });
    const target = { unit_id: link.unit_id, subject_kind: 'upload_link', subject_id: link.id };
    const actor = await deps.authorize(request, 'upload.link', target);
    return { url: await handOver(actor, link) };
  });
}
