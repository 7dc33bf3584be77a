import { expect, it } from 'vitest';
import type { Contract } from './suite.ts';
import { camera, MINUTE, NOW, PAGE, RECORDER } from './world.ts';

const FIRST = 'aa'.repeat(32);
const OTHER = 'bb'.repeat(32);

const trialAt = (started_at_ms: number, device_key = '10.0.0.8') => ({
  ...{ account_id: 'account-1', device_key, started_at_ms },
  lease_until_ms: started_at_ms + MINUTE,
});
const LIMIT = { max: 10, since_ms: 0, keep_since_ms: 0 };

/** Where devices may be, what recorders are known by, and stills looked at while trying them. */
export const reachContract: Contract = (subject) => {
  it('keeps the blocks of addresses of a network and changes them', async () => {
    const { store } = subject();
    expect(await store.networks.byCode('LAN')).toMatchObject({ cidrs: [] });
    const network = { id: 'network-1', code: 'LAN', name: 'Mạng mới', cidrs: ['192.168.1.0/24', 'fd00::/8'] };
    expect(await store.networks.update(network)).toBe(true);
    expect(await store.networks.byId('network-1')).toEqual(network);
    expect(await store.networks.update({ ...network, id: 'nobody' })).toBe(false);
  });

  it('trusts the first certificate of a recorder and no second one', async () => {
    const { store } = subject();
    const { certificates } = store;
    expect(await certificates.trusted(RECORDER.id)).toBeNull();
    expect(await certificates.trustFirst(RECORDER.id, FIRST, NOW)).toBe(true);
    expect(await certificates.trustFirst(RECORDER.id, FIRST, NOW + 1)).toBe(true);
    expect(await certificates.trustFirst(RECORDER.id, OTHER, NOW + 1)).toBe(false);
    expect(await certificates.trusted(RECORDER.id)).toMatchObject({
      fingerprint_sha256: FIRST,
      first_seen_ms: NOW,
      confirmed_by: null,
    });
  });

  it('lets two processes that meet a recorder at once trust one and the same certificate', async () => {
    const { store } = subject();
    const told = await Promise.all(
      [FIRST, OTHER].map((one) => store.certificates.trustFirst(RECORDER.id, one, NOW)),
    );
    expect(told.filter(Boolean)).toHaveLength(1);
  });

  it('keeps a refused certificate until a technician confirms it in place of the old one', async () => {
    const { store } = subject();
    const { certificates } = store;
    await certificates.trustFirst(RECORDER.id, FIRST, NOW);
    await certificates.refused(RECORDER.id, OTHER, NOW + 1);
    await certificates.refused(RECORDER.id, OTHER, NOW + 2);
    expect(await certificates.trusted(RECORDER.id)).toMatchObject({ fingerprint_sha256: FIRST });
    await certificates.trust(RECORDER.id, OTHER, 'person-1', NOW + 3);
    const known = await certificates.ofRecorder(RECORDER.id);
    expect(known.map((one) => [one.fingerprint_sha256, one.is_trusted, one.confirmed_by])).toEqual([
      [OTHER, true, 'person-1'],
      [FIRST, true, null],
    ]);
    expect(known.map((one) => one.replaced_at_ms)).toEqual([null, NOW + 3]);
  });

  it('forgets what a recorder was known by, and trusts the same certificate anew', async () => {
    const { store } = subject();
    const { certificates } = store;
    await certificates.trustFirst(RECORDER.id, FIRST, NOW);
    await certificates.forget(RECORDER.id, NOW + 1);
    expect(await certificates.trusted(RECORDER.id)).toBeNull();
    expect(await certificates.trustFirst(RECORDER.id, FIRST, NOW + 2)).toBe(true);
    expect(await certificates.trusted(RECORDER.id)).toMatchObject({ fingerprint_sha256: FIRST });
  });

  it('counts and lists the stills that were looked at', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    const still = { account_id: 'account-1', person_id: 'person-1', camera_id: 'camera-1' };
    await store.probeStills.add({ ...still, at_ms: NOW, allowed_by: 'community' });
    await store.probeStills.add({ ...still, at_ms: NOW + MINUTE, allowed_by: 'owner_code' });
    expect(await store.probeStills.countSince({ account_id: 'account-1' }, NOW + 1)).toBe(1);
    expect(await store.probeStills.countSince({ camera_id: 'camera-1' }, NOW)).toBe(2);
    const { rows } = await store.probeStills.ofCamera('camera-1', PAGE);
    expect(rows.map((row) => row.allowed_by)).toEqual(['owner_code', 'community']);
  });

  it("takes an owner's code once, in time, and only the newest", async () => {
    const { store } = subject();
    const { probeStills } = store;
    await store.cameras.create(camera(1));
    await store.cameras.create(camera(2));
    const times = { made_at_ms: NOW, expires_at_ms: NOW + 10 * MINUTE };
    await probeStills.addCode('camera-1', '111111', times);
    await probeStills.addCode('camera-1', '222222', times);
    expect(await probeStills.useCode('camera-1', '111111', NOW)).toBe(false);
    expect(await probeStills.useCode('camera-2', '222222', NOW)).toBe(false);
    expect(await probeStills.useCode('camera-1', '222222', NOW + 10 * MINUTE)).toBe(false);
    expect(await probeStills.useCode('camera-1', '222222', NOW + 1)).toBe(true);
    expect(await probeStills.useCode('camera-1', '222222', NOW + 2)).toBe(false);
  });

  it('lets one trial run at a time for an account, and for a device', async () => {
    const { probeTrials } = subject().store;
    const trial = trialAt(NOW);
    const told = await Promise.all([
      probeTrials.begin(trial, LIMIT),
      probeTrials.begin({ ...trial, device_key: '10.0.0.9' }, LIMIT),
    ]);
    expect(told.filter((one) => 'id' in one)).toHaveLength(1);
    expect(told.find((one) => 'refusal' in one)).toEqual({ refusal: 'account_busy' });
    const other = { ...trial, account_id: 'account-2' };
    const [first] = told.filter((one) => 'id' in one);
    const device_key = told[0] === first ? trial.device_key : '10.0.0.9';
    expect(await probeTrials.begin({ ...other, device_key }, LIMIT)).toEqual({ refusal: 'device_busy' });
    await probeTrials.end(first!.id, NOW + 1, null);
    expect(await probeTrials.begin({ ...other, device_key }, LIMIT)).toHaveProperty('id');
    expect(await probeTrials.begin(trialAt(NOW + 2, 'elsewhere'), LIMIT)).toHaveProperty('id');
  });

  it('ends the trial of a process that died with its lease', async () => {
    const { probeTrials } = subject().store;
    await probeTrials.begin(trialAt(NOW), LIMIT);
    expect(await probeTrials.begin(trialAt(NOW + MINUTE - 1), LIMIT)).toEqual({ refusal: 'account_busy' });
    expect(await probeTrials.begin(trialAt(NOW + MINUTE), LIMIT)).toHaveProperty('id');
  });

  it('counts the trials of an account, and forgets old ones with what they refused', async () => {
    const { probeTrials } = subject().store;
    for (const at_ms of [NOW, NOW + 1]) {
      const begun = await probeTrials.begin(trialAt(at_ms), LIMIT);
      await probeTrials.end((begun as { id: string }).id, at_ms, at_ms === NOW ? 'sealed' : null);
    }
    const limit = { ...LIMIT, max: 2 };
    expect(await probeTrials.begin(trialAt(NOW + 2), limit)).toEqual({ refusal: 'too_often' });
    expect(await probeTrials.refusals('10.0.0.8', NOW)).toEqual([{ at_ms: NOW, refused_account: 'sealed' }]);
    expect(await probeTrials.refusals('10.0.0.8', NOW + 1)).toEqual([]);
    expect(await probeTrials.refusals('10.0.0.9', NOW)).toEqual([]);
    const later = { ...limit, since_ms: NOW + 1 };
    expect(await probeTrials.begin(trialAt(NOW + 2), { ...later, keep_since_ms: NOW + 1 })).toHaveProperty(
      'id',
    );
    expect(await probeTrials.refusals('10.0.0.8', NOW)).toEqual([]);
  });

  it('finds recorders by the devices they are, in whatever network', async () => {
    const { store } = subject();
    expect(await store.recorders.withDeviceKeys(['127.0.0.1', '10.0.0.1'])).toMatchObject([{ code: 'R1' }]);
    expect(await store.recorders.withDeviceKeys(['10.0.0.1'])).toEqual([]);
  });

  it("ends an owner's code after five wrong tries", async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    await store.probeStills.addCode('camera-1', '123456', {
      made_at_ms: NOW,
      expires_at_ms: NOW + 10 * MINUTE,
    });
    for (let i = 0; i < 5; i += 1) await store.probeStills.useCode('camera-1', `00000${i}`, NOW);
    expect(await store.probeStills.useCode('camera-1', '123456', NOW)).toBe(false);
  });
};
