import type { RouteDeps } from '@minhchung/contract/server';
import { type Actor, CodedError, maySeeFootage, type RequestState } from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';
import type { Store } from '@minhchung/store';
import type { FastifyRequest } from 'fastify';
import type { viewItem } from './item-view.ts';
import { sayOver } from './say-over.ts';

type ViewedItem = Awaited<ReturnType<typeof viewItem>>;

/**
 * Asks the policy whether the caller may see the footage of an item; the refusal is appended to the trail. Throws
 * it, or `CLIP_MISSING` when there is no footage yet. Returns who may, and the clip.
 */
export async function seeFootage(
  deps: RouteDeps<Store, Settings>,
  call: FastifyRequest,
  action: 'clip.view' | 'package.download',
  { item, request, camera, view }: ViewedItem,
): Promise<{ readonly actor: Actor; readonly clip: NonNullable<ViewedItem['view']['clip']> }> {
  if (call.actor === null) throw new CodedError('NOT_SIGNED_IN');
  const { decisions, camera_unit_id } = await sayOver(deps, item, camera);
  const target = { unit_id: request.unit_id, subject_kind: 'item', subject_id: item.id };
  const verdict = maySeeFootage(
    call.actor,
    action,
    { ...request, state: request.state as RequestState },
    { camera_unit_id },
    decisions,
    await deps.ancestorsOf([request.unit_id, camera_unit_id]),
    deps.time.now_ms(),
  );
  const actor = await deps.enforce(call, action, target, verdict);
  if (view.clip === null) throw new CodedError('CLIP_MISSING', { item: item.id, state: item.state });
  return { actor, clip: view.clip };
}
