import { downloadPackageFile, listPackageFiles, readItem } from '@minhchung/contract';
import { actorFields, type RoutePlugin, registerRoute } from '@minhchung/contract/server';
import { CodedError, mayAt } from '@minhchung/domain';
import { attemptKey } from '../attempt.ts';
import { checkedDownload } from './checked-download.ts';
import type { ExtractionRouteDeps } from './deps.ts';
import { viewItem } from './item-view.ts';
import { packageFiles } from './package-files.ts';
import { sayOver } from './say-over.ts';
import { seeFootage } from './see-footage.ts';
import { stuckRoutes } from './stuck-routes.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  jpg: 'image/jpeg',
  json: 'application/json',
  md: 'text/plain',
  pem: 'text/plain',
};

/** Items under way and the packages they end in. */
export function extractionRoutes(deps: ExtractionRouteDeps): RoutePlugin {
  return async (app) => {
    registerRoute(app, readItem, async ({ params, request: call }) => {
      const { item, request, camera, view } = await viewItem(deps.store, params.item_id);
      // As with its request: read where it was asked for, and at the unit that has a say in its camera.
      const { camera_unit_id } = await sayOver(deps, item, camera);
      const units = [request.unit_id, camera_unit_id];
      const ancestors = await deps.ancestorsOf(units);
      const { actor } = call;
      const mine = units.find((unit_id) => actor && mayAt(actor, 'request.read', unit_id, ancestors).allow);
      await deps.authorize(call, 'request.read', {
        unit_id: mine ?? request.unit_id,
        subject_kind: 'item',
        subject_id: item.id,
      });
      return view;
    });

    stuckRoutes(app, deps);

    registerRoute(app, listPackageFiles, async ({ params, request: call }) => {
      const viewed = await viewItem(deps.store, params.item_id);
      const { actor, clip } = await seeFootage(deps, call, 'clip.view', viewed);
      const files = await packageFiles(deps.archive, clip);
      await deps.store.audit.append({
        at_ms: deps.time.now_ms(),
        act: 'footage.list',
        ...actorFields(actor),
        unit_id: viewed.request.unit_id,
        subject_kind: 'item',
        subject_id: viewed.item.id,
        outcome: 'ok',
        details: { request: viewed.request.number },
      });
      return { files: files.map(({ name, size_bytes }) => ({ name, size_bytes })) };
    });

    registerRoute(app, downloadPackageFile, async ({ params, request: call }) => {
      const viewed = await viewItem(deps.store, params.item_id);
      const { actor, clip } = await seeFootage(deps, call, actionFor(params.file_name), viewed);
      const file = (await packageFiles(deps.archive, clip)).find(({ name }) => name === params.file_name);
      if (file === undefined) throw new CodedError('FILE_UNKNOWN', { file: params.file_name });

      const event = {
        ...actorFields(actor),
        unit_id: viewed.request.unit_id,
        subject_kind: 'item',
        subject_id: viewed.item.id,
        details: { file: file.name, request: viewed.request.number },
      };
      const at_ms = deps.time.now_ms();
      await deps.store.transaction(async (tx) => {
        await tx.accesses.add({
          id: deps.newId(),
          item_id: viewed.item.id,
          account_id: actor.account_id,
          file_name: file.name,
          at_ms,
        });
        await tx.audit.append({ at_ms, act: 'footage.view', outcome: 'ok', ...event });
      });
      return {
        content_type: CONTENT_TYPES[file.name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
        file_name: file.name,
        size_bytes: file.size_bytes,
        body: checkedDownload(
          deps.archive,
          attemptKey(clip.attempt_prefix, file.name),
          file.sha256,
          async (ended) => {
            if (ended.matches) return;
            const found_at_ms = deps.time.now_ms();
            await deps.store.audit.append({
              at_ms: found_at_ms,
              act: 'footage.changed',
              outcome: 'failed',
              ...event,
            });
          },
        ),
      };
    });
  };
}

/** Looking at a playable copy is viewing; taking masters and papers away is downloading. */
function actionFor(file_name: string): 'clip.view' | 'package.download' {
  return /^(playable|contact-sheet)-/.test(file_name) ? 'clip.view' : 'package.download';
}
