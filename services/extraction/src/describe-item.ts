import { type ExtractionAssignment, type FootageOrigin, type Span, shiftSpan } from '@minhchung/domain';
import type { GapReason, ManifestInput, MasterInput } from '@minhchung/evidence';
import type { ManifestClock, ManifestDerivative, ManifestUnit } from '@minhchung/formats';
import type { ArchivedMaster, SearchResult } from './cut-footage-of.ts';
import type { Search } from './searches.ts';
import type { StepTaken } from './steps.ts';

/** Everything the manifest of one item is made from. */
export interface ItemFacts {
  readonly assignment: ExtractionAssignment;
  readonly attempt_prefix: string;
  readonly package_id: string;
  readonly created_at_ms: number;
  readonly result: SearchResult;
  readonly derivatives: readonly ManifestDerivative[];
  readonly origin: FootageOrigin;
  readonly hole_min_ms: number;
  readonly tools: Readonly<Record<string, string>>;
  readonly steps: readonly StepTaken[];
  readonly gapReason: (gap: Span) => GapReason;
}

/** The manifest's view of an item: who asked for what, what the clock was, what was found and made of it. */
export function describeItem(facts: ItemFacts): ManifestInput {
  const { assignment, result, origin } = facts;
  const { request, camera, recorder } = assignment;
  return {
    package_id: facts.package_id,
    created_at_ms: facts.created_at_ms,
    item: { id: assignment.lease.item_id, attempt: facts.attempt_prefix.split('/')[1] ?? '' },
    request: {
      id: request.id,
      number: request.number,
      purpose: request.purpose,
      reason: request.reason,
      legal_basis: request.legal_basis,
      legal_reference: request.legal_reference,
      is_urgent: request.is_urgent,
      submitted_at_ms: request.submitted_at_ms,
    },
    case: {
      id: assignment.case.id,
      number: assignment.case.number,
      is_provisional: assignment.case.is_provisional,
    },
    unit: unitOf(assignment.request_unit),
    requester: {
      full_name: assignment.requester.full_name,
      badge_number: assignment.requester.badge_number,
    },
    decisions: assignment.decisions.map(({ unit, person, verdict, reason, decided_at_ms }) => ({
      unit: unitOf(unit),
      person: { full_name: person.full_name, badge_number: person.badge_number },
      verdict,
      reason,
      decided_at_ms,
    })),
    approval: assignment.approval,
    camera: {
      id: camera.id,
      code: camera.code,
      name: camera.name,
      unit: unitOf(assignment.camera_unit),
      kind: camera.kind,
      position: camera.position,
      aim_point: camera.aim_point,
    },
    recorder: { id: recorder.id, name: recorder.name, kind: recorder.kind },
    clock: describeClock(assignment, result.search),
    requested_span: request.wanted,
    approved_span: assignment.approved,
    searched_device_span: result.search.device_span,
    hole_min_ms: facts.hole_min_ms,
    found_device_spans: result.masters.flatMap((master) => master.frames.found_spans),
    gapReason: facts.gapReason,
    source: {
      kind: origin.kind,
      address: origin.address,
      parts: origin.parts,
      streams_left_out: origin.streams_left_out,
    },
    masters: result.masters.map(describeMaster),
    derivatives: facts.derivatives,
    tools: facts.tools,
    steps: [
      {
        act: 'request_submitted',
        actor: `person:${request.requester_person_id}`,
        at_ms: request.submitted_at_ms,
      },
      ...assignment.decisions.map((decision) => ({
        act: `request_${decision.verdict}`,
        actor: `person:${decision.person_id}`,
        at_ms: decision.decided_at_ms,
      })),
      ...facts.steps.map(({ step, at_ms }) => ({ act: step, actor: 'system:extraction', at_ms })),
    ],
  };
}

function unitOf(unit: { readonly id: string; readonly name: string }): ManifestUnit {
  return { id: unit.id, name: unit.name };
}

const BASIS = {
  measured_around: 'measured_before_and_after',
  measured_earlier: 'measured_before',
  measured_later: 'measured_later',
  step_within: 'measured_before_and_after',
  assumed: 'assumed',
} as const;

function describeClock(assignment: ExtractionAssignment, search: Search): ManifestClock {
  const { clock, clock_offsets } = assignment;
  return {
    id: clock.id,
    name: clock.name,
    kind: clock.kind,
    offset_min_ms: search.offset.min_ms,
    offset_max_ms: search.offset.max_ms,
    basis: BASIS[search.basis],
    method: clock_offsets.at(-1)?.method ?? null,
    measured_at_ms: search.measured_at_ms,
    reading_count: clock_offsets.reduce((sum, estimate) => sum + estimate.readings, 0),
    note: noteOf(search),
  };
}

function noteOf(search: Search): string {
  switch (search.basis) {
    case 'assumed':
      return 'The clock could not be measured; the margin stated as its offset is an assumption.';
    case 'measured_later':
      return 'Measured after the footage was recorded, and widened for drift in between.';
    case 'measured_earlier':
      return 'Measured before the footage was recorded, and widened for drift in between.';
    case 'step_within':
      return 'The clock was set at an unknown moment near this footage; this is one of the two offsets that may have held.';
    default:
      return '';
  }
}

function describeMaster(master: ArchivedMaster): MasterInput {
  const { frames, stream } = master;
  return {
    name: master.name,
    size_bytes: master.size_bytes,
    sha256: master.sha256,
    codec: stream.codec,
    width: stream.width,
    height: stream.height,
    frame_count: master.frame_count,
    timescale: master.timescale,
    first_frame_device_time_us: master.first_frame_device_time_us,
    last_frame_device_time_us: master.last_frame_device_time_us,
    wanted: {
      frames_before: frames.frames_before,
      frames_inside: frames.frames_inside,
      frames_after: frames.frames_after,
      first_inside_device_time_us: frames.first_inside_device_time_us,
      last_inside_device_time_us: frames.last_inside_device_time_us,
    },
    open_gop: master.open_gop,
    signed_video_sei: master.signed_video_sei,
  };
}

/** A true span in the recorder's own time, at the middle of the offset's bounds. */
export function toDeviceMiddle(span: Span, search: Search): Span {
  return shiftSpan(span, Math.round((search.offset.min_ms + search.offset.max_ms) / 2));
}
