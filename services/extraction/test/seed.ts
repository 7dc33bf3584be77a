import { randomBytes } from 'node:crypto';
import {
  type ClockOffsetEstimate,
  type Decision,
  makeId,
  type OffsetInterval,
  type Recorder,
  type Span,
} from '@minhchung/domain';
import type { SecretBox, Store } from '@minhchung/store';

/** What a test's item needs to exist. */
export interface SeedOptions {
  readonly recorder: Pick<Recorder, 'kind' | 'device_url' | 'folder' | 'playback'>;
  readonly source_token: string | null;
  readonly credentials: { readonly username: string; readonly password: string } | null;
  /** What is known of the recorder's clock; null: it was never measured. A single offset was read just now. */
  readonly offset: OffsetInterval | readonly ClockOffsetEstimate[] | null;
  readonly wanted: Span;
}

export function newId(): string {
  return makeId(Date.now(), randomBytes(10));
}

/** One approved and queued item with everything it hangs on; returns its id. */
export async function seedItem(store: Store, secrets: SecretBox, options: SeedOptions): Promise<string> {
  const at_ms = Date.now();
  const code = `T${newId().slice(-8)}`;
  const ids = Object.fromEntries(
    ['unit', 'network', 'clock', 'recorder', 'camera', 'case', 'request', 'item'].map((name) => [
      name,
      newId(),
    ]),
  ) as Record<'unit' | 'network' | 'clock' | 'recorder' | 'camera' | 'case' | 'request' | 'item', string>;
  await store.transaction(async (tx) => {
    await tx.units.create({
      id: ids.unit,
      code,
      name: 'Phường thử nghiệm',
      level: 'ward',
      parent_id: null,
      valid_from_ms: 0,
      valid_to_ms: null,
      successor_ids: [],
    });
    const officer = await person(tx, ids.unit, 'officer', at_ms);
    const approver = await person(tx, ids.unit, 'approver', at_ms);
    await tx.networks.create({ id: ids.network, code, name: 'Mạng thử nghiệm' });
    await tx.clocks.create({ id: ids.clock, name: 'Đồng hồ đầu ghi', kind: 'recorder' });
    await tx.recorders.create({
      id: ids.recorder,
      code,
      name: 'Đầu ghi',
      unit_id: ids.unit,
      network_id: ids.network,
      clock_id: ids.clock,
      created_at_ms: at_ms,
      ...options.recorder,
    });
    if (options.credentials) await tx.credentials.set(ids.recorder, options.credentials, secrets, at_ms);
    for (const known of historyOf(options.offset, at_ms)) await tx.clockOffsets.save(ids.clock, known);
    await tx.cameras.create({
      id: ids.camera,
      code,
      name: 'Camera thử nghiệm',
      unit_id: ids.unit,
      site_id: null,
      kind: 'community',
      owner_id: null,
      position: { latitude_deg: 19.8, longitude_deg: 105.77 },
      aim_point: null,
      field_of_view_deg: null,
      range_m: null,
      mounting: null,
      reach: 'polled',
      recorder_id: ids.recorder,
      source_token: options.source_token,
      created_at_ms: at_ms,
      retired_at_ms: null,
    });
    await tx.cases.create({
      id: ids.case,
      unit_id: ids.unit,
      number: `HS-${code}`,
      is_provisional: false,
      title: 'Hồ sơ thử nghiệm',
      incident_ids: [],
      opened_at_ms: at_ms,
      closed_at_ms: null,
    });
    await tx.requests.insert(
      {
        id: ids.request,
        number: `TX-2026-${code}-000001`,
        unit_id: ids.unit,
        case_id: ids.case,
        requester_person_id: officer.person_id,
        requester_account_id: officer.account_id,
        wanted: options.wanted,
        purpose: 'incident',
        reason: 'Thử nghiệm',
        legal_basis: 'criminal_procedure',
        legal_reference: null,
        is_urgent: false,
        wants_audio: false,
        state: 'approved',
        submitted_at_ms: at_ms,
      },
      [
        {
          id: ids.item,
          request_id: ids.request,
          camera_id: ids.camera,
          state: 'queued',
          reason: null,
          attempts: 0,
          delivered_at_ms: null,
          updated_at_ms: at_ms,
          overwrite_at_ms: null,
        },
      ],
    );
    const decision: Decision = {
      id: newId(),
      request_id: ids.request,
      unit_id: ids.unit,
      ...approver,
      verdict: 'approved',
      reason: 'Đúng thẩm quyền',
      decided_at_ms: at_ms,
      approved: null,
    };
    await tx.decisions.add(decision);
    await tx.audit.append({
      at_ms,
      act: 'request.decide',
      ...approver,
      unit_id: ids.unit,
      subject_kind: 'request',
      subject_id: ids.request,
      outcome: 'ok',
      details: { verdict: 'approved' },
    });
  });
  return ids.item;
}

async function person(
  tx: Pick<Store, 'people'>,
  unit_id: string,
  role: 'officer' | 'approver',
  created_at_ms: number,
): Promise<{ person_id: string; account_id: string }> {
  const person_id = newId();
  const account_id = newId();
  const badge_number = `B${person_id.slice(-8)}`;
  await tx.people.createPerson({ id: person_id, badge_number, full_name: `Người ${role}`, created_at_ms });
  await tx.people.createAccount(
    { id: account_id, person_id, login: badge_number.toLowerCase(), status: 'active', created_at_ms },
    'no password opens this account',
    [{ role, unit_id }],
  );
  return { person_id, account_id };
}

function historyOf(offset: SeedOptions['offset'], at_ms: number): readonly ClockOffsetEstimate[] {
  if (offset === null) return [];
  return 'min_ms' in offset ? [estimate(offset, 'first', at_ms, at_ms)] : offset;
}

/** What six readings between two instants say of a clock. */
export function estimate(
  offset: OffsetInterval,
  began_as: ClockOffsetEstimate['began_as'],
  first_reading_ms: number,
  last_reading_ms: number,
): ClockOffsetEstimate {
  const epoch_from_ms = first_reading_ms;
  const method = 'onvif_utc';
  return { ...offset, epoch_from_ms, began_as, first_reading_ms, last_reading_ms, readings: 6, method };
}
