import type { ClockOffsetEstimate } from '../clock-offset/estimate.ts';
import { suspectClock } from '../clock-suspicion.ts';
import type { RetentionDepth } from '../overwriting/overwrite-horizon.ts';
import type { Camera, Observation, Recorder } from '../vocabulary/network.ts';
import type { FindingDetails, FindingSubject, NewFinding } from './finding.ts';
import { courseOf, STATE_TROUBLES, type StateTrouble } from './trouble.ts';

/** When troubles become findings; from settings. */
export interface WorkListRules {
  /** How long a device does not answer, or a camera does not record, before a person is to look. */
  readonly open_after_ms: number;
  /** How long all is well again before a finding is closed. */
  readonly mended_after_ms: number;
  /** A clock further off than this misleads people. */
  readonly clock_limit_ms: number;
  /** How long a clock that cannot be asked is known well enough by a reading by eye. */
  readonly photo_valid_ms: number;
  /** An owner confirms an agreement this often. */
  readonly confirmation_max_ms: number;
  /** How long somebody's word that an `owner_only` camera works, or does not, is believed. */
  readonly attestation_valid_ms: number;
}

/** What is known of one camera. */
export interface CameraEvidence {
  readonly camera: Pick<Camera, 'id' | 'code' | 'unit_id' | 'reach'>;
  /** Its last intervals, oldest first; the last one is current. Empty: never observed. */
  readonly intervals: readonly Observation[];
  /** Days agreed and how far back the recorder reaches; undefined: not looked at now. */
  readonly retention?:
    | { readonly agreed_days: number | null; readonly depth: RetentionDepth | null }
    | undefined;
  /** When the owner last confirmed the agreement that holds; null: none holds; undefined: not looked at now. */
  readonly confirmed_at_ms?: number | null | undefined;
}

/** What is known of one recorder. */
export interface RecorderEvidence {
  readonly recorder: Pick<Recorder, 'id' | 'code' | 'unit_id'>;
  readonly cameras: readonly CameraEvidence[];
  /** Newest estimate of its clock's offset; null: never measured. */
  readonly offset: ClockOffsetEstimate | null;
  /** Whether its clock could be read just now; null: nobody asked, or the device did not answer. */
  readonly clock_was_read: boolean | null;
}

/** What should become of one finding. */
export type Judgement =
  | { readonly act: 'open'; readonly finding: NewFinding }
  | { readonly act: 'close'; readonly subject: FindingSubject };

/**
 * What of the work list should be open and what closed, of one recorder and its cameras. What is neither is left
 * as it is: that is the hysteresis.
 */
export function judgeTroubles(evidence: RecorderEvidence, rules: WorkListRules, at_ms: number): Judgement[] {
  return [
    ...judgeRecorderStates(evidence, rules, at_ms),
    ...evidence.cameras.flatMap((camera) => judgeCamera(evidence, camera, rules, at_ms)),
    ...judgeClock(evidence, rules, at_ms),
  ];
}

/** A recorder's failures show as the same state of all its polled cameras; the one known for longest speaks. */
function judgeRecorderStates(evidence: RecorderEvidence, rules: WorkListRules, at_ms: number): Judgement[] {
  const polled = evidence.cameras.filter(({ camera }) => camera.reach !== 'owner_only');
  const [speaker] = polled
    .filter(({ intervals }) => intervals.length > 0)
    .sort((a, b) => a.intervals[0]!.from_ms - b.intervals[0]!.from_ms);
  const subject = ofRecorder(evidence);
  const kinds = STATE_TROUBLES.filter((kind) => kind !== 'not_recording');
  if (speaker === undefined)
    return kinds.map((kind) => ({ act: 'close', subject: { kind, ...subject.subject } }));
  return kinds.flatMap((kind) =>
    judgeState(kind, subject, speaker.intervals, rules, at_ms, { cameras: polled.length }),
  );
}

function judgeCamera(
  evidence: RecorderEvidence,
  one: CameraEvidence,
  rules: WorkListRules,
  at_ms: number,
): Judgement[] {
  const about = ofCamera(evidence, one);
  const judgements: Judgement[] = [];
  if (one.camera.reach === 'owner_only') {
    judgements.push(...judgeAttested(about, one.intervals, rules, at_ms));
  } else judgements.push(...judgeState('not_recording', about, one.intervals, rules, at_ms));
  if (one.retention !== undefined) judgements.push(...judgeRetention(about, one.retention, at_ms));
  if (one.confirmed_at_ms !== undefined) {
    const { confirmed_at_ms } = one;
    const due_ms = confirmed_at_ms === null ? null : confirmed_at_ms + rules.confirmation_max_ms;
    if (due_ms !== null && due_ms <= at_ms) {
      judgements.push(opened('agreement_unconfirmed', about, due_ms, { confirmed_at_ms }));
    } else judgements.push(closed('agreement_unconfirmed', about));
  }
  return judgements;
}

