import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createScheme, createSite } from '../src/create-place.ts';
import { type EditingWorld, editingWorld } from './editing-world.ts';
import { GOOD_ROW, register } from './register.ts';
import { createWorld, NOW_MS, problemsIn, type World } from './world.ts';

describe('importing for a ward that has ended', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    await world.store.units.end('HT', NOW_MS, ['DS']);
  });
  afterEach(() => world.close());

  test('every row is told the successor, and nothing is written', async () => {
    const report = await world.run(register([GOOD_ROW]));
    expect(problemsIn(report)).toEqual([[2, 'unit_code', 'UNIT_NO_LONGER']]);
    expect(JSON.stringify(report.rows)).toContain('DS (DS)');
    expect(await world.store.cameras.byCode('HG-01')).toBeNull();
  });

  test('no scheme is launched there, and no site added to one', async () => {
    const deps = { ...world, newId: () => 'NEW' };
    const scheme = { unit_id: 'HT', code: 'MH-2', name: 'Mới', launched_at_ms: 0 };
    await expect(createScheme(deps)(world.actor, scheme)).rejects.toMatchObject({ code: 'UNIT_NO_LONGER' });
    const site = { scheme_id: 'MH-1', code: 'D-2', name: 'Mới' };
    await expect(createSite(deps)(world.actor, 'HT', site)).rejects.toMatchObject({ code: 'UNIT_NO_LONGER' });
  });
});

describe('editing for a ward that has ended', () => {
  let world: EditingWorld;
  beforeEach(async () => {
    world = await editingWorld();
  });
  afterEach(() => world.close());

  test('no camera and no recorder is registered there; where nobody said what follows, that is told', async () => {
    const { id } = await world.recorder('R-1', 'http://192.168.1.20/onvif/device_service');
    await world.store.units.end(world.ward.id, world.time.now_ms(), [world.other_ward.id]);
    const camera = await world.camera('C-1', id);
    expect([camera.code, camera.message.en]).toEqual([
      'UNIT_NO_LONGER',
      expect.stringContaining(world.other_ward.name),
    ]);
    expect((await world.recorder('R-2', null)).code).toBe('UNIT_NO_LONGER');
    await world.store.units.end(world.other_ward.id, world.time.now_ms(), []);
    expect((await world.camera('C-1', id)).code).toBe('UNIT_WITHOUT_SUCCESSOR');
  });
});
