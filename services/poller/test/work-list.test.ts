import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Camera, type Recorder, wordsOf } from '@minhchung/domain';
import { loadSettings, networkRules } from '@minhchung/settings';
import { openStore, type Store } from '@minhchung/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reviewRecorder, reviewWorkList } from '../src/work-list/index.ts';

const NOW = Date.UTC(2026, 10, 22, 8);
const MINUTE = 60_000;
const DAY = 86_400_000;
const rules = networkRules(loadSettings({ env: {} })).work_list;
const PAGE = { limit: 100, after: null };

const RECORDER: Recorder = {
  ...{ id: 'R', code: 'DG-01', name: 'Đầu ghi', unit_id: 'W', network_id: 'LAN', kind: 'onvif' },
  ...{ device_url: 'http://10.0.0.9/', folder: null, clock_id: 'K', created_at_ms: 0 },
};

function camera(id: string, change: Partial<Camera> = {}): Camera {
  return {
    ...{ id, code: id, name: id, unit_id: 'W', site_id: null, kind: 'community', owner_id: null },
    ...{ position: { latitude_deg: 19.8, longitude_deg: 105.7 }, aim_point: null, field_of_view_deg: null },
    ...{ range_m: null, reach: 'polled', recorder_id: 'R', source_token: id, created_at_ms: 0 },
    ...{ mounting: null, retired_at_ms: null, ...change },
  };
}

describe('the work list of technicians', () => {
  let folder: string;
  let store: Store;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'work-list-'));
    store = await openStore({ engine: 'sqlite', path: join(folder, 'store.db') });
    await store.migrate();
    const validity = { valid_from_ms: 0, valid_to_ms: null, successor_ids: [] };
    await store.units.create({
      id: 'W',
      code: 'W',
      name: 'Phường',
      level: 'ward',
      parent_id: null,
      ...validity,
    });
    await store.networks.create({ id: 'LAN', code: 'LAN', name: 'LAN', cidrs: [] });
    await store.clocks.create({ id: 'K', name: 'K', kind: 'recorder' });
    await store.recorders.create(RECORDER);
    for (const id of ['A', 'B']) await store.cameras.create(camera(id));
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const saw = async (state: 'online' | 'offline' | 'refused', reason: string, minute: number) => {
    const at_ms = NOW + minute * MINUTE;
    for (const id of ['A', 'B']) await store.observations.record(id, state, reason, at_ms);
    const cameras = await store.cameras.ofRecorder('R');
    const recorder = RECORDER;
    return store.transaction((tx) =>
      reviewRecorder(tx, { recorder, cameras, clock_was_read: true, rules, at_ms }),
    );
  };
  const lookAt = (minute: number, retention_agreed_days: number | null = null) =>
    reviewWorkList(
      { store, rules, retention_agreed_days, drift_ppm: 100, now_ms: NOW + minute * MINUTE },
      new AbortController().signal,
    );
  const open = async () => (await store.findings.list({}, PAGE)).rows;

  it('opens one finding for a recorder that stays away, by time alone, and closes it when it stays back', async () => {
    await saw('online', 'ok', 0);
    await saw('offline', 'timeout', 5);
    expect(await open()).toEqual([]);
    await lookAt(30);
    expect(await open()).toEqual([]);
    expect(await lookAt(35)).toEqual({ opened: 1, closed: 0 });
    const [finding] = await open();
    expect(finding).toMatchObject({ kind: 'offline', since_ms: NOW + 5 * MINUTE, details: { cameras: 2 } });
    expect(wordsOf(finding!).what.vi).toBe('Mất kết nối: không trả lời kịp, 2 camera');
    await saw('online', 'ok', 60);
    expect(await open()).toHaveLength(1);
    await lookAt(75);
    expect(await open()).toEqual([]);
    const [closed] = (await store.findings.history('R', PAGE)).rows;
    expect(closed).toMatchObject({ closed_by: 'poller', closed_at_ms: NOW + 75 * MINUTE });
  });

  it('is not flooded by a recorder that comes and goes all day', async () => {
    for (let minute = 0; minute < 1440; minute += 10) {
      await saw('offline', 'timeout', minute);
      await saw('online', 'ok', minute + 5);
      await lookAt(minute + 6);
    }
    const { rows } = await store.findings.history('R', PAGE);
    expect(rows).toHaveLength(1);
    expect(rows[0]!.details.interruptions).toBeGreaterThan(0);
  });

  it('tells of a refused password at once, and lets go when the device takes it', async () => {
    await saw('refused', 'credentials_refused', 0);
    expect((await open()).map(({ kind }) => kind)).toEqual(['credentials_refused']);
    await saw('online', 'ok', 5);
    expect(await open()).toEqual([]);
  });

  it('finds a recorder that overwrites before the agreed days', async () => {
    for (let day = 0; day < 4; day += 1) {
      const at = NOW - (3 - day) * DAY;
      const held = { retained_from_device_ms: at - 5 * DAY, retained_to_device_ms: at };
      await store.coverage.record({ camera_id: 'A', observed_at_ms: at, ...held });
    }
    await lookAt(0);
    expect(await open()).toEqual([]);
    await lookAt(0, 15);
    expect(await open()).toMatchObject([
      { kind: 'retention_short', camera_id: 'A', details: { held_days: 5 } },
    ]);
    await store.retention.set({
      subject_kind: 'camera',
      subject_id: 'A',
      days: 5,
      set_at_ms: NOW,
      set_by: null,
    });
    await lookAt(1, 15);
    expect(await open()).toEqual([]);
  });

  it('asks for another visit when the word on an owner’s camera has aged', async () => {
    await store.cameras.create(camera('C', { reach: 'owner_only' }));
    const word = { camera_id: 'C', kind: 'visit', works: true, person_id: null, note: null } as const;
    await store.attestations.add({ ...word, id: 'w', at_ms: NOW - rules.attestation_valid_ms });
    await lookAt(0);
    expect(await open()).toMatchObject([{ kind: 'attestation_old', camera_id: 'C' }]);
    await store.attestations.add({ ...word, id: 'w2', at_ms: NOW });
    await lookAt(1);
    expect(await open()).toEqual([]);
  });
});
