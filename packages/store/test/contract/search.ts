import { expect, it } from 'vitest';
import type { Contract } from './suite.ts';
import { camera, NOW, RECORDER } from './world.ts';

const UNITS = ['ward-1'];

/** Find-as-you-type. */
export const searchContract: Contract = (subject) => {
  const codes = async (text: string, unit_ids: readonly string[] = UNITS) =>
    (await subject().store.search.find({ unit_ids, text })).map((hit) => hit.code).sort();

  it('finds a camera by the beginning of any word, whatever the case and the accents', async () => {
    const { store } = subject();
    await store.owners.create({ id: 'o-1', name: 'Nguyễn Thị Ánh', phone: null, address: '12 Lê Lợi' });
    await store.cameras.create(camera(71, { code: 'TH-71', name: 'Ngã tư Đông Vệ', owner_id: 'o-1' }));
    for (const text of ['dong ve', 'ĐÔNG V', 'th71', 'th-7', 'nguyen anh', 'le l 12', 'nga nguyen th']) {
      expect(await codes(text), text).toEqual(['TH-71']);
    }
    expect(await codes('ong ve')).toEqual([]);
    expect(await codes('dong vu')).toEqual([]);
    expect(await codes('  ')).toEqual([]);
    const [hit] = await store.search.find({ unit_ids: UNITS, text: 'dong ve' });
    expect(hit).toEqual({
      kind: 'camera',
      id: 'camera-71',
      code: 'TH-71',
      name: 'Ngã tư Đông Vệ',
      unit_id: 'ward-1',
      detail: 'Nguyễn Thị Ánh, 12 Lê Lợi',
    });
  });

  it('finds by what something is called now, not by what it was called', async () => {
    const { store } = subject();
    await store.owners.create({ id: 'o-2', name: 'Trần Văn Bé', phone: null, address: null });
    await store.cameras.create(camera(72, { code: 'TH-72', name: 'Chợ Vườn Hoa', owner_id: 'o-2' }));
    await store.cameras.update(camera(72, { code: 'TH-72', name: 'Bến Ngự', owner_id: 'o-2' }));
    await store.owners.update({ id: 'o-2', name: 'Lò Thị Mai', phone: null, address: null });
    expect(await codes('vuon hoa')).toEqual([]);
    expect(await codes('tran be')).toEqual([]);
    expect(await codes('ben ngu lo')).toEqual(['TH-72']);
  });

  it('finds recorders, schemes, sites and units too, and one kind alone when asked', async () => {
    const { store } = subject();
    const scheme = {
      id: 's-9',
      unit_id: 'ward-1',
      code: 'MH-9',
      name: 'Phố Hàng Than',
      launched_at_ms: NOW,
      ended_at_ms: null,
    };
    await store.schemes.create({ ...scheme, status: 'active' });
    await store.sites.create({ id: 'p-9', scheme_id: 's-9', code: 'D-9', name: 'Hàng Than đầu ngõ' });
    await store.recorders.create({ ...RECORDER, id: 'r-9', code: 'DG-9', name: 'Hàng Than' });
    await store.units.create({
      ...{ id: 'u-9', code: 'PHT', name: 'Phường Hàng Than', level: 'ward', parent_id: null },
      ...{ valid_from_ms: NOW, valid_to_ms: null, successor_ids: [] },
    });
    expect(await codes('hang than', ['ward-1', 'u-9'])).toEqual(['D-9', 'DG-9', 'MH-9', 'PHT']);
    const sites = await store.search.find({ unit_ids: UNITS, text: 'hang', kinds: ['site'] });
    expect(sites.map(({ code, detail }) => [code, detail])).toEqual([['D-9', 'Phố Hàng Than']]);
  });

  it('follows what moves to another unit, and the sites of a scheme with it', async () => {
    const { store } = subject();
    await store.units.create({
      ...{ id: 'ward-9', code: 'P90', name: 'Phường mới', level: 'ward', parent_id: null },
      ...{ valid_from_ms: NOW, valid_to_ms: null, successor_ids: [] },
    });
    await store.cameras.create(camera(74, { code: 'TH-74', name: 'Quán Lào' }));
    const scheme = { id: 's-8', unit_id: 'ward-1', code: 'MH-8', name: 'Quán Lào', launched_at_ms: NOW };
    await store.schemes.create({ ...scheme, ended_at_ms: null, status: 'active' });
    await store.sites.create({ id: 'p-8', scheme_id: 's-8', code: 'D-8', name: 'Quán Lào' });
    await store.placements.move('camera', ['camera-74'], 'ward-1', 'ward-9');
    await store.placements.move('scheme', ['s-8'], 'ward-1', 'ward-9');
    expect(await codes('quan lao')).toEqual([]);
    expect(await codes('quan lao', ['ward-9'])).toEqual(['D-8', 'MH-8', 'TH-74']);
  });

  it('shows a person nothing of other units, and nothing retired', async () => {
    const { store } = subject();
    await store.cameras.create(camera(73, { code: 'TH-73', name: 'Hồ Thành' }));
    expect(await codes('ho thanh', ['ward-2'])).toEqual([]);
    expect(await codes('ho thanh', [])).toEqual([]);
    await store.cameras.retire('camera-73', NOW);
    expect(await codes('ho thanh')).toEqual([]);
  });

  it('offers whole words before beginnings when there are more than can be shown', async () => {
    const { store } = subject();
    await store.transaction(async (tx) => {
      for (let n = 100; n < 320; n += 1) await tx.cameras.create(camera(n, { name: `Bangau ${n}` }));
      await tx.cameras.create(camera(400, { code: 'BAN', name: 'Một' }));
    });
    expect(await codes('ban')).toContain('BAN');
  });

  it('takes what is typed as text, whatever it looks like', async () => {
    for (const text of ['%', "' or 1=1 --", '"', '\\', '*', '( ) {', '\u{10ffff}', 'x'.repeat(100)]) {
      expect(await codes(text)).toEqual([]);
    }
  });
};
