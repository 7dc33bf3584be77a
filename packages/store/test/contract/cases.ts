import type { Case, Incident, Tip } from '@minhchung/domain';
import { expect, it } from 'vitest';
import type { Contract } from './suite.ts';
import { MINUTE, NOW, PAGE } from './world.ts';

function incident(n: number): Incident {
  return {
    id: `incident-${n}`,
    unit_id: 'ward-1',
    category: 'trộm cắp tài sản',
    summary: `Mất xe máy ở chợ Đông Thành ${n}`,
    position: { latitude_deg: 19.8, longitude_deg: 105.77 },
    span: { start_ms: NOW - MINUTE, end_ms: NOW },
    created_at_ms: NOW + n,
    clarified_at_ms: null,
  };
}

const PROVISIONAL: Case = {
  ...{
    id: 'case-2',
    unit_id: 'ward-1',
    number: 'TẠM-1',
    is_provisional: true,
    title: 'Gây rối ở quảng trường',
  },
  ...{ incident_ids: ['incident-1', 'incident-2'], opened_at_ms: NOW + 1, closed_at_ms: null },
};

export const casesContract: Contract = (subject) => {
  it('keeps incidents as they were told and finds them without diacritics', async () => {
    const { store } = subject();
    for (const n of [1, 2]) await store.incidents.create(incident(n));
    expect(await store.incidents.byId('incident-1')).toEqual(incident(1));
    const found = await store.incidents.list({ unit_ids: ['ward-1'], text: 'cho dong thanh 2' }, PAGE);
    expect(found.rows).toEqual([incident(2)]);
    expect((await store.incidents.list({}, PAGE)).rows.map(({ id }) => id)).toEqual([
      'incident-2',
      'incident-1',
    ]);
  });

  it('clarifies an incident once and keeps the first date', async () => {
    const { store } = subject();
    await store.incidents.create(incident(1));
    expect(await store.incidents.clarify('incident-1', NOW)).toBe(true);
    expect(await store.incidents.clarify('incident-1', NOW + 9)).toBe(false);
    expect((await store.incidents.byId('incident-1'))?.clarified_at_ms).toBe(NOW);
  });

  it('ties incidents to cases, n to m', async () => {
    const { store } = subject();
    for (const n of [1, 2]) await store.incidents.create(incident(n));
    await store.cases.create(PROVISIONAL);
    await store.cases.linkIncident('case-1', 'incident-1');
    await store.cases.linkIncident('case-1', 'incident-1');
    expect(await store.cases.byId('case-2')).toEqual(PROVISIONAL);
    expect((await store.cases.byNumber('ward-1', '12/HS'))?.incident_ids).toEqual(['incident-1']);
    expect((await store.cases.list({ text: 'gay roi' }, PAGE)).rows).toEqual([PROVISIONAL]);
  });

  it('gives a number to one case of a unit only, when opened and when made official', async () => {
    const { store } = subject();
    const again = { ...PROVISIONAL, incident_ids: [], number: '12/HS' };
    await expect(store.cases.create(again)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    await store.cases.create({ ...again, unit_id: 'ward-2' });
    await store.cases.create({ ...PROVISIONAL, id: 'case-3', incident_ids: [] });
    const taken = store.cases.setOfficialNumber('case-3', '12/HS');
    await expect(taken).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await store.cases.setOfficialNumber('case-3', '13/HS')).toBe(true);
    expect(await store.cases.setOfficialNumber('case-3', '14/HS')).toBe(false);
    expect(await store.cases.byNumber('ward-1', '13/HS')).toMatchObject({
      id: 'case-3',
      is_provisional: false,
    });
  });

  it('closes a case once and lists open and closed ones apart', async () => {
    const { store } = subject();
    expect(await store.cases.close('case-1', NOW)).toBe(true);
    expect(await store.cases.close('case-1', NOW + 1)).toBe(false);
    expect((await store.cases.list({ open: true }, PAGE)).rows).toEqual([]);
    expect((await store.cases.list({ open: false }, PAGE)).rows).toHaveLength(1);
  });

  it('keeps tips, their value and the incident they tell of', async () => {
    const { store } = subject();
    await store.incidents.create(incident(1));
    const tip: Tip = {
      ...{ id: 'tip-1', unit_id: 'ward-1', incident_id: null, channel: 'hotline' },
      ...{ received_at_ms: NOW, summary: 'Có tiếng kêu', of_value: null },
    };
    await store.tips.create(tip);
    expect(await store.tips.byId('tip-1')).toEqual(tip);
    await store.tips.setIncident('tip-1', 'incident-1');
    await store.tips.setValue('tip-1', true);
    const listed = await store.tips.list({ incident_id: 'incident-1' }, PAGE);
    expect(listed.rows).toEqual([{ ...tip, incident_id: 'incident-1', of_value: true }]);
  });

  it('lifts a hold once', async () => {
    const { store } = subject();
    const hold = { id: 'hold-1', case_id: 'case-1', reason: 'khiếu nại', from_ms: NOW, until_ms: null };
    await store.holds.add(hold);
    expect(await store.holds.ofCase('case-1')).toEqual([hold]);
    expect(await store.holds.lift('hold-1', NOW + 1)).toBe(true);
    expect(await store.holds.lift('hold-1', NOW + 2)).toBe(false);
  });
};
