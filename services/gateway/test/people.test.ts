import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorld, PASSWORD, trailOf, type World } from './world.ts';

let world: World;
let session: string;
beforeEach(async () => {
  world = await createWorld();
  await world.addAccount('quantri', [{ role: 'administrator', unit_id: world.ward.id }]);
  session = await world.sessionOf('quantri');
});
afterEach(() => world.close());

const post = (url: string, payload?: object) =>
  world.send({ method: 'POST', url, session, ...(payload === undefined ? {} : { payload }) });

async function addPerson(badge_number: string): Promise<string> {
  return (await post('/api/persons', { badge_number, full_name: 'Nguyễn Văn An' })).json().id;
}

async function addAccount(person_id: string, login: string, unit_id: string, password = PASSWORD) {
  return post('/api/accounts', { person_id, login, password, appointments: [{ role: 'officer', unit_id }] });
}

test('a person gets an account and signs in with it', async () => {
  const created = await addAccount(await addPerson('CA-1'), 'an', world.ward.id);
  expect(created.statusCode).toBe(201);
  expect(created.body).not.toContain('argon2');
  expect((await world.signIn('an')).statusCode).toBe(200);
});

test('one person may have two accounts, and both name the same person', async () => {
  const person_id = await addPerson('CA-1');
  await addAccount(person_id, 'an', world.ward.id);
  await addAccount(person_id, 'an.duyet', world.ward.id);
  const persons = await Promise.all(['an', 'an.duyet'].map((login) => world.signIn(login)));
  expect(persons.map((response) => response.json().person_id)).toEqual([person_id, person_id]);
});

test('a badge number or a login that is taken is told as such', async () => {
  const person_id = await addPerson('CA-1');
  expect((await post('/api/persons', { badge_number: 'CA-1', full_name: 'Ai' })).json().code).toBe(
    'ALREADY_EXISTS',
  );
  await addAccount(person_id, 'an', world.ward.id);
  expect((await addAccount(person_id, 'an', world.ward.id)).json().code).toBe('ALREADY_EXISTS');
});

test('an administrator of one ward appoints nobody at another', async () => {
  const response = await addAccount(await addPerson('CA-1'), 'an', world.other_ward.id);
  expect([response.statusCode, response.json().code]).toEqual([403, 'FORBIDDEN_UNIT']);
  expect(await world.store.people.accountByLogin('an')).toBeNull();
});

test('who is no administrator manages nobody', async () => {
  await addAccount(await addPerson('CA-1'), 'an', world.ward.id);
  const officer = await world.sessionOf('an');
  const response = await world.send({ method: 'GET', url: '/api/accounts', session: officer });
  expect([response.statusCode, response.json().code]).toEqual([403, 'FORBIDDEN']);
});

test('a short password is refused with the length it takes', async () => {
  const response = await addAccount(await addPerson('CA-1'), 'an', world.ward.id, 'ngắn');
  expect(response.json()).toMatchObject({ code: 'PASSWORD_TOO_SHORT', details: { chars_min: 10 } });
});

test('closing an account is done once, is in the trail, and shows in the list', async () => {
  const { id } = (await addAccount(await addPerson('CA-1'), 'an', world.ward.id)).json();
  expect((await post(`/api/accounts/${id}/close`)).json().status).toBe('closed');
  expect((await post(`/api/accounts/${id}/close`)).json().status).toBe('closed');
  const trail = await trailOf(world.store);
  expect(trail.filter((event) => event.act === 'account.close')).toHaveLength(1);
  const list = await world.send({ method: 'GET', url: '/api/accounts', session });
  const states = Object.fromEntries(
    list.json().items.map((one: { login: string; status: string }) => [one.login, one.status]),
  );
  expect(states).toEqual({ quantri: 'active', an: 'closed' });
});

test('the account in use does not close itself', async () => {
  const { account_id } = (await world.send({ method: 'GET', url: '/api/session', session })).json();
  expect((await post(`/api/accounts/${account_id}/close`)).json().code).toBe('OWN_ACCOUNT');
});

test('a ward lies below a province', async () => {
  const ward = { code: 'QX', name: 'Quảng Xương', level: 'ward', valid_from_ms: 0 };
  await world.addAccount('tinh', [{ role: 'administrator', unit_id: world.province.id }]);
  session = await world.sessionOf('tinh');
  expect((await post('/api/units', { ...ward, parent_id: world.ward.id })).json().code).toBe('UNIT_LEVEL');
  const created = await post('/api/units', { ...ward, parent_id: world.province.id });
  expect(created.json()).toMatchObject({ code: 'QX', parent_id: world.province.id });
});

test('an administrator gives a forgotten password anew, over their own units only', async () => {
  const { id } = (await addAccount(await addPerson('CA-1'), 'an', world.ward.id)).json();
  await world.addAccount('khac', [{ role: 'officer', unit_id: world.other_ward.id }]);
  const other = await world.store.people.accountByLogin('khac');
  const put = (account_id: string) =>
    world.send({
      method: 'PUT',
      url: `/api/accounts/${account_id}/password`,
      session,
      payload: { password: 'mật khẩu đặt lại' },
    });
  expect((await put(id)).statusCode).toBe(204);
  expect((await world.signIn('an', 'mật khẩu đặt lại')).statusCode).toBe(200);
  expect((await put(other!.account.id)).json().code).toBe('FORBIDDEN_UNIT');
});

test('an administrator opens no account for themselves, nor takes another one of theirs; the trail says so', async () => {
  const { account_id } = (await world.send({ method: 'GET', url: '/api/session', session })).json();
  const own = (await world.store.people.accountById(account_id))!.person.id;
  const refused = await addAccount(own, 'quantri.duyet', world.ward.id);
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'OWN_PERSON']);
  expect(await world.store.people.accountByLogin('quantri.duyet')).toBeNull();
  expect((await trailOf(world.store))[0]).toMatchObject({
    ...{ act: 'account.manage', outcome: 'denied', subject_kind: 'person', subject_id: own },
    ...{ person_id: own, unit_id: world.ward.id, details: { code: 'OWN_PERSON' } },
  });

  await world.store.people.createAccount(
    { id: 'SECOND', person_id: own, login: 'thu.hai', status: 'active', created_at_ms: 0 },
    'x',
    [{ role: 'approver', unit_id: world.ward.id }],
  );
  const put = (id: string) =>
    world.send({
      ...{ method: 'PUT', url: `/api/accounts/${id}/password`, session },
      payload: { password: 'mật khẩu đặt lại' },
    });
  expect((await put('SECOND')).json().code).toBe('OWN_PERSON');
  expect((await put(account_id)).statusCode).toBe(204);
});

test('nobody is appointed at a ward that has ended; the refusal names its successor', async () => {
  const person_id = await addPerson('CA-1');
  await world.store.units.end(world.ward.id, world.time.now_ms(), [world.other_ward.id]);
  const response = await addAccount(person_id, 'an', world.ward.id);
  expect([response.statusCode, response.json().code]).toEqual([409, 'UNIT_NO_LONGER']);
  expect(response.json().message.vi).toContain(world.other_ward.code);
});
