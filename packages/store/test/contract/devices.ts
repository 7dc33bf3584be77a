import { expect, it } from 'vitest';
import type { Contract } from './suite.ts';
import { agreement, box, camera, MINUTE, NOW, PAGE, RECORDER } from './world.ts';

const CREDENTIALS = { username: 'admin', password: 'mật-khẩu-bí-mật' };

export const devicesContract: Contract = (subject) => {
  it('gives back a camera and a recorder exactly as they were put in', async () => {
    const { store } = subject();
    const placed = camera(1, {
      aim_point: { latitude_deg: 19.81, longitude_deg: 105.78 },
      field_of_view_deg: 82.5,
    });
    await store.cameras.create(placed);
    expect(await store.cameras.byCode('C001')).toEqual(placed);
    const folder = {
      path: '/srv/footage',
      pattern: '%Y-%m-%d_%H-%M-%S.mp4',
      zone: 'Asia/Ho_Chi_Minh',
    } as const;
    const recorder = {
      ...RECORDER,
      id: 'recorder-2',
      code: 'R2',
      kind: 'folder',
      device_url: null,
      folder,
    } as const;
    await store.recorders.create(recorder);
    expect(await store.recorders.byId('recorder-2')).toEqual(recorder);
    expect(await store.recorders.byCode('R1')).toEqual(RECORDER);
  });

  it('refuses a camera twice, by its code and by its source on the recorder', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    const same_code = camera(2, { code: 'C001' });
    await expect(store.cameras.create(same_code)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    const same_source = camera(2, { source_token: 'source-1' });
    await expect(store.cameras.create(same_source)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await store.cameras.retire('camera-1', NOW)).toBe(true);
    await store.cameras.create(same_source);
  });

  it('goes on in a transaction after a refused duplicate', async () => {
    const { store } = subject();
    await store.transaction(async (tx) => {
      await tx.cameras.create(camera(1));
      await tx.cameras.create(camera(1)).catch(() => {});
      await tx.cameras.create(camera(2));
    });
    expect((await store.cameras.list({}, PAGE)).rows).toHaveLength(2);
  });

  it('finds cameras by words of name and owner, without case and diacritics', async () => {
    const { store } = subject();
    await store.owners.create({ id: 'owner-1', name: 'Nguyễn Thị Đào', phone: null, address: 'Ngõ 5' });
    await store.cameras.create(camera(1, { name: 'Ngã tư Đông Vệ', owner_id: 'owner-1' }));
    await store.cameras.create(camera(2, { name: 'Đông Sơn 100%' }));
    const found = async (text: string) =>
      (await store.cameras.list({ text }, PAGE)).rows.map((row) => row.id);
    expect(await found('dong ve')).toEqual(['camera-1']);
    expect(await found('DAO đông')).toEqual(['camera-1']);
    expect(await found('đông')).toEqual(['camera-1', 'camera-2']);
    expect(await found('100%')).toEqual(['camera-2']);
    expect(await found('1%0')).toEqual([]);
    await store.owners.update({ id: 'owner-1', name: 'Lê Văn Tám', phone: null, address: null });
    expect(await found('le van tam')).toEqual(['camera-1']);
  });

  it('filters cameras by unit, kind and current state; one never observed is unknown', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    await store.cameras.create(camera(2, { kind: 'household', unit_id: 'ward-2' }));
    await store.observations.record('camera-1', 'online', 'ok', NOW);
    const ids = async (filter: Parameters<typeof store.cameras.list>[0]) =>
      (await store.cameras.list(filter, PAGE)).rows.map((row) => row.id);
    expect(await ids({ state: 'online' })).toEqual(['camera-1']);
    expect(await ids({ state: 'unknown' })).toEqual(['camera-2']);
    expect(await ids({ kind: 'household' })).toEqual(['camera-2']);
    expect(await ids({ unit_ids: ['ward-1'] })).toEqual(['camera-1']);
    expect(await ids({ unit_ids: [] })).toEqual([]);
  });

  it('pages through a list without missing or repeating a row, whatever the locale', async () => {
    const { store } = subject();
    const codes = ['a', 'B', 'c', 'Đ', 'e', 'É', '_1', 'Z'];
    for (const [n, code] of codes.entries()) await store.cameras.create(camera(n, { code }));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof store.cameras.list>> = await store.cameras.list(
        {},
        { limit: 3, after },
      );
      seen.push(...page.rows.map((row) => row.code));
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual(['B', 'Z', '_1', 'a', 'c', 'e', 'É', 'Đ']);
  });

  it('refuses a page that no list gave out', async () => {
    const { store } = subject();
    const cursor = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');
    for (const after of ['nonsense', cursor({}), cursor(1), cursor('\0'), '']) {
      await expect(store.cameras.list({}, { limit: 3, after })).rejects.toMatchObject({
        code: 'PAGE_INVALID',
      });
    }
    for (const after of [cursor('x', 'y'), cursor(1, 2), cursor(1e300, 'y')]) {
      await expect(store.cases.list({}, { limit: 3, after })).rejects.toMatchObject({ code: 'PAGE_INVALID' });
    }
    await expect(store.cameras.list({}, { limit: 0, after: null })).rejects.toMatchObject({
      code: 'PAGE_INVALID',
    });
    await expect(store.cameras.list({}, { limit: 9999, after: null })).rejects.toMatchObject({
      code: 'PAGE_INVALID',
    });
  });

  it('finds the cameras in use within a box', async () => {
    const { store } = subject();
    for (const n of [1, 2, 3]) await store.cameras.create(camera(n));
    await store.cameras.retire('camera-2', NOW);
    const around = { south_deg: 19.8, north_deg: 19.8025, west_deg: 105.7, east_deg: 105.8 };
    expect((await store.cameras.nearPoint(around, 10)).map((row) => row.id)).toEqual(['camera-1']);
  });

  it('opens the credentials of the recorder they were sealed for, and of no other', async () => {
    const { store } = subject();
    await store.credentials.set('recorder-1', CREDENTIALS, box, NOW);
    await store.credentials.set('recorder-1', CREDENTIALS, box, NOW + 1);
    expect(await store.credentials.open('recorder-1', box)).toEqual(CREDENTIALS);
    expect(await store.credentials.open('recorder-2', box)).toBeNull();
    expect(await store.credentials.has('recorder-1')).toBe(true);
    expect(await store.credentials.destroy('recorder-1')).toBe(true);
    expect(await store.credentials.open('recorder-1', box)).toBeNull();
  });

  it('destroys the credentials when the last agreement on the recorder is withdrawn', async () => {
    const { store } = subject();
    for (const n of [1, 2]) {
      await store.cameras.create(camera(n, { kind: 'household' }));
      await store.agreements.create(agreement({ id: `agreement-${n}`, camera_id: `camera-${n}` }));
    }
    await store.credentials.set('recorder-1', CREDENTIALS, box, NOW);
    const first = await store.agreements.withdraw('agreement-1', NOW);
    expect(first).toEqual({ withdrawn: true, credentials_destroyed: false });
    const last = await store.agreements.withdraw('agreement-2', NOW);
    expect(last).toEqual({ withdrawn: true, credentials_destroyed: true });
    expect(await store.credentials.has('recorder-1')).toBe(false);
    expect(await store.agreements.withdraw('agreement-2', NOW)).toMatchObject({ withdrawn: false });
  });

  it('tells the newest agreement in force at a moment', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    const old = agreement({
      id: 'old',
      valid_from_ms: NOW - 9 * MINUTE,
      hours: { from_minute: 0, to_minute: 60 },
    });
    const newer = agreement({
      id: 'newer',
      allows_audio: true,
      valid_from_ms: NOW - MINUTE,
      valid_to_ms: NOW + MINUTE,
    });
    await store.agreements.create(old);
    await store.agreements.create(newer);
    expect(await store.agreements.validAt(['camera-1'], NOW)).toEqual([newer]);
    expect(await store.agreements.validAt(['camera-1'], NOW + MINUTE)).toEqual([old]);
    expect(await store.agreements.validAt(['camera-1'], NOW - 10 * MINUTE)).toEqual([]);
    expect((await store.agreements.ofCamera('camera-1')).map(({ id }) => id)).toEqual(['newer', 'old']);
  });
};
