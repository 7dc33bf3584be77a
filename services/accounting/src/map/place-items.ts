import type { Position, UnitMap } from '@minhchung/domain';
import type { Counts, ItemCounts, PlacedCamera, Store } from '@minhchung/store';
import { allPages } from '../all-rows.ts';
import type { MapReading } from './reading.ts';

/** Figures of one item or one request, and where they belong. */
export interface PlacedCounts {
  readonly row: ItemCounts;
  /** Null: nobody can say. */
  readonly placed_unit_id: string | null;
  readonly figures: Partial<Counts>;
}

/** Figures that are counted once a request. */
const OF_REQUEST = ['requests', 'unconfirmed', 'notices_delayed', 'notices_still_delayed'] as const;

/**
 * The counts of split units, item by item, each placed by where its camera stands: in the part whose drawing it
 * lies in, else in the part it is registered at. A request belongs where all its items do. One page in memory.
 */
export async function* placedItems(
  store: Pick<Store, 'counts' | 'placements'>,
  reading: MapReading,
  filter: Parameters<Store['counts']['perItem']>[0],
): AsyncGenerator<PlacedCounts> {
  if (reading.split_ids.length === 0) return;
  const wanted = { ...filter, unit_ids: reading.split_ids };
  let request: { row: ItemCounts; placed: string | null } | null = null;
  for await (const rows of allPages((page) => store.counts.perItem(wanted, page))) {
    const ids = rows.flatMap((row) => row.camera_id ?? []);
    const cameras = new Map((await store.placements.camerasByIds(ids)).map((camera) => [camera.id, camera]));
    for (const row of rows) {
      const placed = place(reading.map, row.unit_id, cameras.get(row.camera_id ?? ''));
      if (request?.row.request_id !== row.request_id) {
        if (request !== null) yield ofRequest(request.row, request.placed);
        request = { row, placed };
      } else if (request.placed !== placed) request.placed = null;
      yield { row, placed_unit_id: placed, figures: ofItem(row) };
    }
  }
  if (request !== null) yield ofRequest(request.row, request.placed);
}

function place(map: UnitMap, unit_id: string, camera: PlacedCamera | undefined): string | null {
  if (camera === undefined) return null;
  const placed = placeAt(map, unit_id, camera);
  if (placed !== null) return placed;
  return map.standIns(unit_id).includes(camera.unit_id) ? camera.unit_id : null;
}

/** The part of a split unit whose drawing the position lies in, well within; null: nobody can say. */
export function placeAt(map: UnitMap, unit_id: string, position: Position): string | null {
  const unit = map.unit(unit_id);
  if (unit === null) return null;
  const { latitude_deg, longitude_deg } = position;
  const parts = map.standIns(unit_id);
  const { inside, border } = map.find({ latitude_deg, longitude_deg }, unit.level);
  const within = parts.filter((id) => inside.includes(id));
  const near = parts.filter((id) => border.includes(id));
  return within.length === 1 && near.length === 0 ? within[0]! : null;
}

function ofItem(row: ItemCounts): Partial<Counts> {
  return { ...figuresOf(row), ...Object.fromEntries(OF_REQUEST.map((name) => [name, 0])) };
}

function ofRequest(row: ItemCounts, placed_unit_id: string | null): PlacedCounts {
  const figures = Object.fromEntries(OF_REQUEST.map((name) => [name, row[name]]));
  return { row, placed_unit_id, figures };
}

function figuresOf(row: ItemCounts): Counts {
  const { request_id: _r, item_id: _i, camera_id: _c, case_id: _k, unit_id: _u, ...rest } = row;
  const { submitted_month: _s, delivered_month: _d, ...figures } = rest;
  return figures;
}
