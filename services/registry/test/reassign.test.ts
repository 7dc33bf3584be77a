import { loadUnitMap } from '@minhchung/store';
import { MERGER_MS, placeInCity, unitsAt } from '@minhchung/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ReassignmentPart, reassignPart } from '../src/index.ts';
import { addRecorder, BY, createMergedCity, NOW_MS, type UnitsWorld } from './units-world.ts';

let world: UnitsWorld;
beforeEach(async () => {
  world = await createMergedCity();
});
afterEach(() => world.close());

const PAGE = { limit: 200, after: null };

/** The whole reassignment, part by part. */
async function reassign(mode: 'preview' | 'apply', scope: ReadonlySet<string> | null = null) {
  const map = await loadUnitMap(world.store, NOW_MS);
  const parts: ReassignmentPart[] = [];
  let cursor: string | null = null;
  do {
    const part: ReassignmentPart = await reassignPart(world)(BY, { map, scope, mode, cursor });
    parts.push(part);
    cursor = part.next_cursor;
  } while (cursor !== null);
  return { moves: parts.flatMap((part) => part.moves), undecided: parts.flatMap((part) => part.undecided) };
}

const old = (code: string) => world.idOf(code, MERGER_MS - 1);

/** A camera in the middle of a square, registered at the old unit there. */
async function addCameraAt(
  code: string,
  column: number,
  row: number,
  across = 0.25,
  change = {},
): Promise<void> {
  const { before } = unitsAt(column, row, across);
  await world.addCamera(code, await old(before), placeInCity(column, row, across), change);
}

async function unitOf(code: string): Promise<string> {
  const camera = (await world.store.cameras.byCode(code))!;
  return (await world.store.units.byId(camera.unit_id))!.code;
}

describe('cameras', () => {
  test('go to the ward they stand in, with their recorders, and a split unit’s to both parts', async () => {
    for (let column = 0; column < 7; column += 1) await addCameraAt(`C-${column}`, column, 2);
    await addCameraAt('C-EAST', 3, 2, 0.75);
    const { moves, undecided } = await reassign('apply');
    expect(undecided).toEqual([]);
    expect(moves.filter((move) => move.kind === 'camera')).toHaveLength(8);
    expect(moves.filter((move) => move.kind === 'recorder')).toHaveLength(8);
    for (let column = 0; column < 7; column += 1) {
      expect(await unitOf(`C-${column}`)).toBe(unitsAt(column, 2).after);
    }
    expect([unitsAt(3, 2).before, unitsAt(3, 2, 0.75).before]).toEqual(['TP-18', 'TP-18']);
    expect([await unitOf('C-3'), await unitOf('C-EAST')]).toEqual(['DONG-QUANG', 'DONG-TIEN']);
    expect((await world.store.recorders.byId('R-C-EAST'))!.unit_id).toBe(await world.idOf('DONG-TIEN'));
  });

  test('are told in a preview exactly as they are moved afterwards, and a second time nothing moves', async () => {
    for (let column = 0; column < 7; column += 1) await addCameraAt(`C-${column}`, column, column % 5);
    const preview = await reassign('preview');
    expect(await unitOf('C-0')).toBe(unitsAt(0, 0).before);
    const applied = await reassign('apply');
    expect(applied).toEqual(preview);
    expect(applied.moves.length).toBe(14);
    expect(await reassign('apply')).toEqual({ moves: [], undecided: [] });
  });

  test('keep in their history where they were, and the trail tells how many moved', async () => {
    await addCameraAt('C-1', 0, 0);
    await reassign('apply');
    const { rows } = await world.store.changes.history('camera', 'C-1', PAGE);
    const [from, to] = [await old('DONG-SON'), await world.idOf('HAC-THANH')];
    expect(rows).toMatchObject([
      { act: 'camera.reassign', unit_id: to, before: { unit_id: from }, after: { unit_id: to } },
    ]);
    const trail = await world.store.audit.list({ act: 'unit.reassign' }, PAGE);
    expect(trail.rows.map((event) => event.details)).toMatchObject([
      { kind: 'recorder', moved: 1 },
      { kind: 'camera', moved: 1, moves: [`${from}→${to} 1`] },
    ]);
  });

  test('outside every ward, or at a border of two, are listed and left alone', async () => {
    const before = await old('TP-18');
    await world.addCamera('AWAY', before, { latitude_deg: 20.5, longitude_deg: 105.8 });
    await world.addCamera('EDGE', before, placeInCity(3, 2, 0.5));
    const { moves, undecided } = await reassign('apply');
    expect(moves).toEqual([]);
    const parts = [await world.idOf('DONG-QUANG'), await world.idOf('DONG-TIEN')].toSorted();
    expect(undecided.filter((one) => one.kind === 'camera')).toMatchObject([
      { code: 'AWAY', reason: 'outside' },
      {
        code: 'EDGE',
        reason: 'border',
        candidate_unit_ids: parts,
      },
    ]);
    expect(undecided.filter((one) => one.kind === 'recorder').map((one) => one.reason)).toEqual([
      'camera_undecided',
      'camera_undecided',
    ]);
    expect(await unitOf('EDGE')).toBe('TP-18');
  });

  test('at the border of a ward follow their old unit when that went whole into one of the two', async () => {
    await world.addCamera('EDGE', await old('TP-02'), placeInCity(1, 1, 0));
    expect((await reassign('apply')).undecided).toEqual([]);
    expect(await unitOf('EDGE')).toBe('HAC-THANH');
  });

  test('of one administrator are not moved over the fence', async () => {
    await addCameraAt('C-1', 0, 0);
    const from = await old('DONG-SON');
    const { moves, undecided } = await reassign('apply', new Set([from]));
    expect(moves).toEqual([]);
    expect(undecided[0]).toMatchObject({ code: 'C-1', reason: 'other_administrator' });
    const both = await reassign('apply', new Set([from, await world.idOf('HAC-THANH')]));
    expect(both.moves.map((move) => move.kind)).toEqual(['camera', 'recorder']);
  });
});

