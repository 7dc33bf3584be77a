import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Answer, createWard, NOW_MS, PLACE, WANTED, type Ward } from './ward.ts';

let ward: Ward;
beforeEach(async () => {
  ward = await createWard();
  await ward.addCamera('C-1');
  await ward.store.units.end(ward.ward.id, NOW_MS, [ward.other_ward.id]);
});
afterEach(() => ward.close());

const post = async (url: string, payload: object): Promise<Answer> =>
  (await ward.as('officer', { method: 'POST', url, payload })).body;

test('a ward that has ended takes no new request, and the refusal names its successor', async () => {
  const body = await post('/api/requests', ward.draft());
  expect(body.code).toBe('UNIT_NO_LONGER');
  expect(body.message.vi).toContain(ward.other_ward.code);
  expect((await post('/api/requests/preview', ward.draft())).problems).toMatchObject([
    { code: 'UNIT_NO_LONGER', path: 'unit_id' },
  ]);
});

test('nor a new case, nor an incident', async () => {
  const unit_id = ward.ward.id;
  const opened = await post('/api/cases', { unit_id, number: '13/HS', title: 'Trộm' });
  const incident = { unit_id, category: 'trộm cắp tài sản', summary: 'Mất xe', span: WANTED };
  const filed = await post('/api/incidents', { ...incident, position: PLACE });
  expect([opened.code, filed.code]).toEqual(['UNIT_NO_LONGER', 'UNIT_NO_LONGER']);
});
