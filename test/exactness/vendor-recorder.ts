import { PLAYBACK_PRESETS, type PlaybackFinding, type Span } from '@minhchung/domain';
import { FakeTime, type RecordedFootage, startVendorRecorder } from '@minhchung/testkit';
import type { ExactnessCase } from './factors.ts';
import { type CaseRecorder, heldOf } from './recorder.ts';
import { holesOf, offsetsOf, STAGE } from './stage.ts';

const PASSWORD = 'mat-khau-thu';
const DAY_MS = 86_400_000;

/** As calibration finds it: the address is in UTC, and RTCP tells when each picture was taken. */
const FINDING: PlaybackFinding = {
  ...{ semantics: 'utc', zone_offset_min: 0, frame_times: 'stamped', frame_offset_min: 0 },
  ...{ start_rule: 'keyframe_before', honours_end: true, keyframe_interval_ms: 10_000 },
  ...{ time_resolution_ms: 0, nothing_answer: 'rtsp_404', method: 'frame_times' },
  ...{ calibrated_at_ms: STAGE.start_ms, calibrated_by_person_id: 'p' },
  ...{ firmware_version: null, stale: null },
};

/** What a recorder of this kind holds, and how wrong it is. */
export interface VendorHoldings {
  readonly footage: RecordedFootage;
  /** What it holds, true time; outside it the simulator would play the footage over and over. */
  readonly held: Span;
  readonly holes: readonly Span[];
  readonly clock_offset_ms: number;
}

/** A recorder that plays what it holds at its maker's address, with how the product reaches it. */
export async function startVendor({
  held,
  ...holdings
}: VendorHoldings): Promise<Pick<CaseRecorder, 'seed' | 'close'>> {
  const recorder = await startVendorRecorder({
    ...{ vendor: 'hikvision', reads: 'utc', sends: 'rtcp', stamps: 'utc', password: PASSWORD },
    ...{ ...holdings, time: new FakeTime(held.end_ms), days: (held.end_ms - held.start_ms) / DAY_MS },
  });
  const template = PLAYBACK_PRESETS.hikvision;
  const playback = { vendor: 'hikvision', template, channel: 1, rtsp_port: null, finding: FINDING } as const;
  return {
    seed: {
      recorder: { kind: 'playback_url', device_url: recorder.device_url, folder: null, playback },
      source_token: null,
      credentials: { username: 'admin', password: PASSWORD },
    },
    close: () => recorder.close(),
  };
}

/** The recorder of a case. Its clock runs on: it cannot be set in between. */
export async function vendorRecorder(one: ExactnessCase, footage: RecordedFootage): Promise<CaseRecorder> {
  const held = { start_ms: STAGE.start_ms, end_ms: STAGE.start_ms + STAGE.duration_ms };
  const clock_offset_ms = offsetsOf(one).before_ms;
  const started = await startVendor({ footage, held, holes: holesOf(one), clock_offset_ms });
  return { ...started, held: heldOf(one, footage), nal_units: null };
}
