import type { Scheme } from '@minhchung/domain';
import { expect, it } from 'vitest';
import type { Contract } from './suite.ts';
import { agreement, box, camera, NOW, RECORDER } from './world.ts';

const CREDENTIALS = { username: 'admin', password: 'mật-khẩu-bí-mật' };

export const editingContract: Contract = (subject) => {
  it('changes a scheme and a site, and says when there is none', async () => {
    const { store } = subject();
    const scheme: Scheme = {
      ...{ id: 'scheme-1', unit_id: 'ward-1', code: 'MH-1', name: 'Camera an ninh', launched_at_ms: 0 },
      ...{ status: 'active', ended_at_ms: null },
    };
    await store.schemes.create(scheme);
    await store.sites.create({ id: 'site-1', scheme_id: 'scheme-1', code: 'D-1', name: 'Ngã tư' });
    const ended: Scheme = { ...scheme, status: 'ended', ended_at_ms: NOW };
    expect(await store.schemes.update(ended)).toBe(true);
    expect(await store.schemes.byId('scheme-1')).toEqual(ended);
    expect(await store.schemes.update({ ...ended, id: 'none' })).toBe(false);
    const renamed = { id: 'site-1', scheme_id: 'scheme-1', code: 'D-1', name: 'Cổng chợ' };
    expect(await store.sites.update(renamed)).toBe(true);
    expect(await store.sites.byId('site-1')).toEqual(renamed);
  });

  it('lets two who change the same camera take turns', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1, { name: '' }));
    const add = (word: string) =>
      store.transaction(async (tx) => {
        const before = (await tx.cameras.lock('camera-1'))!;
        await tx.cameras.update({ ...before, name: `${before.name}${word}` });
      });
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(add));
    expect([...(await store.cameras.byId('camera-1'))!.name].sort().join('')).toBe('abcdef');
  });

  it('finds the recorders at the address of a device, however it is written, in that network only', async () => {
    const { store } = subject();
    await store.recorders.create({ ...RECORDER, id: 'r2', code: 'R2', device_url: 'http://NVR.local:80/a' });
    await store.recorders.create({
      ...{ ...RECORDER, id: 'r3', code: 'R3' },
      ...{ network_id: 'network-2', device_url: 'http://nvr.local/a' },
    });
    const codes = async (network_id: string, address: string) =>
      (await store.recorders.atDevice(network_id, address)).map(({ code }) => code);
    expect(await codes('network-1', 'https://nvr.LOCAL./b')).toEqual(['R2']);
    expect(await codes('network-1', 'http://nvr.local:8080/a')).toEqual([]);
    await store.recorders.update({ ...RECORDER, device_url: 'http://nvr.local/c' });
    expect(await codes('network-1', 'http://nvr.local/')).toEqual(['R1', 'R2']);
    expect(await codes('network-2', 'http://nvr.local/')).toEqual(['R3']);
  });

  it("lists an owner's cameras, retired ones too", async () => {
    const { store } = subject();
    await store.owners.create({ id: 'owner-1', name: 'Lê Thị Hoa', phone: null, address: null });
    await store.cameras.create(camera(1, { owner_id: 'owner-1' }));
    await store.cameras.create(camera(2, { owner_id: 'owner-1', retired_at_ms: NOW, mounting: 'pole' }));
    await store.cameras.create(camera(3));
    expect(await store.cameras.ofOwner('owner-1')).toMatchObject([
      { id: 'camera-1', mounting: null },
      { id: 'camera-2', mounting: 'pole' },
    ]);
  });

  it('keeps the terms of an agreement as they were made and takes what is known of it later', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    await store.agreements.create(agreement());
    const later = {
      ...{ confirmed_at_ms: NOW + 5, notice: { given_at_ms: NOW, how: 'Bảng ở cổng' } },
      ...{ power_host: 'Nhà văn hoá', network_host: 'Tổ dân phố 3' },
    };
    expect(await store.agreements.update(agreement({ ...later, mode: 'ask_first', purposes: [] }))).toBe(
      true,
    );
    expect(await store.agreements.byId('agreement-1')).toEqual(agreement(later));
  });

  it('remembers the channels a device told of, by their newest names', async () => {
    const { store } = subject();
    const see = (at_ms: number, ...channels: { source_token: string; name: string | null }[]) =>
      store.channels.see('recorder-1', channels, at_ms);
    await see(NOW, { source_token: 'b', name: 'Cổng' }, { source_token: 'a', name: null });
    await see(NOW + 1, { source_token: 'b', name: 'Cổng' }, { source_token: 'a', name: 'Sân' });
    await see(NOW + 2, { source_token: 'b', name: 'Cổng' }, { source_token: 'a', name: null });
    const recorder_id = 'recorder-1';
    expect(await store.channels.ofRecorder(recorder_id)).toEqual([
      { recorder_id, source_token: 'a', name: 'Sân', seen_at_ms: NOW + 1 },
      { recorder_id, source_token: 'b', name: 'Cổng', seen_at_ms: NOW },
    ]);
  });

  it('keeps the credentials of a recorder for its community camera when a household behind it withdraws', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    await store.cameras.create(camera(2, { kind: 'household' }));
    await store.agreements.create(agreement({ camera_id: 'camera-2' }));
    await store.credentials.set('recorder-1', CREDENTIALS, box, NOW);
    expect(await store.agreements.withdraw('agreement-1', NOW)).toEqual({
      ...{ withdrawn: true, credentials_destroyed: false },
    });
    expect(await store.credentials.open('recorder-1', box)).toEqual(CREDENTIALS);
    expect((await store.cameras.byId('camera-2'))?.reach).toBe('owner_only');
    expect((await store.cameras.byId('camera-1'))?.reach).toBe('polled');
  });

  it('destroys them when the community camera behind the recorder is retired already', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1, { retired_at_ms: NOW - 1 }));
    await store.cameras.create(camera(2, { kind: 'household' }));
    await store.agreements.create(agreement({ camera_id: 'camera-2' }));
    await store.credentials.set('recorder-1', CREDENTIALS, box, NOW);
    expect(await store.agreements.withdraw('agreement-1', NOW)).toMatchObject({
      credentials_destroyed: true,
    });
  });

  it('leaves a household camera in reach while another of its agreements goes on', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1, { kind: 'household' }));
    await store.agreements.create(agreement());
    await store.agreements.create(agreement({ id: 'agreement-2' }));
    await store.agreements.withdraw('agreement-1', NOW);
    expect((await store.cameras.byId('camera-1'))?.reach).toBe('polled');
    await store.agreements.withdraw('agreement-2', NOW);
    expect((await store.cameras.byId('camera-1'))?.reach).toBe('owner_only');
  });
};