/** A word is believed at once, good or bad; one that has aged calls for another visit. */
function judgeAttested(
  about: About,
  intervals: readonly Observation[],
  rules: WorkListRules,
  at_ms: number,
): Judgement[] {
  const last = intervals.at(-1);
  if (last === undefined) return [];
  const at_once = { ...rules, open_after_ms: 0, mended_after_ms: 0 };
  const aged =
    last.reason === 'attestation_old'
      ? opened('attestation_old', about, last.from_ms, {})
      : closed('attestation_old', about);
  return [...judgeState('offline', about, intervals, at_once, at_ms), aged];
}

/** Kinds that need no patience: the device said no, and will say it again. */
const AT_ONCE: readonly StateTrouble[] = [
  'credentials_refused',
  'certificate_changed',
  'address_not_allowed',
];

function judgeState(
  kind: StateTrouble,
  about: About,
  intervals: readonly Observation[],
  rules: WorkListRules,
  at_ms: number,
  details: FindingDetails = {},
): Judgement[] {
  const patience = AT_ONCE.includes(kind) ? { open_after_ms: 0, mended_after_ms: 0 } : rules;
  const course = courseOf(kind, intervals, patience, at_ms);
  if (course.kind === 'mended') return [closed(kind, about)];
  if (course.kind === 'undecided') return [];
  const { reason, interruptions } = course;
  return [opened(kind, about, course.since_ms, { reason, interruptions, ...details })];
}

const DAY_MS = 86_400_000;
/** An interval wider than this is near to more than one suspicion. */
const SUSPICION_WIDTH_MAX_MS = 60_000;

function judgeRetention(
  about: About,
  { agreed_days, depth }: NonNullable<CameraEvidence['retention']>,
  at_ms: number,
): Judgement[] {
  if (agreed_days === null) return [closed('retention_short', about)];
  if (depth === null) return [];
  const agreed_ms = agreed_days * DAY_MS;
  if (depth.min_ms >= agreed_ms) return [closed('retention_short', about)];
  if (depth.max_ms >= agreed_ms) return [];
  const held_days = Math.round((depth.max_ms / DAY_MS) * 10) / 10;
  return [opened('retention_short', about, at_ms, { agreed_days, held_days })];
}

function judgeClock(evidence: RecorderEvidence, rules: WorkListRules, at_ms: number): Judgement[] {
  const { offset, clock_was_read } = evidence;
  const about = ofRecorder(evidence);
  const judgements: Judgement[] = [];
  if (offset !== null) {
    const { min_ms, max_ms, first_reading_ms } = offset;
    const is_off = min_ms > rules.clock_limit_ms || max_ms < -rules.clock_limit_ms;
    const is_right = min_ms >= -rules.clock_limit_ms && max_ms <= rules.clock_limit_ms;
    if (is_off) {
      const suspicion = suspicionOf(offset);
      judgements.push(opened('clock_off', about, first_reading_ms, { min_ms, max_ms, suspicion }));
    } else if (is_right) judgements.push(closed('clock_off', about));
  }
  const is_known_by_eye = offset?.method === 'photo' && at_ms - offset.last_reading_ms < rules.photo_valid_ms;
  const known_since_ms = offset?.last_reading_ms ?? null;
  if (clock_was_read === true || is_known_by_eye) judgements.push(closed('clock_unreadable', about));
  else if (clock_was_read === false) {
    const since_ms = known_since_ms ?? at_ms;
    const is_lasting = known_since_ms === null || at_ms - known_since_ms >= rules.open_after_ms;
    if (is_lasting)
      judgements.push(opened('clock_unreadable', about, since_ms, { last_read_ms: known_since_ms }));
  }
  return judgements;
}

/** What the size of an offset makes one suspect; a wide interval says too little. */
function suspicionOf({ min_ms, max_ms, last_reading_ms }: ClockOffsetEstimate) {
  const resolution_ms = max_ms - min_ms;
  if (resolution_ms > SUSPICION_WIDTH_MAX_MS) return null;
  const at = { sent_at_ms: last_reading_ms, received_at_ms: last_reading_ms };
  return suspectClock({
    device_time_ms: last_reading_ms + min_ms,
    resolution_ms,
    ...at,
    method: 'onvif_utc',
  });
}

interface About {
  readonly subject: Pick<FindingSubject, 'subject_kind' | 'subject_id'>;
  readonly camera_id: string | null;
  readonly recorder_id: string;
  readonly unit_id: string;
}

function ofRecorder({ recorder }: RecorderEvidence): About {
  const { id, unit_id } = recorder;
  return { subject: { subject_kind: 'recorder', subject_id: id }, camera_id: null, recorder_id: id, unit_id };
}

function ofCamera({ recorder }: RecorderEvidence, { camera }: CameraEvidence): About {
  const subject = { subject_kind: 'camera', subject_id: camera.id } as const;
  return { subject, camera_id: camera.id, recorder_id: recorder.id, unit_id: camera.unit_id };
}

function opened(
  kind: FindingSubject['kind'],
  { subject, ...where }: About,
  since_ms: number,
  details: FindingDetails,
): Judgement {
  return { act: 'open', finding: { kind, ...subject, ...where, since_ms, details } };
}

function closed(kind: FindingSubject['kind'], { subject }: About): Judgement {
  return { act: 'close', subject: { kind, ...subject } };
}