describe('what has no position of its own', () => {
  test('a recorder whose cameras part stays listed, until a person says where it is', async () => {
    await addCameraAt('C-1', 3, 2, 0.25, { recorder_id: 'NVR' });
    await addCameraAt('C-2', 3, 2, 0.75, { recorder_id: 'NVR' });
    const { moves, undecided } = await reassign('apply');
    expect(moves.map((move) => move.code)).toEqual(['C-1', 'C-2']);
    expect(undecided).toMatchObject([{ kind: 'recorder', code: 'NVR', reason: 'cameras_in_several' }]);
  });

  test('a recorder without cameras follows a unit that went into another whole, not one that was split', async () => {
    await addRecorder(world.store, 'WHOLE', await old('TP-02'));
    await addRecorder(world.store, 'SPLIT', await old('TP-18'));
    const { moves, undecided } = await reassign('apply');
    expect(moves).toMatchObject([
      { code: 'WHOLE', by: 'succession', to_unit_id: await world.idOf('HAC-THANH') },
    ]);
    expect(undecided).toMatchObject([{ code: 'SPLIT', reason: 'several_successors' }]);
  });

  test('a scheme goes with the cameras of its points', async () => {
    const unit_id = await old('TP-18');
    const scheme = {
      id: 'MH',
      code: 'MH',
      name: 'MH',
      unit_id,
      launched_at_ms: 0,
      status: 'active',
      ended_at_ms: null,
    } as const;
    await world.store.schemes.create(scheme);
    await world.store.sites.create({ id: 'D-1', code: 'D-1', name: 'D-1', scheme_id: 'MH' });
    await addCameraAt('C-1', 3, 2, 0.75, { site_id: 'D-1' });
    await reassign('apply');
    expect((await world.store.schemes.byId('MH'))!.unit_id).toBe(await world.idOf('DONG-TIEN'));
  });
});

test('a cursor that is none is refused', async () => {
  const map = await loadUnitMap(world.store, NOW_MS);
  const call = reassignPart(world)(BY, { map, scope: null, mode: 'preview', cursor: 'house.1' });
  await expect(call).rejects.toMatchObject({ code: 'PAGE_INVALID' });
});
