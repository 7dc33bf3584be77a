import { createCipheriv, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { leafOf } from '../../src/audit-leaf.ts';
import { peopleAndPlaces } from '../../src/migrations/0001-people-and-places.ts';
import { devices } from '../../src/migrations/0002-devices.ts';
import { states } from '../../src/migrations/0003-states.ts';
import { cases } from '../../src/migrations/0004-cases.ts';
import { requests } from '../../src/migrations/0005-requests.ts';
import { outcomesAndAudit } from '../../src/migrations/0006-outcomes-and-audit.ts';
import { columnTypes } from '../../src/migrations/columns.ts';
import type { Engine } from '../../src/store.ts';

/** Which rows a database of the first schema is filled with, and when they were written. */
export const OLD_MS = 1_750_000_000_000;
const DAY = 86_400_000;
/** The key with which the passwords of devices were sealed before keys had names. */
export const OLD_KEY = new Uint8Array(32).fill(9);

// biome-ignore lint/suspicious/noExplicitAny: the tables of a schema the program no longer knows
type OldDb = Kysely<any>;
type Row = Readonly<Record<string, string | number | null>>;

/** Builds the schema as it was up to 0006 and fills every table of it. */
export async function buildFirstSchema(db: OldDb, engine: Engine): Promise<void> {
  const types = columnTypes(engine);
  const first = [peopleAndPlaces, devices, states, cases, requests, outcomesAndAudit];
  const migrations = Object.fromEntries(
    first.map(({ name, up }) => [name, { up: (target: OldDb) => up(target, types) }]),
  );
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  for (const [table, rows] of ROWS()) {
    for (const row of rows) await db.insertInto(table).values(row).execute();
  }
  const event = {
    ...{ sequence: 1, id: 'event-1', at_ms: OLD_MS, act: 'request.create', account_id: 'account-1' },
    ...{ person_id: 'person-1', unit_id: 'ward-1', subject_kind: 'request', subject_id: 'request-1' },
    ...{ outcome: 'ok' as const, details: '{}' },
  };
  const leaf_sha256 = leafOf('0'.repeat(64), event);
  await db
    .insertInto('audit_events')
    .values({ ...event, leaf_sha256 })
    .execute();
  await db.updateTable('audit_head').set({ sequence: 1, leaf_sha256 }).execute();
}

const unit = (id: string, change: Row = {}): Row => ({
  ...{ id, code: id.toUpperCase(), name: `Phường ${id}`, level: 'ward', parent_id: 'province' },
  ...{ valid_from_ms: 0, valid_to_ms: null },
  ...change,
});

const recorder = (n: number, change: Row = {}): Row => ({
  ...{
    id: `recorder-${n}`,
    code: `R-${n}`,
    name: `Đầu ghi ${n}`,
    unit_id: 'ward-1',
    network_id: 'network-1',
  },
  ...{ kind: 'onvif', device_url: `http://192.168.1.${n}/onvif/device_service` },
  ...{
    folder_path: null,
    folder_pattern: null,
    folder_zone: null,
    clock_id: `clock-${n}`,
    created_at_ms: OLD_MS,
  },
  ...change,
});

const camera = (n: number, change: Row = {}): Row => ({
  ...{ id: `camera-${n}`, code: `C-${n}`, name: `Đông Vệ ${n}`, unit_id: 'ward-1', site_id: 'site-1' },
  ...{ kind: 'community', owner_id: null, latitude_deg: 19.8, longitude_deg: 105.77 },
  ...{ aim_latitude_deg: null, aim_longitude_deg: null, field_of_view_deg: null, range_m: null },
  ...{ reach: 'polled', recorder_id: `recorder-${n}`, source_token: null, created_at_ms: OLD_MS },
  ...{ retired_at_ms: null, search_text: `c-${n} dong ve ${n}` },
  ...change,
});

const request = (n: number): Row => ({
  ...{ id: `request-${n}`, number: `TX-2025-HT-00000${n}`, unit_id: 'ward-1', case_id: 'case-1' },
  ...{ requester_person_id: 'person-1', requester_account_id: 'account-1', wanted_start_ms: OLD_MS - 60_000 },
  ...{ wanted_end_ms: OLD_MS, purpose: 'incident', reason: 'mất xe', legal_basis: 'lawful_order' },
  ...{ legal_reference: 'Lệnh 1', is_urgent: 0, state: 'approved', submitted_at_ms: OLD_MS },
  submitted_month: '2025-06',
});

const item = (n: number, change: Row): Row => ({
  ...{ id: `item-${n}`, request_id: 'request-1', camera_id: `camera-${n}`, state: 'queued' },
  ...{ reason_code: null, reason_vi: null, reason_en: null, attempts: 0, updated_at_ms: OLD_MS },
  ...{ approved_at_ms: OLD_MS, delivered_at_ms: null, delivered_month: null, ended_at_ms: null },
  ...{ overwrite_at_ms: null, due_at_ms: OLD_MS, not_before_ms: null, lease_worker_id: null },
  ...{ lease_expires_at_ms: null, finished_attempt: null, progress_phase: null, progress_bytes: null },
  ...{ progress_media_ms: null, ...change },
});

const observation = (n: number, change: Row): Row => ({
  ...{ id: `observation-${n}`, camera_id: `camera-${n}`, state: 'online', reason: 'answered' },
  ...{ from_ms: OLD_MS - DAY, until_ms: OLD_MS, is_current: 1, ...change },
});

function ROWS(): readonly (readonly [string, readonly Row[]])[] {
  return [
    ['units', [unit('province', { level: 'province', parent_id: null }), unit('ward-1'), unit('ward-2')]],
    ['units', [unit('ward-0', { valid_to_ms: OLD_MS })]],
    ['unit_successors', [{ unit_id: 'ward-0', successor_id: 'ward-1' }]],
    ['networks', [{ id: 'network-1', code: 'LAN', name: 'Mạng phường' }]],
    ['schemes', [scheme('scheme-1', 'active'), scheme('scheme-2', 'ended')]],
    ['sites', [{ id: 'site-1', scheme_id: 'scheme-1', code: 'D-1', name: 'Ngã tư Voi' }]],
    ['persons', [{ id: 'person-1', badge_number: 'B-1', full_name: 'Nguyễn Văn An', created_at_ms: OLD_MS }]],
    [
      'accounts',
      [
        {
          ...{ id: 'account-1', person_id: 'person-1', login: 'an', login_folded: 'an', status: 'active' },
          ...{ password_hash: 'hash', created_at_ms: OLD_MS, closed_at_ms: null },
        },
      ],
    ],
    ['appointments', [{ account_id: 'account-1', role: 'officer', unit_id: 'ward-1' }]],
    [
      'sessions',
      [
        {
          token_sha256: 'a'.repeat(64),
          account_id: 'account-1',
          created_at_ms: OLD_MS,
          expires_at_ms: OLD_MS + DAY,
        },
      ],
    ],
    ['sign_in_failures', [{ id: 'failure-1', key: 'an', at_ms: OLD_MS }]],
    ['owners', [{ id: 'owner-1', name: 'Lê Thị Hoa', phone: '0912 345 678', address: 'Ngõ 5' }]],
    ['clocks', [1, 2, 3].map((n) => ({ id: `clock-${n}`, name: `Đồng hồ ${n}`, kind: 'recorder' }))],
    [
      'recorders',
      [
        recorder(1),
        recorder(2, { device_url: 'HTTP://192.168.1.2:80/onvif/device_service' }),
        recorder(3, {
          ...{ kind: 'folder', device_url: null, folder_path: '/srv/recordings/a' },
          ...{ folder_pattern: '{yyyy}.mp4', folder_zone: 'UTC' },
        }),
      ],
    ],
    [
      'recorder_credentials',
      [{ recorder_id: 'recorder-1', sealed: oldSealed('recorder-1'), sealed_at_ms: OLD_MS }],
    ],
    [
      'cameras',
      [
        camera(1),
        camera(2, {
          kind: 'household',
          owner_id: 'owner-1',
          reach: 'owner_only',
          unit_id: 'ward-2',
          site_id: null,
        }),
        camera(3, { retired_at_ms: OLD_MS }),
      ],
    ],
    [
      'agreements',
      [
        {
          ...{ id: 'agreement-1', camera_id: 'camera-2', mode: 'ask_first', purposes: '["incident"]' },
          ...{ from_minute: 1320, to_minute: 360, valid_from_ms: OLD_MS, valid_to_ms: null },
          ...{ confirmed_at_ms: OLD_MS, withdrawn_at_ms: null },
        },
      ],
    ],
    [
      'observations',
      [
        observation(1, {}),
        observation(2, { state: 'offline', reason: 'timeout' }),
        observation(3, { is_current: 0 }),
      ],
    ],
    [
      'coverages',
      [
        {
          ...{ id: 'coverage-1', camera_id: 'camera-1', opened_at_ms: OLD_MS - DAY, observed_at_ms: OLD_MS },
          ...{ retained_from_device_ms: OLD_MS - 7 * DAY, retained_to_device_ms: OLD_MS, is_current: 1 },
        },
      ],
    ],
    [
      'clock_offsets',
      [
        {
          ...{ clock_id: 'clock-1', epoch_from_ms: OLD_MS - DAY, began_as: 'first', min_ms: -5, max_ms: 5 },
          ...{ first_reading_ms: OLD_MS - DAY, last_reading_ms: OLD_MS, readings: 9, method: 'onvif_utc' },
        },
      ],
    ],
    [
      'incidents',
      [
        {
          ...{ id: 'incident-1', unit_id: 'ward-1', category: 'trộm cắp tài sản', summary: 'Mất xe' },
          ...{
            latitude_deg: 19.8,
            longitude_deg: 105.77,
            span_start_ms: OLD_MS - 60_000,
            span_end_ms: OLD_MS,
          },
          ...{ created_at_ms: OLD_MS, clarified_at_ms: OLD_MS, search_text: 'mat xe' },
        },
      ],
    ],
    [
      'tips',
      [
        {
          ...{ id: 'tip-1', unit_id: 'ward-1', incident_id: 'incident-1', channel: 'hotline' },
          ...{ received_at_ms: OLD_MS, summary: 'Thấy xe', of_value: 1 },
        },
      ],
    ],
    [
      'cases',
      [
        {
          ...{ id: 'case-1', unit_id: 'ward-1', number: '1/HS', is_provisional: 0, title: 'Trộm xe' },
          ...{ opened_at_ms: OLD_MS, closed_at_ms: null, search_text: '1/hs trom xe' },
        },
      ],
    ],
    ['case_incidents', [{ case_id: 'case-1', incident_id: 'incident-1' }]],
    ['holds', [{ id: 'hold-1', case_id: 'case-1', reason: 'Giữ', from_ms: OLD_MS, until_ms: null }]],
    ['request_counters', [{ unit_id: 'ward-1', year: 2025, last_number: 1 }]],
    ['extraction_requests', [request(1)]],
    [
      'extraction_items',
      [
        item(1, {
          state: 'archived',
          delivered_at_ms: OLD_MS,
          delivered_month: '2025-06',
          ended_at_ms: OLD_MS,
        }),
        item(2, {}),
      ],
    ],
    [
      'decisions',
      [
        {
          ...{ id: 'decision-1', request_id: 'request-1', unit_id: 'ward-1', person_id: 'person-1' },
          ...{ account_id: 'account-1', verdict: 'approved', reason: 'Đúng', decided_at_ms: OLD_MS },
        },
      ],
    ],
    ['orders', [{ id: 'order-1', request_id: 'request-1', reference: 'Lệnh 1', recorded_at_ms: OLD_MS }]],
    [
      'clips',
      [
        {
          ...{ id: 'clip-1', item_id: 'item-1', attempt_prefix: 'item-1/1', manifest_sha256: 'b'.repeat(64) },
          ...{ size_bytes: 10, found: '[]', gaps: '[]', archived_at_ms: OLD_MS },
        },
      ],
    ],
    [
      'accesses',
      [{ id: 'access-1', item_id: 'item-1', account_id: 'account-1', file_name: 'a.mp4', at_ms: OLD_MS }],
    ],
    [
      'handovers',
      [{ id: 'handover-1', item_id: 'item-1', account_id: 'account-1', recipient: 'PC02', at_ms: OLD_MS }],
    ],
  ];
}

function scheme(id: string, status: string): Row {
  return { id, unit_id: 'ward-1', code: id.toUpperCase(), name: `Mô hình ${id}`, launched_at_ms: 0, status };
}

/** As passwords were sealed before keys had names: `v1.` and base64url of nonce, tag and cipher text. */
function oldSealed(recorder_id: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', OLD_KEY, nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(JSON.stringify(['v1', 'device-credentials', recorder_id])));
  const plain = JSON.stringify({ username: 'admin', password: 'mật khẩu cũ' });
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')}`;
}
