import type { Store } from '@minhchung/store';

const CAMERAS_PER_RECORDER = 4;
const RECORDERS_PER_WARD = 15;
const RECORDERS_PER_TRANSACTION = 500;
const DAY_MS = 86_400_000;
/** One camera in ten only its owner reaches; one recorder in seven is offline, one in nine has a wrong clock. */
const [OWNER_ONLY, OFFLINE, CLOCK_OFF] = [10, 7, 9];

/** Registers a country of wards with recorders, and writes down one poll of each; returns its units. */
export async function registerNetwork(store: Store, cameras: number, now_ms: number): Promise<string[]> {
  const recorders = Math.ceil(cameras / CAMERAS_PER_RECORDER);
  const wards = Array.from({ length: Math.ceil(recorders / RECORDERS_PER_WARD) }, (_, n) => `ward-${n}`);
  await store.transaction(async (tx) => {
    await tx.networks.create({ id: 'n', code: 'LAN', name: 'LAN', cidrs: [] });
    await tx.people.createPerson({
      id: 'p',
      full_name: 'Kỹ thuật viên',
      badge_number: '001',
      created_at_ms: 0,
    });
    for (const [n, id] of wards.entries()) {
      const validity = { parent_id: null, valid_from_ms: 0, valid_to_ms: null, successor_ids: [] };
      await tx.units.create({ id, code: `P${n}`, name: `Phường ${n}`, level: 'ward', ...validity });
      await tx.schemes.create({
        ...{ id: `s-${n}`, code: `MH-${n}`, name: `Mô hình ${n}`, unit_id: id, launched_at_ms: 0 },
        ...{ status: 'active', ended_at_ms: null },
      });
      await tx.sites.create({ id: `d-${n}`, code: `D-${n}`, name: `Điểm ${n}`, scheme_id: `s-${n}` });
    }
  });
  for (let first = 0; first < recorders; first += RECORDERS_PER_TRANSACTION) {
    await store.transaction(async (tx) => {
      for (let n = first; n < Math.min(recorders, first + RECORDERS_PER_TRANSACTION); n += 1) {
        await registerRecorder(tx, n, Math.floor(n / RECORDERS_PER_WARD), now_ms);
      }
    });
  }
  return wards;
}

type Tx = Parameters<Parameters<Store['transaction']>[0]>[0];

async function registerRecorder(tx: Tx, n: number, ward: number, now_ms: number): Promise<void> {
  const unit_id = `ward-${ward}`;
  await tx.clocks.create({ id: `k-${n}`, name: 'Đồng hồ', kind: 'recorder' });
  const off_ms = n % CLOCK_OFF === 0 ? 600_000 : 100;
  const read_ms = now_ms - 60_000;
  await tx.clockOffsets.save(`k-${n}`, {
    ...{ epoch_from_ms: read_ms, first_reading_ms: read_ms, last_reading_ms: read_ms, readings: 6 },
    ...{ began_as: 'first', min_ms: off_ms, max_ms: off_ms + 60, method: 'onvif_utc' },
  } as const);
  await tx.recorders.create({
    ...{ id: `r-${n}`, code: `R-${n}`, name: 'Đầu ghi', unit_id, network_id: 'n', kind: 'onvif' },
    ...{ device_url: `http://10.0.0.1:${n}/`, folder: null, clock_id: `k-${n}`, created_at_ms: 0 },
  } as const);
  const is_offline = n % OFFLINE === 0;
  for (let channel = 0; channel < CAMERAS_PER_RECORDER; channel += 1) {
    const number = n * CAMERAS_PER_RECORDER + channel;
    const id = `c-${number}`;
    const is_owners = number % OWNER_ONLY === 0;
    await tx.cameras.create({
      ...{ id, code: `C-${number}`, name: 'Camera', unit_id, site_id: `d-${ward}`, kind: 'community' },
      ...{ owner_id: null, position: { latitude_deg: 19.8, longitude_deg: 105.77 }, aim_point: null },
      ...{ field_of_view_deg: null, range_m: null, mounting: null, recorder_id: `r-${n}` },
      ...{ reach: is_owners ? 'owner_only' : 'polled', source_token: `s-${channel}` },
      ...{ created_at_ms: 0, retired_at_ms: null },
    } as const);
    if (is_owners) {
      const word = { camera_id: id, kind: 'visit', at_ms: now_ms - 3 * DAY_MS, person_id: 'p' } as const;
      await tx.attestations.add({ id: `a-${number}`, ...word, works: number % 20 === 0, note: '' });
      continue;
    }
    const seen = is_offline
      ? ({ state: 'offline', reason: 'timeout' } as const)
      : ({ state: 'online', reason: 'ok' } as const);
    await tx.observations.record(id, seen.state, seen.reason, now_ms - 60_000);
    await tx.coverage.record({
      ...{ camera_id: id, observed_at_ms: now_ms - 3_600_000 },
      ...{ retained_from_device_ms: now_ms - (n % 20) * DAY_MS, retained_to_device_ms: now_ms - 3_600_000 },
    });
  }
}
