import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeId, type Position } from '@minhchung/domain';
import { openStore, type Store } from '@minhchung/store';
import { type FeatureCollection, newWards, oldWards } from '@minhchung/testkit';
import { createUnit, importUnits, type UnitImportReport } from '../src/index.ts';

/** 2026-11-22T08:00:00Z */
export const NOW_MS = 1_795_334_400_000;
export const BY = { actor: null, now_ms: NOW_MS };

/** A register with one province, into which maps are imported. */
export interface UnitsWorld {
  readonly store: Store;
  readonly newId: () => string;
  readonly province_id: string;
  run(file: FeatureCollection | string, mode?: 'preview' | 'apply'): Promise<UnitImportReport>;
  /** Id of the unit that has the code at a time; now unless told. */
  idOf(code: string, at_ms?: number): Promise<string>;
  addCamera(code: string, unit_id: string, position: Position, change?: CameraChange): Promise<void>;
  close(): Promise<void>;
}

interface CameraChange {
  readonly recorder_id?: string;
  readonly site_id?: string;
}

export async function createUnitsWorld(): Promise<UnitsWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'units-'));
  const store = await openStore({ engine: 'sqlite', path: join(folder, 'test.sqlite') });
  await store.migrate();
  const newId = () => makeId(NOW_MS, randomBytes(10));
  const province = await createUnit({ store, newId })(BY, {
    ...{ code: 'TH', name: 'Tỉnh Thanh Hoá', level: 'province', parent_id: null, valid_from_ms: 0 },
  });
  await store.networks.create({ id: 'LAN', code: 'LAN', name: 'LAN', cidrs: [] });
  return {
    store,
    newId,
    province_id: province.id,
    run: (file, mode = 'apply') => {
      const bytes = new TextEncoder().encode(typeof file === 'string' ? file : JSON.stringify(file));
      return importUnits({ store, newId })({ by: BY, scope: null, parent_code: 'TH', mode, bytes });
    },
    async idOf(code, at_ms = NOW_MS) {
      return (await store.units.byCode(code, at_ms))!.id;
    },
    addCamera: (code, unit_id, position, change = {}) => addCamera(store, code, unit_id, position, change),
    async close() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The same after both maps were imported: 34 old units that ended, 7 new ones. */
export async function createMergedCity(): Promise<UnitsWorld> {
  const world = await createUnitsWorld();
  await world.run(oldWards());
  await world.run(newWards());
  return world;
}

export async function addRecorder(store: Store, code: string, unit_id: string): Promise<void> {
  await store.clocks.create({ id: `K-${code}`, name: code, kind: 'recorder' });
  await store.recorders.create({
    ...{ id: code, code, name: code, unit_id, network_id: 'LAN', kind: 'onvif', device_url: null },
    ...{ folder: null, clock_id: `K-${code}`, created_at_ms: NOW_MS },
  });
}

async function addCamera(
  store: Store,
  code: string,
  unit_id: string,
  position: Position,
  { recorder_id = `R-${code}`, site_id }: CameraChange,
): Promise<void> {
  if ((await store.recorders.byId(recorder_id)) === null) await addRecorder(store, recorder_id, unit_id);
  await store.cameras.create({
    ...{ id: code, code, name: code, unit_id, site_id: site_id ?? null, kind: 'community', owner_id: null },
    ...{ position, aim_point: null, field_of_view_deg: null, range_m: null, mounting: null, reach: 'polled' },
    ...{ recorder_id, source_token: code, created_at_ms: NOW_MS, retired_at_ms: null },
  });
}
