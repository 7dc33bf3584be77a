import { CodedError } from '@minhchung/domain';
import type { ItemRecord, Store } from '@minhchung/store';

/** One item as the API shows it. Throws `NOT_FOUND`. */
export async function viewItem(store: Store, item_id: string) {
  const item = await store.items.byId(item_id);
  if (item === null) throw new CodedError('NOT_FOUND', { what: 'item', id: item_id });
  const context = await contextOf(store, item);
  const clip = await store.clips.ofItem(item_id);
  return { item, ...context, view: { ...item, ...viewOf(context), clip } };
}

async function contextOf(store: Store, item: ItemRecord) {
  const [request, camera] = await Promise.all([
    store.requests.byId(item.request_id),
    store.cameras.byId(item.camera_id),
  ]);
  if (request === null || camera === null) {
    throw new CodedError('NOT_FOUND', { what: request === null ? 'request' : 'camera', id: item.id });
  }
  return { request, camera };
}

function viewOf({ request, camera }: Awaited<ReturnType<typeof contextOf>>) {
  return {
    request_number: request.number,
    camera_code: camera.code,
    camera_name: camera.name,
    wanted: request.wanted,
  };
}
