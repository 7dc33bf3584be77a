import type { Unit } from '@minhchung/domain';
import { expect, it } from 'vitest';
import type { Contract } from './suite.ts';
import { camera, item, NOW, PAGE, RECORDER, request } from './world.ts';

const ward = (
  id: string,
  code: string,
  from: number,
  to: number | null,
  ...successor_ids: string[]
): Unit => ({
  ...{ id, code, name: code, level: 'ward', parent_id: 'province', valid_from_ms: from, valid_to_ms: to },
  successor_ids,
});

const DRAWING = { geometry: '{"type":"Polygon","coordinates":[]}', vertices: 5 };

export const unitMapsContract: Contract = (subject) => {
  it('keeps one drawing of a unit that counts, and the earlier ones', async () => {
    const { boundaries } = subject().store;
    const first = await boundaries.set('ward-1', DRAWING, NOW);
    expect(await boundaries.set('ward-1', DRAWING, NOW + 1)).toBeNull();
    const second = await boundaries.set('ward-1', { ...DRAWING, geometry: '{}' }, NOW + 2);
    expect(second!.id).not.toBe(first!.id);
    expect(await boundaries.ofUnit('ward-1')).toEqual(second);
    await boundaries.set('ward-2', DRAWING, NOW);
    expect((await boundaries.list({ limit: 1, after: null })).rows).toEqual([second]);
    expect((await boundaries.ofUnits(['ward-2', 'none'])).map((one) => one.unit_id)).toEqual(['ward-2']);
  });

  it('names, ends and finds units by code and by what they follow', async () => {
    const { store } = subject();
    await store.transaction(async (tx) => {
      await tx.units.lock();
      await tx.units.create(ward('new', 'P03', NOW, null));
      await tx.units.end('ward-1', NOW, ['new']);
      await tx.units.update({ id: 'new', name: 'Phường mới', valid_from_ms: NOW, valid_to_ms: NOW + 9 });
    });
    expect(await store.units.predecessorIds('new')).toEqual(['ward-1']);
    expect(await store.units.ofCode('P03')).toMatchObject([{ name: 'Phường mới', valid_to_ms: NOW + 9 }]);
    expect(await store.units.update({ ...ward('none', 'X', 0, null) })).toBe(false);
  });

  it('knows whose people have a say in a unit that went into another whole, and in one that was split', async () => {
    const { units } = subject().store;
    await units.create({ ...ward('P2', 'NA', 0, null), level: 'province', parent_id: null });
    await units.create({ ...ward('whole', 'P05', 0, NOW), parent_id: 'P2' });
    await units.create(ward('split', 'P06', 0, NOW));
    await units.end('whole', NOW, ['ward-1']);
    await units.end('split', NOW, ['ward-1', 'ward-2']);
    expect(await units.coveringIds('whole', NOW - 1)).toEqual(['whole', 'P2']);
    expect((await units.coveringIds('whole', NOW)).sort()).toEqual(['P2', 'province', 'ward-1', 'whole']);
    expect(await units.coveringIds('split', NOW)).toEqual(['split', 'province']);
    expect((await units.coveredIds('ward-1', NOW)).sort()).toEqual(['ward-1', 'whole']);
    expect(await units.coveredIds('ward-1', NOW - 1)).toEqual(['ward-1']);
    expect(await units.coveredIds('province', NOW)).toContain('whole');
    const lineage = await units.lineage(['whole', 'split', 'ward-2'], NOW);
    expect([lineage.standIns('whole'), lineage.standIns('split'), lineage.standIns('ward-2')]).toEqual([
      ['ward-1'],
      ['ward-1', 'ward-2'],
      ['ward-2'],
    ]);
  });

  it('undoes an attempt that failed, and goes on with the transaction', async () => {
    const { store } = subject();
    await store.transaction(async (tx) => {
      await tx.units.create(ward('kept', 'P07', 0, null));
      const failing = tx.units.attempt(async () => {
        await tx.units.create(ward('undone', 'P08', 0, null));
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await tx.units.attempt(async () => 7)).toBe(7);
    });
    expect(await store.units.byId('kept')).not.toBeNull();
    expect(await store.units.byId('undone')).toBeNull();
  });

  it('moves things in bulk, only from where they are, and pages through them by id', async () => {
    const { store } = subject();
    for (const n of [1, 2, 3]) await store.cameras.create(camera(n));
    await store.cameras.retire('camera-3', NOW);
    const { placements } = store;
    const ids = ['camera-1', 'camera-2', 'none'];
    expect((await placements.move('camera', ids, 'ward-1', 'ward-2')).sort()).toEqual([
      'camera-1',
      'camera-2',
    ]);
    expect(await placements.move('camera', ids, 'ward-1', 'ward-2')).toEqual([]);
    expect(await placements.move('recorder', [RECORDER.id], 'ward-1', 'ward-2')).toEqual([RECORDER.id]);
    const first = await placements.cameras({}, { limit: 1, after: null });
    expect(first.rows).toMatchObject([{ id: 'camera-1', unit_id: 'ward-2', longitude_deg: 105.77 }]);
    const rest = await placements.cameras({}, { limit: 9, after: first.next });
    expect([rest.rows.map((row) => row.id), rest.next]).toEqual([['camera-2'], null]);
    expect((await placements.cameras({ unit_ids: ['ward-1'] }, PAGE)).rows).toEqual([]);
    expect(await placements.camerasOfRecorders([RECORDER.id])).toHaveLength(2);
    expect(await placements.camerasByIds(['camera-3'])).toHaveLength(1);
    expect((await placements.recorders({ unit_ids: ['ward-2'] }, PAGE)).rows).toHaveLength(1);
    expect((await placements.schemes({}, PAGE)).rows).toEqual([]);
    expect((await placements.camerasOfScheme('none', PAGE)).rows).toEqual([]);
  });

  it('keeps with an item the unit of its camera at submission', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1, { unit_id: 'ward-2' }));
    await store.requests.insert(request(1), [item('item-1', 'request-1', 'camera-1')]);
    await store.placements.move('camera', ['camera-1'], 'ward-2', 'ward-1');
    expect((await store.items.byId('item-1'))!.unit_id).toBe('ward-2');
  });

  it('counts by unit and by item what it counts in all', async () => {
    const { store } = subject();
    for (const n of [1, 2, 3]) await store.cameras.create(camera(n));
    const archived = { state: 'archived', delivered_at_ms: NOW } as const;
    await store.requests.insert(request(1), [
      item('item-1', 'request-1', 'camera-1', archived),
      item('item-2', 'request-1', 'camera-2'),
    ]);
    await store.requests.insert(request(2, { unit_id: 'ward-2' }), [item('item-3', 'request-2', 'camera-3')]);
    expect(await store.counts.perUnit({})).toMatchObject([
      { unit_id: 'ward-1', requests: 1, requested: 2, delivered: 1 },
      { unit_id: 'ward-2', requests: 1, requested: 1, delivered: 0 },
    ]);
    const first = await store.counts.perItem({}, { limit: 1, after: null });
    const rest = await store.counts.perItem({}, { limit: 9, after: first.next });
    expect([...first.rows, ...rest.rows]).toMatchObject([
      {
        item_id: 'item-1',
        camera_id: 'camera-1',
        requests: 1,
        requested: 1,
        delivered: 1,
        delivered_month: '2026-11',
      },
      {
        item_id: 'item-2',
        request_id: 'request-1',
        requests: 1,
        requested: 1,
        delivered: 0,
        delivered_month: null,
      },
      { item_id: 'item-3', unit_id: 'ward-2', requests: 1, requested: 1, submitted_month: '2026-11' },
    ]);
    expect(await store.counts.totals({ case_ids: ['none'] })).toMatchObject({ requests: 0, requested: 0 });
  });
};
