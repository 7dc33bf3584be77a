import { type Actor, CodedError, mayAt } from '@minhchung/domain';
import type { FastifyRequest } from 'fastify';
import type { IntakeDeps } from '../deps.ts';
import { linkOfSession } from '../links/sessions.ts';
import type { Sender } from './sender.ts';

type Deps = Pick<IntakeDeps, 'store' | 'time' | 'settings' | 'authorize' | 'ancestorsOf'>;

/**
 * Who sends: the browser an owner began with, or a signed-in person for the item they name, or for the item of the
 * upload they go on with. Throws `UPLOAD_LINK_INVALID`, `UPLOAD_UNKNOWN`, and the policy's refusals.
 */
export async function senderOf(deps: Deps, request: FastifyRequest, item_id: string | null): Promise<Sender> {
  const link = await linkOfSession(deps, request);
  const upload_id = (request.params as { readonly upload_id?: string }).upload_id;
  const upload = upload_id === undefined ? null : await deps.store.uploads.byId(upload_id);
  const is_desk = request.actor !== null && (item_id !== null || upload?.way === 'desk');
  if (link !== null && !is_desk) return { way: 'link', link };
  if (request.actor === null) throw new CodedError('UPLOAD_LINK_INVALID');
  const wanted = item_id ?? upload?.item_id;
  if (wanted === undefined) throw new CodedError('UPLOAD_UNKNOWN');
  const { actor, unit_id } = await authorizeItem(deps, request, 'upload.create', wanted);
  return { way: 'desk', actor, item_id: wanted, unit_id };
}

/**
 * May the signed-in person do this for an item? At the unit that asked, or at the camera's: the technician of another
 * ward collects for those who asked. Throws `NOT_FOUND`, and the policy's refusals.
 */
export async function authorizeItem(
  deps: Pick<Deps, 'store' | 'authorize' | 'ancestorsOf'>,
  request: FastifyRequest,
  action: 'upload.create' | 'upload.link' | 'request.read',
  item_id: string,
): Promise<{ readonly actor: Actor; readonly unit_id: string }> {
  const item = await deps.store.items.byId(item_id);
  const asked = item === null ? null : await deps.store.requests.byId(item.request_id);
  const camera = item === null ? null : await deps.store.cameras.byId(item.camera_id);
  if (asked === null || camera === null)
    throw new CodedError('NOT_FOUND', { what: 'item', id: item_id.slice(0, 40) });
  const units = [asked.unit_id, camera.unit_id];
  const ancestors = await deps.ancestorsOf(units);
  const { actor } = request;
  const mine = units.find((unit_id) => actor !== null && mayAt(actor, action, unit_id, ancestors).allow);
  const unit_id = mine ?? asked.unit_id;
  const target = { unit_id, subject_kind: 'item', subject_id: item_id };
  return { actor: await deps.authorize(request, action, target), unit_id };
}
