import { expect, it } from 'vitest';
import type { Contract } from './suite.ts';
import { camera, NOW, RECORDER } from './world.ts';

const RELEASE = { at_ms: NOW, person_id: 'person-1' };

/** What households hold of devices. */
export const householdDevicesContract: Contract = (subject) => {
  const claims = async (address: string) =>
    (await subject().store.householdDevices.claims('network-1', address)).map(
      ({ camera_code, source_token }) => [camera_code, source_token],
    );

  it('outlive retirement, another recorder and another address, until they are let go', async () => {
    const { store } = subject();
    const recorder = { ...RECORDER, id: 'recorder-h', code: 'RH', device_url: 'http://10.9.0.1/a' };
    await store.recorders.create(recorder);
    await store.recorders.create({ ...recorder, id: 'recorder-i', code: 'RI', device_url: null });
    const tied = { recorder_id: 'recorder-h', kind: 'household' } as const;
    await store.cameras.create(camera(91, { ...tied, source_token: 'ch1' }));
    const moved = camera(92, { ...tied, source_token: null });
    await store.cameras.create(moved);
    await store.cameras.create(camera(93, { ...tied, kind: 'community', source_token: 'ch3' }));
    await store.recorders.update({ ...recorder, device_url: 'http://10.9.0.2/a' });
    await store.cameras.retire('camera-91', NOW);
    await store.cameras.update({ ...moved, recorder_id: 'recorder-i' });
    const both = [
      [camera(91).code, 'ch1'],
      [moved.code, null],
    ];
    expect(await claims('https://10.9.0.1/')).toEqual(both);
    expect(await claims('http://10.9.0.2/')).toEqual(both);
    expect(await store.householdDevices.claims('network-2', 'http://10.9.0.2/')).toEqual([]);
    expect(await store.householdDevices.release('network-1', 'http://10.9.0.2/', RELEASE)).toEqual([
      camera(91).code,
      moved.code,
    ]);
    expect(await claims('http://10.9.0.2/')).toEqual([]);
    expect(await claims('http://10.9.0.1/')).toEqual(both);
  });

  it('of cameras in use are not let go, and begin again when the camera comes back', async () => {
    const { store } = subject();
    const recorder = { ...RECORDER, id: 'recorder-j', code: 'RJ', device_url: 'http://10.9.0.3/' };
    await store.recorders.create(recorder);
    await store.recorders.create({ ...recorder, id: 'recorder-k', code: 'RK', device_url: null });
    const one = camera(94, { recorder_id: 'recorder-j', kind: 'household' });
    await store.cameras.create(one);
    const release = () => store.householdDevices.release('network-1', 'http://10.9.0.3/', RELEASE);
    expect(await release()).toEqual([]);
    await store.cameras.update({ ...one, recorder_id: 'recorder-k' });
    expect(await release()).toEqual([one.code]);
    await store.cameras.update(one);
    expect(await claims('http://10.9.0.3/')).toEqual([[one.code, 'source-94']]);
  });
};
