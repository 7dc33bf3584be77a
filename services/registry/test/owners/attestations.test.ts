import { networkRules } from '@minhchung/settings';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reportNetwork } from '../../../accounting/src/network/network-report.ts';
import { ageAttestations } from '../../src/owners/attest.ts';
import { createOwnersWorld, DAY_MS, NOW_MS, type OwnersWorld, PAGE } from './world.ts';

const HOUR_MS = 3_600_000;

let world: OwnersWorld;
beforeEach(async () => {
  world = await createOwnersWorld();
});
afterEach(() => world.close());

const visit = (works: boolean, at_ms?: number, session = world.technician) =>
  world.post(
    '/api/cameras/CAMERA/attestations',
    { works, ...(at_ms === undefined ? {} : { at_ms }) },
    session,
  );
const current = async () => (await world.store.observations.current(['CAMERA']))[0];
const found = async (state: 'online' | 'offline' | 'unknown') =>
  (await world.store.cameras.list({ state }, PAGE)).rows.length;
const age = (days: number) => ageAttestations(world.deps)(NOW_MS + days * DAY_MS);

describe('a camera that only its owner reaches', () => {
  test('has the state a visit found, wherever states are listed and filtered', async () => {
    expect(await found('unknown')).toBe(1);
    expect((await visit(true)).statusCode).toBe(204);
    expect(await current()).toMatchObject({ state: 'online', reason: 'attested_visit', from_ms: NOW_MS });
    expect([await found('online'), await found('unknown')]).toEqual([1, 0]);
    world.time.advance(HOUR_MS);
    await visit(false);
    expect([await found('online'), await found('offline')]).toEqual([0, 1]);
    const listed = (await world.get('/api/cameras/CAMERA/attestations', world.technician)).json().items;
    expect(listed.map(({ works }: { works: boolean }) => works)).toEqual([false, true]);
    expect(await world.trail()).toEqual(expect.arrayContaining(['camera.attest', 'camera.state_changed']));
  });

  test('ages to unknown at the moment its word is too old, and stays so', async () => {
    await visit(true);
    expect(await age(179)).toBe(0);
    expect(await found('online')).toBe(1);
    expect(await age(181)).toBe(1);
    expect(await current()).toMatchObject({
      ...{ state: 'unknown', reason: 'attestation_old', from_ms: NOW_MS + 180 * DAY_MS },
    });
    expect(await age(182)).toBe(0);
  });

  test('counts in the report on the network over both denominators', async () => {
    await world.store.cameras.create({ ...world.camera, id: 'C2', code: 'HG-02', source_token: '2' });
    await visit(true);
    const { store, time, settings, ward } = world;
    const report = reportNetwork({ store, time }, networkRules(settings));
    const shares = async () => {
      const { working_of_all, working_of_known } = (await report([ward.id])).household;
      return [working_of_all, working_of_known];
    };
    expect(await shares()).toEqual([0.5, 1]);
    time.advance(181 * DAY_MS);
    await age(181);
    expect(await shares()).toEqual([0, null]);
  });

  test('keeps the newest word, when an older visit is told later', async () => {
    world.time.advance(HOUR_MS);
    await visit(true);
    await visit(false, NOW_MS);
    expect(await current()).toMatchObject({ state: 'online', from_ms: NOW_MS + HOUR_MS });
  });

  test('is not known any more by what was polled before its owner alone could reach it', async () => {
    await world.store.observations.record('CAMERA', 'online', 'ok', NOW_MS - 1);
    expect(await age(0)).toBe(1);
    expect(await current()).toMatchObject({ state: 'unknown', reason: 'never_attested' });
  });
});

test('a word about a polled camera is kept, and the polls go on telling its state', async () => {
  await world.store.cameras.update({ ...world.camera, reach: 'polled' });
  await world.store.observations.record('CAMERA', 'offline', 'timeout', NOW_MS - 1);
  await visit(true);
  expect(await current()).toMatchObject({ state: 'offline', reason: 'timeout' });
  expect((await world.store.attestations.history('CAMERA', PAGE)).rows).toHaveLength(1);
});

test.each([
  ['in the future', NOW_MS + 1],
  ['before the camera was registered', NOW_MS - 2 * DAY_MS],
])('a visit %s is refused', async (_, at_ms) => {
  expect((await visit(true, at_ms)).json().code).toBe('ATTESTATION_NOT_YET');
});

test('a visit is recorded by technicians of the ward only', async () => {
  const refused = await visit(true, undefined, await world.sessionOf('other'));
  expect(refused.json().code).toBe('FORBIDDEN_UNIT');
});
