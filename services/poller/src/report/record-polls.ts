import type { CameraState, Recorder, WorkListRules } from '@minhchung/domain';
import {
  type ClaimedPoll,
  noteDeviceSeen,
  type PolledCamera,
  type PollReport,
  type Repositories,
  refreshHorizons,
  type SeenChannels,
} from '@minhchung/store';
import { type CameraFinding, cameraStateAfter, recordingOf } from '../camera-state.ts';
import { deviceSeen } from '../playback/device-seen.ts';
import type { RecorderPoll } from '../poll-recorder.ts';
import { reviewRecorders } from '../work-list/review-recorder.ts';
import { isCoverageNews, isOffsetNews, isStateNews, retainedOf } from './news.ts';
import { channelsKey, channelsOf } from './seen-channels.ts';

/** One poll to be written down. */
export interface FinishedPoll {
  readonly claimed: ClaimedPoll;
  /** Null: there was nothing to ask. */
  readonly poll: RecorderPoll | null;
  readonly report: PollReport;
}

/** What one poll changed and left: for counting and for the log. */
export interface RecordedPoll {
  readonly recorder_id: string;
  readonly states: readonly CameraState[];
  readonly changes: number;
  /** The channels that are written down now, as `channelsKey` names them; null: they were not news. */
  readonly channels_key: string | null;
}

export interface RecordRules {
  /** A recording older than this by the device's own clock has stopped. */
  readonly stale_ms: number;
  /** Null: nobody keeps a work list. */
  readonly work_list: WorkListRules | null;
  /** Whether channels with this key have still to be written down, as far as this process remembers. */
  readonly isChannelNews: (recorder_id: string, channels_key: string) => boolean;
}

/**
 * Writes polls down within one transaction; a process killed here leaves their recorders all as before or all as
 * seen. Polls whose lease was lost are left out: the newer poll speaks for them. Where nothing is news this is one
 * statement for all of them. A change of state is an event of the audit trail; a poll that saw nothing new is not.
 */
export async function recordPolls(
  tx: Repositories,
  poller_id: string,
  finished: readonly FinishedPoll[],
  rules: RecordRules,
): Promise<ReadonlyMap<string, RecordedPoll>> {
  const taken = await tx.polls.report(
    poller_id,
    finished.map(({ report }) => report),
  );
  const ours = finished.filter(({ report }) => taken.has(report.recorder_id));
  const recorded = new Map<string, RecordedPoll>();
  const steps: FinishedPoll[] = [];
  const changed: { camera: PolledCamera; finding: CameraFinding; at_ms: number }[] = [];
  const reviews: FinishedPoll[] = [];
  const channel_keys = await writeChannels(tx, ours, rules);
  for (const { claimed, poll, report } of ours) {
    if (poll === null || claimed.recorder.playback == null) continue;
    await noteDeviceSeen(tx, claimed.recorder, deviceSeen(poll, claimed.offset), report.at_ms);
  }
  for (const one of ours) {
    const news = await writeNews(tx, one, rules.stale_ms);
    const { recorder_id } = one.report;
    const channels_key = channel_keys.get(recorder_id) ?? null;
    recorded.set(recorder_id, {
      recorder_id,
      states: news.states,
      changes: news.changed.length,
      channels_key,
    });
    changed.push(...news.changed);
    if (one.poll?.clock?.stepped === true) steps.push(one);
    if (news.is_worth_review) reviews.push(one);
  }
  if (rules.work_list !== null) await review(tx, reviews, rules.work_list);
  for (const { claimed, report } of steps) await tx.audit.append(stepEvent(claimed.recorder, report.at_ms));
  for (const { camera, finding, at_ms } of changed) await tx.audit.append(stateEvent(camera, finding, at_ms));
  return recorded;
}

/** Writes the channels that are news; returns their keys by recorder. */
async function writeChannels(
  tx: Repositories,
  finished: readonly FinishedPoll[],
  { isChannelNews }: RecordRules,
): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  const seen: SeenChannels[] = [];
  let at_ms = 0;
  for (const { poll, report } of finished) {
    if (poll === null || !poll.outcome.answered || poll.outcome.recordings === null) continue;
    const { recorder_id } = report;
    const channels = channelsOf(poll.outcome.recordings);
    const key = channelsKey(channels);
    if (!isChannelNews(recorder_id, key)) continue;
    keys.set(recorder_id, key);
    seen.push({ recorder_id, channels });
    at_ms = Math.max(at_ms, report.at_ms);
  }
  if (seen.length > 0) await tx.channels.seeAll(seen, at_ms);
  return keys;
}

