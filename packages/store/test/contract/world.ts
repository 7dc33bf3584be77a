/** A small ward to test with, and short ways to make what the tests are about. */
import {
  type Agreement,
  type Camera,
  type ExtractionRequest,
  formatRequestNumber,
  type Recorder,
} from '@minhchung/domain';
import type { NewItem, Store } from '../../src/index.ts';
import { secretBox } from '../../src/secret-box.ts';

/** 2026-11-22T08:00:00Z, 15:00 in Vietnam. */
export const NOW = Date.UTC(2026, 10, 22, 8);
export const MINUTE = 60_000;
export const box = secretBox(new Uint8Array(32).fill(7));
export const PAGE = { limit: 100, after: null };

export const RECORDER: Recorder = {
  id: 'recorder-1',
  code: 'R1',
  name: 'Đầu ghi 1',
  unit_id: 'ward-1',
  network_id: 'network-1',
  kind: 'onvif',
  device_url: 'http://127.0.0.1/onvif/device_service',
  folder: null,
  clock_id: 'clock-1',
  created_at_ms: NOW,
};

export function camera(n: number, change: Partial<Camera> = {}): Camera {
  return {
    id: `camera-${n}`,
    code: `C${String(n).padStart(3, '0')}`,
    name: `Camera ${n}`,
    unit_id: 'ward-1',
    site_id: null,
    kind: 'community',
    owner_id: null,
    position: { latitude_deg: 19.8 + n / 1000, longitude_deg: 105.77 },
    aim_point: null,
    field_of_view_deg: null,
    range_m: null,
    mounting: null,
    reach: 'polled',
    recorder_id: 'recorder-1',
    source_token: `source-${n}`,
    created_at_ms: NOW,
    retired_at_ms: null,
    ...change,
  };
}

export function agreement(change: Partial<Agreement> = {}): Agreement {
  return {
    id: 'agreement-1',
    camera_id: 'camera-1',
    mode: 'automatic',
    purposes: ['trộm cắp tài sản'],
    hours: null,
    valid_from_ms: NOW - 1000,
    valid_to_ms: null,
    confirmed_at_ms: NOW,
    notice: null,
    allows_audio: false,
    power_host: null,
    network_host: null,
    withdrawn_at_ms: null,
    ...change,
  };
}

export function request(n: number, change: Partial<ExtractionRequest> = {}): ExtractionRequest {
  return {
    id: `request-${n}`,
    number: formatRequestNumber({ year: 2026, unit_code: 'P01', sequence: n }),
    unit_id: 'ward-1',
    case_id: 'case-1',
    requester_person_id: 'person-1',
    requester_account_id: 'account-1',
    wanted: { start_ms: NOW - 10 * MINUTE, end_ms: NOW - 9 * MINUTE },
    purpose: 'điều tra',
    reason: 'mất xe máy',
    legal_basis: 'criminal_procedure',
    legal_reference: null,
    is_urgent: false,
    wants_audio: false,
    state: 'approved',
    submitted_at_ms: NOW,
    ...change,
  };
}

export function item(
  id: string,
  request_id: string,
  camera_id: string,
  change: Partial<NewItem> = {},
): NewItem {
  return {
    ...{ id, request_id, camera_id, state: 'queued', reason: null, attempts: 0 },
    ...{ delivered_at_ms: null, updated_at_ms: NOW, overwrite_at_ms: null },
    ...change,
  };
}

/** One province with two wards, two persons, one network, one recorder with its clock, one case. */
export async function populate(store: Store): Promise<void> {
  const validity = { valid_from_ms: 0, valid_to_ms: null, successor_ids: [] };
  await store.units.create({
    ...{ id: 'province', code: 'TH', name: 'Tỉnh Thanh Hoá', level: 'province', parent_id: null },
    ...validity,
  });
  for (const n of [1, 2]) {
    await store.units.create({
      ...{ id: `ward-${n}`, code: `P0${n}`, name: `Phường ${n}`, level: 'ward', parent_id: 'province' },
      ...validity,
    });
    await store.people.createPerson({
      ...{ id: `person-${n}`, badge_number: `00${n}`, full_name: `Người ${n}`, created_at_ms: NOW },
    });
    await store.people.createAccount(
      {
        id: `account-${n}`,
        person_id: `person-${n}`,
        login: `user${n}`,
        status: 'active',
        created_at_ms: NOW,
      },
      '$argon2id$encoded',
      [{ role: n === 1 ? 'officer' : 'approver', unit_id: 'ward-1' }],
    );
  }
  await store.networks.create({ id: 'network-1', code: 'LAN', name: 'Mạng phường' });
  await store.networks.create({ id: 'network-2', code: 'BOX', name: 'Mạng khác' });
  await store.clocks.create({ id: 'clock-1', name: 'Đồng hồ đầu ghi 1', kind: 'recorder' });
  await store.recorders.create(RECORDER);
  await store.cases.create({
    ...{ id: 'case-1', unit_id: 'ward-1', number: '12/HS', is_provisional: false, title: 'Trộm xe' },
    ...{ incident_ids: [], opened_at_ms: NOW, closed_at_ms: null },
  });
}

/** Cameras 1 … n with a request each, one queued item in every request. */
export async function queueItems(store: Store, n: number): Promise<void> {
  for (let i = 1; i <= n; i += 1) {
    await store.cameras.create(camera(i));
    await store.requests.insert(request(i), [item(`item-${i}`, `request-${i}`, `camera-${i}`)]);
  }
}

/** A time source that stands where it is put. */
export function clockAt(now_ms: number) {
  return {
    now: now_ms,
    now_ms(): number {
      return this.now;
    },
  };
}
