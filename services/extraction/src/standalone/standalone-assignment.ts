import {
  type CameraKind,
  type ClockOffsetEstimate,
  CodedError,
  type ExtractionAssignment,
  type ExtractionRequest,
  LIMITS,
  problemsOfSpan,
  type Recorder,
  type Span,
  type Unit,
} from '@minhchung/domain';

/** What a person who works alone states; nothing of it is looked up anywhere. */
export interface StandaloneRequest {
  /** True time. */
  readonly wanted: Span;
  readonly case_number: string;
  readonly reason: string;
  /** Who works: name, and badge or identity number where there is one. */
  readonly operator: { readonly full_name: string; readonly badge_number: string };
  readonly unit_name: string;
  readonly camera_name: string;
  /** Whose the operator says it is; without an agreement to hold it against. */
  readonly camera_kind: CameraKind;
  readonly folder: NonNullable<Recorder['folder']>;
  /** What the clock that named the files showed at a true instant, give or take; null: nobody looked. */
  readonly clock_seen: ClockSeen | null;
}

/** One look at a clock: `shown_ms` by the device, `true_ms` really, both give or take `bound_ms`. */
export interface ClockSeen {
  readonly shown_ms: number;
  readonly true_ms: number;
  readonly bound_ms: number;
}

/** Stands for everybody and everything that has no entry in a register. */
const UNREGISTERED = 'unregistered';

/**
 * What the extractor is told when somebody works alone: no decision, no approval, no agreement, and a clock known by
 * one look at most. Throws `TEXT_MISSING`, `TEXT_TOO_LONG` and what is wrong with the span.
 */
export function standaloneAssignment(
  request: StandaloneRequest,
  ids: { readonly item_id: string; readonly request_id: string },
  now_ms: number,
): ExtractionAssignment {
  const [problem] = [...problemsOfSpan(request.wanted, now_ms), ...problemsOfTexts(request)];
  if (problem !== undefined) throw problem;
  const unit = unitOf(request.unit_name);
  const { folder } = request;
  const camera_name = request.camera_name.trim();
  return {
    lease: {
      item_id: ids.item_id,
      worker_id: UNREGISTERED,
      token: 1,
      expires_at_ms: Number.MAX_SAFE_INTEGER,
    },
    camera: {
      ...{ id: UNREGISTERED, code: UNREGISTERED, name: camera_name, unit_id: unit.id, site_id: null },
      ...{
        kind: request.camera_kind,
        owner_id: null,
        position: { latitude_deg: 0, longitude_deg: 0 },
        aim_point: null,
      },
      ...{ field_of_view_deg: null, range_m: null, mounting: null, reach: 'polled' },
      ...{ recorder_id: UNREGISTERED, source_token: null, created_at_ms: now_ms, retired_at_ms: null },
    },
    camera_unit: unit,
    recorder: {
      ...{ id: UNREGISTERED, code: UNREGISTERED, name: camera_name, unit_id: unit.id },
      ...{ network_id: UNREGISTERED, kind: 'folder', device_url: null, folder },
      ...{ clock_id: UNREGISTERED, created_at_ms: now_ms },
    },
    clock: { id: UNREGISTERED, name: camera_name, kind: 'recorder' },
    address: null,
    clock_offsets: request.clock_seen === null ? [] : [estimateOf(request.clock_seen)],
    display_clock: null,
    request: requestOf(request, ids.request_id, unit, now_ms),
    request_unit: unit,
    requester: { id: UNREGISTERED, ...trimmed(request.operator), created_at_ms: now_ms },
    decisions: [],
    case: {
      ...{ id: UNREGISTERED, unit_id: unit.id, number: request.case_number.trim(), is_provisional: true },
      ...{ title: '', incident_ids: [], opened_at_ms: now_ms, closed_at_ms: null },
    },
    approved: request.wanted,
    attempts_forgiven: 0,
    overwrite_at_ms: null,
    agreements: [],
    owner_accepted: false,
    order: null,
    approval: null,
  };
}

function requestOf(
  { wanted, reason }: StandaloneRequest,
  id: string,
  unit: Unit,
  now_ms: number,
): ExtractionRequest {
  return {
    ...{ id, number: UNREGISTERED, unit_id: unit.id, case_id: UNREGISTERED },
    ...{ requester_person_id: UNREGISTERED, requester_account_id: UNREGISTERED },
    ...{ wanted, purpose: 'incident', reason: reason.normalize('NFC').trim() },
    ...{ legal_basis: 'other', legal_reference: null, is_urgent: false, wants_audio: false },
    ...{ state: 'approved', submitted_at_ms: now_ms },
  };
}

function unitOf(name: string): Unit {
  const validity = { valid_from_ms: 0, valid_to_ms: null, successor_ids: [] };
  return {
    id: UNREGISTERED,
    code: UNREGISTERED,
    name: name.trim(),
    level: 'ward',
    parent_id: null,
    ...validity,
  };
}

function estimateOf({ shown_ms, true_ms, bound_ms }: ClockSeen): ClockOffsetEstimate {
  const offset_ms = shown_ms - true_ms;
  return {
    ...{ min_ms: Math.floor(offset_ms - bound_ms), max_ms: Math.ceil(offset_ms + bound_ms) },
    ...{ epoch_from_ms: true_ms, began_as: 'first', first_reading_ms: true_ms, last_reading_ms: true_ms },
    ...{ readings: 1, method: 'photo' },
  };
}

function trimmed({ full_name, badge_number }: StandaloneRequest['operator']) {
  return { full_name: full_name.normalize('NFC').trim(), badge_number: badge_number.trim() };
}

function problemsOfTexts(request: StandaloneRequest): CodedError[] {
  const lines = {
    case: request.case_number,
    operator: request.operator.full_name,
    badge: request.operator.badge_number,
    unit: request.unit_name,
    camera: request.camera_name,
  };
  return [
    ...Object.entries(lines).flatMap(([field, text]) => problemOfText(field, text, LIMITS.line_max_chars)),
    ...problemOfText('reason', request.reason, LIMITS.paragraph_max_chars),
  ];
}

function problemOfText(field: string, text: string, max: number): CodedError[] {
  if (text.trim() === '') return [new CodedError('TEXT_MISSING', { field })];
  return text.length > max ? [new CodedError('TEXT_TOO_LONG', { field, length: text.length, max })] : [];
}
