import type { ExtractionAssignment, FootageOrigin, Span } from '@minhchung/domain';
import type { GapReason, ManifestInput } from '@minhchung/evidence';
import type { ManifestDerivative, ManifestNative, ManifestUnit } from '@minhchung/formats';
import type { SearchResult } from './cut-footage-of.ts';
import { describeDisplayClock } from './describe-display-clock.ts';
import { describeMaster, describeSearch } from './describe-search.ts';
import { describeSideFiles } from './describe-sound.ts';
import type { StepTaken } from './steps.ts';

/** Everything the manifest of one item is made from. */
export interface ItemFacts {
  readonly assignment: ExtractionAssignment;
  /** Undefined: approved and logged. Otherwise no register was asked, and nothing is said that it would know. */
  readonly authority: 'unapproved_unlogged' | undefined;
  readonly attempt_prefix: string;
  readonly package_id: string;
  readonly created_at_ms: number;
  readonly results: readonly SearchResult[];
  readonly derivatives: readonly ManifestDerivative[];
  /** Undefined: nothing was handed in. */
  readonly natives?: readonly ManifestNative[] | undefined;
  readonly origin: FootageOrigin;
  readonly hole_min_ms: number;
  /** As configured. */
  readonly drift_ppm: number;
  readonly tools: Readonly<Record<string, string>>;
  readonly steps: readonly StepTaken[];
  readonly gapReason: (gap: Span) => GapReason;
}

/** The manifest's view of an item: who asked for what, what the clock was, what was found and made of it. */
export function describeItem(facts: ItemFacts): ManifestInput {
  const { assignment, results, origin } = facts;
  const { request, camera, recorder, clock } = assignment;
  const display_clock = describeDisplayClock(assignment, facts.drift_ppm);
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
    ...(facts.authority && { authority: facts.authority }),
    approval: assignment.approval,
    camera: {
      id: camera.id,
      code: camera.code,
      name: camera.name,
      unit: unitOf(assignment.camera_unit),
      kind: camera.kind,
      position: facts.authority === undefined ? camera.position : null,
      aim_point: camera.aim_point,
    },
    recorder: { id: recorder.id, name: recorder.name, kind: recorder.kind },
    clock: { id: clock.id, name: clock.name, kind: clock.kind },
    ...(display_clock && { display_clock }),
    requested_span: request.wanted,
    approved_span: assignment.approved,
    searches: results.map(describeSearch),
    hole_min_ms: facts.hole_min_ms,
    gapReason: facts.gapReason,
    source: {
      kind: origin.kind,
      address: origin.address,
      parts: origin.parts,
      streams_left_out: origin.streams_left_out,
      parts_left_out: origin.parts_left_out,
      ...(origin.times_from && { times_from: origin.times_from }),
    },
    masters: results.flatMap(({ masters }, search) =>
      masters.map((master) => describeMaster(master, search)),
    ),
    ...describeSideFiles(results),
    derivatives: facts.derivatives,
    ...(facts.natives && { natives: facts.natives }),
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