interface News {
  readonly states: CameraState[];
  readonly changed: { camera: PolledCamera; finding: CameraFinding; at_ms: number }[];
  readonly is_worth_review: boolean;
}

async function writeNews(
  tx: Repositories,
  { claimed, poll, report }: FinishedPoll,
  stale_ms: number,
): Promise<News> {
  const news: News = { states: [], changed: [], is_worth_review: false };
  if (poll === null) return news;
  const { at_ms } = report;
  const { recorder } = claimed;
  let is_worth_review = poll.clock?.stepped === true;
  let saved = claimed.offset;
  for (const estimate of poll.clock?.to_save ?? []) {
    if (!isOffsetNews(saved, estimate)) continue;
    await tx.clockOffsets.save(recorder.clock_id, estimate);
    is_worth_review ||= saved === null;
    saved = estimate;
  }
  const difference_ms = poll.clock?.last_difference_ms ?? null;
  const device_now_ms = difference_ms === null ? null : at_ms + difference_ms;
  for (const camera of claimed.cameras) {
    const finding = cameraStateAfter(poll.outcome, camera.source_token, device_now_ms, stale_ms);
    news.states.push(finding.state);
    if (isStateNews(camera, finding, at_ms)) {
      const { last_polled_at_ms } = claimed;
      const seen = { camera_id: camera.id, recorder_id: recorder.id, ...finding, at_ms, last_polled_at_ms };
      const { changed } = await tx.observations.recordPolled(seen);
      if (changed) news.changed.push({ camera, finding, at_ms });
      is_worth_review = true;
    }
    if (!poll.outcome.answered || poll.outcome.recordings === null) continue;
    const recording = recordingOf(poll.outcome.recordings, camera.source_token);
    const retained = retainedOf(recording, device_now_ms, stale_ms);
    if (!isCoverageNews(camera, retained, at_ms)) continue;
    const bounds = {
      retained_from_device_ms: retained.from_ms,
      retained_to_device_ms: retained.to_ms,
    };
    await tx.coverage.record(
      { camera_id: camera.id, observed_at_ms: at_ms, ...bounds },
      { recorder_id: recorder.id, grows: retained.grows },
    );
    await refreshHorizons(tx, camera.id, saved);
  }
  return { ...news, is_worth_review };
}

async function review(tx: Repositories, polls: readonly FinishedPoll[], rules: WorkListRules): Promise<void> {
  if (polls.length === 0) return;
  const reviews = [];
  const in_use = await tx.cameras.ofRecorders(polls.map(({ claimed }) => claimed.recorder.id));
  for (const { claimed, poll, report } of polls) {
    const cameras = in_use.get(claimed.recorder.id) ?? [];
    const clock_was_read = poll === null ? null : wasClockRead(poll);
    reviews.push({ recorder: claimed.recorder, cameras, clock_was_read, rules, at_ms: report.at_ms });
  }
  await reviewRecorders(tx, reviews);
}

/** Null of a device that did not answer at all: that says nothing of its clock. */
function wasClockRead({ clock, outcome }: RecorderPoll): boolean | null {
  if (clock !== null) return clock.readings > 0;
  return outcome.answered || outcome.code === 'DEVICE_REFUSED' || outcome.code === 'DEVICE_BROKEN'
    ? false
    : null;
}

function stateEvent(camera: PolledCamera, finding: CameraFinding, at_ms: number) {
  return {
    at_ms,
    act: 'camera.state_changed',
    account_id: null,
    person_id: null,
    unit_id: camera.unit_id,
    subject_kind: 'camera',
    subject_id: camera.id,
    outcome: 'ok',
    details: { state: finding.state, reason: finding.reason },
  } as const;
}

function stepEvent(recorder: Recorder, at_ms: number) {
  return {
    at_ms,
    act: 'clock.stepped',
    account_id: null,
    person_id: null,
    unit_id: recorder.unit_id,
    subject_kind: 'clock',
    subject_id: recorder.clock_id,
    outcome: 'ok',
    details: { recorder: recorder.code },
  } as const;
}
