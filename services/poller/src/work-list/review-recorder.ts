import {
  attestedState,
  type Camera,
  type CameraEvidence,
  type Finding,
  type FindingSubject,
  findingKey,
  judgeTroubles,
  type NewFinding,
  type Observation,
  type Recorder,
  type WorkListRules,
} from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';

/** What a review is told beside what the store knows. */
export interface RecorderReview {
  readonly recorder: Recorder;
  /** Cameras in use at the recorder, `owner_only` ones included. */
  readonly cameras: readonly Camera[];
  /** Whether this poll could read the clock; null: the device did not answer at all, or nobody asked. */
  readonly clock_was_read: boolean | null;
  readonly rules: WorkListRules;
  readonly at_ms: number;
  /** What was also looked at, by camera id: retention and agreement change by time, not by polls. */
  readonly more?: ReadonlyMap<string, Pick<CameraEvidence, 'retention' | 'confirmed_at_ms'>>;
}

/** What a review changed on the work list. */
export interface ReviewedWork {
  readonly opened: readonly NewFinding[];
  readonly closed: readonly FindingSubject[];
}

/**
 * Brings the work list up to date for one recorder, within the transaction that recorded its poll. To be called
 * when a state, a reason, the clock's standing or the coverage changed; what changes by time alone is the business
 * of `reviewWorkList`.
 */
export async function reviewRecorder(tx: Repositories, review: RecorderReview): Promise<ReviewedWork> {
  return (await reviewRecorders(tx, [review]))[0]!;
}

/** The same for many recorders, with a fixed number of questions whatever their number. */
export async function reviewRecorders(
  tx: Repositories,
  reviews: readonly RecorderReview[],
): Promise<ReviewedWork[]> {
  const intervals = await recentIntervals(tx, reviews);
  const offsets = await tx.clockSights.newestOffsets(reviews.map(({ recorder }) => recorder.clock_id));
  const known = await tx.findings.openOf(reviews.map(({ recorder }) => recorder.id));
  const open = new Map(known.map((finding) => [findingKey(finding), finding]));
  const results: ReviewedWork[] = [];
  for (const { recorder, cameras, clock_was_read, rules, at_ms, more } of reviews) {
    const evidence = {
      recorder,
      cameras: cameras.map((camera) => ({
        camera,
        intervals: intervals.get(camera.id) ?? [],
        ...more?.get(camera.id),
      })),
      offset: offsets.get(recorder.clock_id) ?? null,
      clock_was_read,
    };
    results.push(await carryOut(tx, judgeTroubles(evidence, rules, at_ms), open, at_ms));
  }
  return results;
}

/** Opens and closes what was judged; what is open already and unchanged is not written again. */
async function carryOut(
  tx: Repositories,
  judgements: ReturnType<typeof judgeTroubles>,
  open: ReadonlyMap<string, Finding>,
  at_ms: number,
): Promise<ReviewedWork> {
  const opened: NewFinding[] = [];
  const closed: FindingSubject[] = [];
  for (const judgement of judgements) {
    if (judgement.act === 'open') {
      const known = open.get(findingKey(judgement.finding));
      if (known !== undefined && isToldAlready(known, judgement.finding)) continue;
      const { is_new } = await tx.findings.open(judgement.finding, at_ms);
      if (is_new) opened.push(judgement.finding);
    } else if (open.has(findingKey(judgement.subject))) {
      await tx.findings.close(judgement.subject, at_ms, 'poller');
      closed.push(judgement.subject);
    }
  }
  return { opened, closed };
}

function isToldAlready(known: Finding, found: NewFinding): boolean {
  const names = new Set([...Object.keys(known.details), ...Object.keys(found.details)]);
  return (
    known.since_ms <= found.since_ms &&
    [...names].every((name) => known.details[name] === found.details[name])
  );
}

/**
 * The intervals that matter to the hysteresis, and always the current one with its true beginning. Of cameras that
 * only their owner reaches: what their newest attestation says, as one interval.
 */
async function recentIntervals(
  tx: Repositories,
  reviews: readonly RecorderReview[],
): Promise<Map<string, Observation[]>> {
  const cameras = reviews.flatMap((review) => review.cameras);
  const polled = cameras.filter(({ reach }) => reach !== 'owner_only').map(({ id }) => id);
  const at_ms = Math.max(0, ...reviews.map((review) => review.at_ms));
  const back_ms = Math.max(0, ...reviews.map(({ rules }) => rules.open_after_ms + rules.mended_after_ms));
  const seen = [
    ...(await tx.observations.during(polled, { start_ms: at_ms - back_ms, end_ms: at_ms + 1 })),
    ...(await tx.observations.current(polled)),
  ];
  const by_camera = new Map<string, Map<string, Observation>>();
  for (const one of seen) {
    const of_camera = by_camera.get(one.camera_id) ?? new Map<string, Observation>();
    of_camera.set(one.id, one);
    by_camera.set(one.camera_id, of_camera);
  }
  const in_order = (found: Map<string, Observation>) =>
    [...found.values()].sort((a, b) => a.from_ms - b.from_ms);
  const intervals = new Map([...by_camera].map(([id, found]) => [id, in_order(found)]));
  for (const one of await attestedIntervals(tx, reviews, at_ms)) intervals.set(one.camera_id, [one]);
  return intervals;
}

async function attestedIntervals(
  tx: Repositories,
  reviews: readonly RecorderReview[],
  at_ms: number,
): Promise<Observation[]> {
  const valid_ms = reviews[0]?.rules.attestation_valid_ms ?? 0;
  const ids = reviews.flatMap(({ cameras }) =>
    cameras.filter(({ reach }) => reach === 'owner_only').map(({ id }) => id),
  );
  const words = ids.length === 0 ? [] : await tx.attestations.newest(ids, at_ms);
  return words.map((word) => {
    const { state, reason, from_ms } = attestedState([word], at_ms, valid_ms);
    const { id, camera_id } = word;
    return { id, camera_id, state, reason, from_ms: from_ms ?? word.at_ms, until_ms: at_ms };
  });
}
