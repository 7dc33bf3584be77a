import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, createWard, NOW_MS, type Ward } from './ward.ts';

/** Requests that were open when wards merged or split. */

let ward: Ward;
beforeEach(async () => {
  ward = await createWard();
  await ward.addCamera('C-1');
  await ward.addCamera('X-1', { unit_id: ward.other_ward.id });
  for (const id of ['NEW-1', 'NEW-2']) {
    await ward.store.units.create({
      ...{ id, code: id, name: id, level: 'ward', parent_id: ward.province.id },
      ...{ valid_from_ms: NOW_MS, valid_to_ms: null, successor_ids: [] },
    });
    await ward.addAccount(`${id.toLowerCase()}.approver`, [{ role: 'approver', unit_id: id }]);
  }
});
afterEach(() => ward.close());

async function submitted(): Promise<string> {
  const payload = ward.draft({ camera_ids: ['C-1', 'X-1'] });
  return (await ward.as('officer', { method: 'POST', url: '/api/requests', payload })).body.request.id;
}

async function as(login: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<Answer> {
  const session = await ward.sessionOf(login);
  const response = await ward.send({ method, url, session, ...(payload === undefined ? {} : { payload }) });
  return response.json();
}

const decide = (login: string, id: string): Promise<Answer> =>
  as(login, 'POST', `/api/requests/${id}/decisions`, { verdict: 'approved', reason: 'Đúng thẩm quyền.' });

const endOther = (...successors: string[]) => ward.store.units.end(ward.other_ward.id, NOW_MS, successors);
const moveCamera = (to: string) => ward.store.placements.move('camera', ['X-1'], ward.other_ward.id, to);

const units = (body: Answer): string[] => body.items.map((item: Answer) => item.camera_unit_id);

describe('an item', () => {
  test('keeps the unit its camera had when it was submitted', async () => {
    const id = await submitted();
    await moveCamera('NEW-1');
    const body = await decide('approver', id);
    expect(units(body)).toEqual([ward.ward.id, ward.other_ward.id]);
    expect(body.undecided_unit_ids).toEqual([ward.other_ward.id]);
    expect((await decide('new-1.approver', id)).code).toBe('FORBIDDEN_UNIT');
    expect((await decide('other.approver', id)).request.state).toBe('approved');
  });

  test('of a unit that went into another whole is decided and read by that other one', async () => {
    const id = await submitted();
    await endOther('NEW-1');
    const to_decide = await as('new-1.approver', 'GET', '/api/requests/to-decide');
    expect(to_decide.items.map((one: Answer) => one.id)).toEqual([id]);
    expect((await decide('new-2.approver', id)).code).toBe('FORBIDDEN_UNIT');
    const body = await decide('new-1.approver', id);
    expect(body.decisions).toMatchObject([{ unit_id: ward.other_ward.id, verdict: 'approved' }]);
    expect((await decide('approver', id)).request.state).toBe('approved');
  });

  test('of a unit that was split is decided where its camera is now', async () => {
    const id = await submitted();
    await endOther('NEW-1', 'NEW-2');
    expect((await decide('new-2.approver', id)).code).toBe('FORBIDDEN_UNIT');
    await moveCamera('NEW-2');
    expect((await decide('new-1.approver', id)).code).toBe('FORBIDDEN_UNIT');
    const body = await decide('new-2.approver', id);
    expect(body.decisions).toMatchObject([{ unit_id: 'NEW-2' }]);
    expect((await decide('approver', id)).request.state).toBe('approved');
  });

  test('of a unit that decided before it was split is not decided again', async () => {
    const id = await submitted();
    await decide('other.approver', id);
    await endOther('NEW-1', 'NEW-2');
    await moveCamera('NEW-2');
    expect((await decide('new-2.approver', id)).code).toBe('FORBIDDEN_UNIT');
    expect((await decide('approver', id)).request.state).toBe('approved');
  });
});

test('the requesting unit may end too: the one it went into decides and lists its requests', async () => {
  const id = await submitted();
  await ward.store.units.end(ward.ward.id, NOW_MS, ['NEW-1']);
  const body = await decide('new-1.approver', id);
  expect(body.decisions).toMatchObject([{ unit_id: ward.ward.id }]);
  const listed = await as('new-1.approver', 'GET', '/api/requests');
  expect(listed.items.map((one: Answer) => one.id)).toEqual([id]);
  expect((await as('new-2.approver', 'GET', '/api/requests')).items).toEqual([]);
});
