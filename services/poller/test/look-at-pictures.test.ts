import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Camera, CodedError, type PictureMeasures } from '@minhchung/domain';
import { openStore, type Store } from '@minhchung/store';
import { FakeTime } from '@minhchung/testkit';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lookAtPictures, type PictureOptions } from '../src/index.ts';

/** 10:00 in Vietnam. */
const TEN = Date.UTC(2026, 10, 22, 3);
const HOUR = 3_600_000;
const STREET = 'f0e1d2c3b4a59687';

let folder: string;
let store: Store;
let time: FakeTime;
let asked: string[];
let shown: Partial<PictureMeasures>;
let serial = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pictures-'));
  store = await openStore({ engine: 'sqlite', path: join(folder, 'store.db') });
  await store.migrate();
  time = new FakeTime(TEN);
  asked = [];
  shown = {};
  const validity = { valid_from_ms: 0, valid_to_ms: null, successor_ids: [] };
  await store.units.create({
    id: 'u',
    code: 'HT',
    name: 'Hạc Thành',
    level: 'ward',
    parent_id: null,
    ...validity,
  });
  await store.networks.create({ id: 'n', code: 'LAN', name: 'LAN' });
  await store.clocks.create({ id: 'k', name: 'Đầu ghi', kind: 'recorder' });
  await store.recorders.create({
    ...{ id: 'r', code: 'R', name: 'R', unit_id: 'u', network_id: 'n', kind: 'onvif', folder: null },
    ...{ device_url: 'http://192.168.1.9/onvif/device_service', clock_id: 'k', created_at_ms: 0 },
  });
  await addCamera('street', 'community', 'online');
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

async function addCamera(id: string, kind: Camera['kind'], state: 'online' | 'offline'): Promise<void> {
  await store.cameras.create({
    ...{ id, code: id, name: id, unit_id: 'u', site_id: null, kind, owner_id: null },
    ...{ position: { latitude_deg: 19.8, longitude_deg: 105.7 }, aim_point: null, field_of_view_deg: null },
    ...{ range_m: null, mounting: null, reach: 'polled', recorder_id: 'r', source_token: id },
    ...{ created_at_ms: 0, retired_at_ms: null },
  });
  await store.observations.record(id, state, state === 'online' ? 'ok' : 'timeout', TEN);
}

function look(change: Partial<PictureOptions> = {}) {
  return lookAtPictures(
    {
      ...{ store, time, logger: pino({ level: 'silent' }), networks: null, concurrency: 2 },
      ...{ period_ms: HOUR / 2, deadline_ms: 1_000 },
      takeStill: async (camera) => {
        asked.push(camera.id);
        return new Uint8Array(1);
      },
      measure: async () => {
        serial += 1;
        return {
          ...{ brightness: 110, contrast: 50, sharpness: 60, flat_share: 0.2, is_monochrome: false },
          ...{ gradient_hash: STREET, fingerprint: serial.toString(16).padStart(16, '0') },
          ...shown,
        };
      },
      ...change,
    },
    new AbortController().signal,
  );
}

async function looks(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await look();
    time.advance(HOUR);
  }
}

const open = async () => {
  const { rows } = await store.findings.list({}, { limit: 10, after: null });
  return rows.map(({ kind, subject_id, since_ms, details }) => ({ kind, subject_id, since_ms, ...details }));
};

describe('looking whether a lens still sees', () => {
  it('puts a covered camera on the work list after three looks, and takes it off when it sees again', async () => {
    await looks(6);
    shown = { flat_share: 0.99 };
    const since_ms = time.now_ms();
    await looks(2);
    expect(await open()).toEqual([]);
    await looks(1);
    expect(await open()).toEqual([
      { kind: 'picture_blind', subject_id: 'street', since_ms, reason: 'picture_covered' },
    ]);
    shown = {};
    await looks(1);
    expect(await open()).toEqual([]);
  });

  it('finds a camera that points elsewhere, until its new view is accepted', async () => {
    await looks(9);
    shown = { gradient_hash: '0f1e2d3c4b5a6978' };
    await looks(3);
    expect(await open()).toMatchObject([{ kind: 'picture_moved', reason: 'view_elsewhere' }]);
    await store.pictures.acceptView('street', time.now_ms());
    await looks(10);
    expect(await open()).toEqual([]);
  });

  it('leaves alone what does not work, what was looked at just now, and what the owner has not allowed', async () => {
    await addCamera('dead', 'community', 'offline');
    await addCamera('home', 'household', 'online');
    expect(await look()).toEqual({ looked: 1, left_alone: 2, unseen: 0, faults: 0 });
    expect(await look()).toEqual({ looked: 0, left_alone: 0, unseen: 0, faults: 0 });
    expect(asked).toEqual(['street']);
    await store.agreements.create({
      ...{ id: 'a', camera_id: 'home', mode: 'automatic', purposes: ['picture_health'], hours: null },
      ...{ valid_from_ms: 0, valid_to_ms: null, confirmed_at_ms: TEN, notice: null },
      ...{ allows_audio: false, power_host: null, network_host: null, withdrawn_at_ms: null },
    });
    time.advance(HOUR);
    expect(await look()).toMatchObject({ looked: 2, left_alone: 1 });
  });

  it('goes on when a device gives no picture, and when one never answers', async () => {
    await addCamera('other', 'community', 'online');
    const takeStill: PictureOptions['takeStill'] = (camera, _, signal) =>
      camera.id === 'street'
        ? Promise.reject(new CodedError('PICTURE_UNREADABLE', { reason: 'it is no JPEG' }))
        : new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    expect(await look({ takeStill, deadline_ms: 50 })).toEqual({
      looked: 0,
      left_alone: 0,
      unseen: 2,
      faults: 0,
    });
  });

  it('keeps numbers and no picture', async () => {
    await looks(1);
    const [reading] = await store.pictures.readings('street');
    expect(Object.keys(reading!).sort()).toEqual([
      ...[
        'at_ms',
        'brightness',
        'contrast',
        'fingerprint',
        'flat_share',
        'gradient_hash',
        'is_monochrome',
        'sharpness',
      ],
    ]);
  });
});
