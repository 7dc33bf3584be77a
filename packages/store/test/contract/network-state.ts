import { attestedState, type ClockOffsetEstimate } from '@minhchung/domain';
import { expect, it } from 'vitest';
import type { Store } from '../../src/index.ts';
import type { Contract } from './suite.ts';
import { camera, item, MINUTE, NOW, RECORDER, request } from './world.ts';

const DAY = 86_400_000;
const UNITS = ['province', 'ward-1', 'ward-2'];
const RULES = { now_ms: NOW, stale_after_ms: 60 * MINUTE, attestation_valid_ms: 180 * DAY };

async function addScheme(store: Store, id: string): Promise<void> {
  const scheme = { id, unit_id: 'ward-1', code: id, name: id, launched_at_ms: NOW - DAY };
  await store.schemes.create({ ...scheme, status: 'active', ended_at_ms: null });
  await store.sites.create({ id: `${id}-site`, scheme_id: id, code: `${id}-1`, name: id });
}

export const networkStateContract: Contract = (subject) => {
  it('counts cameras by unit, scheme, kind and state, and what they ever did and hold', async () => {
    const { store } = subject();
    await addScheme(store, 'S1');
    await store.cameras.create(camera(1, { site_id: 'S1-site' }));
    await store.cameras.create(camera(2, { site_id: 'S1-site' }));
    await store.cameras.create(camera(3));
    await store.cameras.create(camera(4, { retired_at_ms: NOW }));
    await store.observations.record('camera-1', 'online', 'ok', NOW - MINUTE);
    await store.observations.record('camera-2', 'online', 'ok', NOW - 5 * MINUTE);
    await store.observations.record('camera-2', 'offline', 'timeout', NOW - MINUTE);
    const held = { camera_id: 'camera-1', observed_at_ms: NOW, retained_to_device_ms: NOW };
    await store.coverage.record({ ...held, retained_from_device_ms: NOW - 3 * DAY });
    const groups = await store.networkState.cameraGroups(UNITS, RULES);
    const in_scheme = groups.filter((group) => group.scheme_id === 'S1');
    expect(in_scheme.sort((a, b) => (a.state < b.state ? -1 : 1))).toEqual([
      {
        ...{ unit_id: 'ward-1', scheme_id: 'S1', kind: 'community', state: 'offline', cameras: 1 },
        ...{ ever_worked: 1, worked_at_ms: NOW - 5 * MINUTE, holding_known: 0, holding: 0 },
      },
      {
        ...{ unit_id: 'ward-1', scheme_id: 'S1', kind: 'community', state: 'online', cameras: 1 },
        ...{ ever_worked: 1, worked_at_ms: NOW - MINUTE, holding_known: 1, holding: 1 },
      },
    ]);
    expect(groups.filter((group) => group.scheme_id === null)).toMatchObject([
      { state: 'unknown', cameras: 1, ever_worked: 0, worked_at_ms: null },
    ]);
    expect(await store.networkState.cameraGroups(['ward-2'], RULES)).toEqual([]);
    expect([...(await store.networkState.sitesPerScheme(UNITS))]).toEqual([['S1', 1]]);
    expect(await store.networkState.heldDays(UNITS)).toEqual([{ days: 3, cameras: 1 }]);
  });

  it('counts the same whether its units are asked in one question or in many', async () => {
    const { store } = subject();
    const others = Array.from({ length: 90 }, (_, n) => `nobody-${n}`);
    const many = [...others.slice(0, 45), 'ward-2', ...others.slice(45), 'ward-1'];
    await store.cameras.create(camera(1));
    await store.cameras.create(camera(2, { unit_id: 'ward-2' }));
    const held = { observed_at_ms: NOW, retained_to_device_ms: NOW, retained_from_device_ms: NOW - 3 * DAY };
    await store.coverage.record({ camera_id: 'camera-1', ...held });
    await store.coverage.record({ camera_id: 'camera-2', ...held });
    const trouble = { kind: 'offline', subject_kind: 'recorder', camera_id: null, details: {} } as const;
    const at = { ...trouble, subject_id: 'recorder-1', recorder_id: 'recorder-1' };
    await store.findings.open({ ...at, unit_id: 'ward-1', since_ms: NOW - 5 }, NOW);
    const other = { ...at, kind: 'clock_off', unit_id: 'ward-2', since_ms: NOW - 9 } as const;
    await store.findings.open(other, NOW);
    const { networkState } = store;
    const groups = await networkState.cameraGroups(many, RULES);
    expect(groups.map(({ unit_id, cameras }) => [unit_id, cameras]).sort()).toEqual([
      ['ward-1', 1],
      ['ward-2', 1],
    ]);
    expect(await networkState.heldDays(many)).toEqual([{ days: 3, cameras: 2 }]);
    expect(await networkState.clockCounts(many, MINUTE)).toEqual(
      await networkState.clockCounts(['ward-1', 'ward-2'], MINUTE),
    );
    expect(await networkState.findingCounts(many)).toEqual([
      { kind: 'clock_off', open: 1, oldest_since_ms: NOW - 9 },
      { kind: 'offline', open: 1, oldest_since_ms: NOW - 5 },
    ]);
  });

  it('takes a state that nobody confirmed lately for unknown', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    await store.observations.record('camera-1', 'online', 'ok', NOW - 60 * MINUTE);
    const state = async (now_ms: number) =>
      (await store.networkState.cameraGroups(UNITS, { ...RULES, now_ms }))[0]?.state;
    expect(await state(NOW)).toBe('online');
    expect(await state(NOW + 1)).toBe('unknown');
  });

  it('tells the state of owner_only cameras exactly as the rule of attestations does', async () => {
    const { store } = subject();
    const ages = [0, 1, 179, 180, 181].map((days) => days * DAY);
    let n = 0;
    for (const age_ms of ages) {
      for (const works of [true, false]) {
        n += 1;
        await store.cameras.create(camera(n, { reach: 'owner_only' }));
        const word = { camera_id: `camera-${n}`, kind: 'visit', person_id: null, note: null } as const;
        const newest = { ...word, id: `w${n}`, at_ms: NOW - age_ms, works };
        await store.attestations.add(newest);
        await store.attestations.add({ ...word, id: `o${n}`, at_ms: NOW - age_ms - DAY, works: !works });
        const { state } = attestedState([newest], NOW, RULES.attestation_valid_ms);
        const groups = await store.networkState.cameraGroups(UNITS, RULES);
        const found = groups.find((group) => group.state === state)?.cameras ?? 0;
        await store.cameras.retire(`camera-${n}`, NOW);
        expect([works, age_ms / DAY, state, found]).toEqual([works, age_ms / DAY, state, 1]);
      }
    }
  });

  it('counts clocks by their newest stretch, and lists those surely too far off, the worst first', async () => {
    const { store } = subject();
    const offsets = {
      'clock-1': [
        [0, 9],
        [90_000, 90_100],
      ],
      'clock-2': [[-400_000, -399_000]],
      'clock-3': [[59_000, 61_000]],
    };
    await store.cameras.create(camera(1));
    for (const n of [2, 3, 4]) {
      await store.clocks.create({ id: `clock-${n}`, name: 'x', kind: 'recorder' });
      await store.recorders.create({
        ...RECORDER,
        id: `recorder-${n}`,
        code: `R${n}`,
        clock_id: `clock-${n}`,
      });
      await store.cameras.create(camera(n, { recorder_id: `recorder-${n}` }));
    }
    for (const [clock_id, stretches] of Object.entries(offsets)) {
      for (const [i, [min_ms, max_ms]] of stretches.entries()) {
        const estimate: ClockOffsetEstimate = {
          ...{
            epoch_from_ms: NOW + i,
            began_as: i === 0 ? 'first' : 'step',
            min_ms: min_ms!,
            max_ms: max_ms!,
          },
          ...{ first_reading_ms: NOW + i, last_reading_ms: NOW + i, readings: 1, method: 'onvif_utc' },
        };
        await store.clockOffsets.save(clock_id, estimate);
      }
    }
    expect(await store.networkState.clockCounts(UNITS, MINUTE)).toEqual({
      measured: 3,
      unmeasured: 1,
      off: 2,
    });
    const off = await store.networkState.clocksOff(UNITS, MINUTE, 10);
    expect(off.map(({ recorder_code }) => recorder_code)).toEqual(['R2', 'R1']);
    expect((await store.clockSights.newestOffsets(['clock-1'])).get('clock-1')).toMatchObject({
      min_ms: 90_000,
    });
  });

  it('counts what schemes gave, findings by kind, and items soon overwritten', async () => {
    const { store } = subject();
    await addScheme(store, 'S1');
    await store.cameras.create(camera(1, { site_id: 'S1-site' }));
    await store.requests.insert(request(1), [
      item('i1', 'request-1', 'camera-1', { overwrite_at_ms: NOW + MINUTE }),
    ]);
    expect(await store.networkState.soonOverwritten(UNITS, NOW + DAY, 5)).toMatchObject([
      { item_id: 'i1', camera_code: 'C001', overwrite_at_ms: NOW + MINUTE },
    ]);
    await store.items.setState('i1', ['queued'], 'archived', { reason: null, at_ms: NOW });
    expect(await store.networkState.soonOverwritten(UNITS, NOW + DAY, 5)).toEqual([]);
    const [service] = await store.networkState.serviceOfSchemes(UNITS, NOW - DAY);
    expect(service).toMatchObject({ scheme_id: 'S1', extractions: 1 });
    const finding = { subject_kind: 'recorder', subject_id: 'recorder-1', camera_id: null } as const;
    const where = { recorder_id: 'recorder-1', unit_id: 'ward-1', details: {} };
    await store.findings.open({ ...finding, ...where, kind: 'offline', since_ms: NOW - 5 }, NOW);
    expect(await store.networkState.findingCounts(UNITS)).toEqual([
      { kind: 'offline', open: 1, oldest_since_ms: NOW - 5 },
    ]);
  });

  it('knows the days agreed for a camera: its own before its scheme’s', async () => {
    const { store } = subject();
    await addScheme(store, 'S1');
    for (const n of [1, 2]) await store.cameras.create(camera(n, { site_id: 'S1-site' }));
    await store.cameras.create(camera(3));
    expect(await store.retention.isAnything()).toBe(false);
    const by = { set_at_ms: NOW, set_by: null };
    await store.retention.set({ subject_kind: 'scheme', subject_id: 'S1', days: 15, ...by });
    await store.retention.set({ subject_kind: 'camera', subject_id: 'camera-2', days: 10, ...by });
    await store.retention.set({ subject_kind: 'camera', subject_id: 'camera-2', days: 30, ...by });
    const days = await store.retention.ofCameras(['camera-1', 'camera-2', 'camera-3']);
    expect(Object.fromEntries(days)).toEqual({ 'camera-1': 15, 'camera-2': 30 });
    expect(await store.retention.remove('camera', 'camera-2')).toBe(true);
    expect((await store.retention.ofCameras(['camera-2'])).get('camera-2')).toBe(15);
  });

  it('lets a server time be used once, by the person and for the clock it was handed out for', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    await store.clockSights.addToCamera('camera-1', { id: 'osd-1', name: 'Trên hình', kind: 'camera' });
    expect(await store.clockSights.homeOf('osd-1')).toMatchObject({
      camera_id: 'camera-1',
      unit_id: 'ward-1',
    });
    expect(await store.clockSights.homeOf('clock-1')).toMatchObject({
      camera_id: null,
      recorder_id: 'recorder-1',
    });
    expect(await store.clockSights.ofCamera('camera-1')).toMatchObject({ id: 'osd-1', kind: 'camera' });
    const challenge = { id: 'ch-1', clock_id: 'osd-1', person_id: 'person-1' };
    await store.clockSights.issue({ ...challenge, issued_at_ms: NOW });
    expect(await store.clockSights.use({ ...challenge, person_id: 'person-2' }, NOW)).toBeNull();
    expect(await store.clockSights.use({ ...challenge, clock_id: 'clock-1' }, NOW)).toBeNull();
    expect(await store.clockSights.use(challenge, NOW)).toMatchObject({ issued_at_ms: NOW });
    expect(await store.clockSights.use(challenge, NOW)).toBeNull();
  });
};
