/**
 * A manifest's input that makes sense in every respect, for tests of what builds, signs, exports and verifies
 * packages: one minute in the night of 21 November 2026, from a recorder 41 minutes fast.
 */
import type { ManifestInput, MasterInput } from '@minhchung/evidence';

const MINUTE_MS = 60_000;

/** True time of the requested span's start: 2026-11-21T19:00:00Z. */
export const SAMPLE_START_MS = Date.UTC(2026, 10, 21, 19);

/** The sample recorder's clock minus true time. */
export const SAMPLE_OFFSET = { min_ms: 41 * MINUTE_MS - 40, max_ms: 41 * MINUTE_MS + 50 };

/** What must be known of a master; the rest of the input follows from it. */
export type SampleMaster = Pick<
  MasterInput,
  'name' | 'size_bytes' | 'sha256' | 'codec' | 'width' | 'height' | 'timescale'
> & {
  /** Device times of all frames, ascending, in microseconds. */
  readonly frame_times_us: readonly number[];
};

/** Device time of an instant given in milliseconds after the start of the sample's requested span. */
export function sampleDeviceTime_us(after_start_ms: number): number {
  return (SAMPLE_START_MS + 41 * MINUTE_MS + after_start_ms) * 1000;
}

/** Input for a span of `length_ms` from the sample's start, delivered in the given masters. */
export function sampleInput(length_ms: number, masters: readonly SampleMaster[]): ManifestInput {
  const span = { start_ms: SAMPLE_START_MS, end_ms: SAMPLE_START_MS + length_ms };
  const searched = {
    start_ms: span.start_ms + SAMPLE_OFFSET.min_ms,
    end_ms: span.end_ms + SAMPLE_OFFSET.max_ms,
  };
  const submitted_at_ms = span.end_ms + 30 * MINUTE_MS;
  return {
    package_id: 'pkg-0001',
    created_at_ms: submitted_at_ms + 20 * MINUTE_MS,
    item: { id: 'item-0001', attempt: '1' },
    request: {
      id: 'req-0001',
      number: 'YC-00042/2026',
      purpose: 'Điều tra vụ trộm cắp tài sản',
      reason: 'Xác định hướng di chuyển của nghi phạm',
      legal_basis: 'criminal_procedure',
      legal_reference: 'Điều 88 BLTTHS',
      is_urgent: false,
      submitted_at_ms,
    },
    case: { id: 'case-0001', number: 'HS-17/2026', is_provisional: false },
    unit: { id: 'unit-hac-thanh', name: 'Phường Hạc Thành' },
    requester: { full_name: 'Nguyễn Văn An', badge_number: '123-456' },
    decisions: [
      {
        unit: { id: 'unit-hac-thanh', name: 'Phường Hạc Thành' },
        person: { full_name: 'Lê Thị Bình', badge_number: '654-321' },
        verdict: 'approved',
        reason: 'Đúng thẩm quyền, đúng phạm vi',
        decided_at_ms: submitted_at_ms + 5 * MINUTE_MS,
      },
    ],
    approval: { audit_event_id: 'evt-000317', leaf_sha256: 'ab'.repeat(32) },
    camera: {
      id: 'cam-0007',
      code: 'HT-07',
      name: 'Ngã tư Đông Vệ',
      unit: { id: 'unit-hac-thanh', name: 'Phường Hạc Thành' },
      kind: 'community',
      position: { latitude_deg: 19.8067, longitude_deg: 105.7852 },
      aim_point: null,
    },
    recorder: { id: 'rec-0001', name: 'Đầu ghi nhà văn hóa', kind: 'onvif' },
    clock: {
      id: 'clock-0001',
      name: 'Đồng hồ đầu ghi nhà văn hóa',
      kind: 'recorder',
    },
    requested_span: span,
    approved_span: span,
    searches: [
      {
        approved_part: span,
        device_span: searched,
        offset_min_ms: SAMPLE_OFFSET.min_ms,
        offset_max_ms: SAMPLE_OFFSET.max_ms,
        basis: 'measured_before_and_after',
        method: 'onvif_utc',
        measured_at_ms: submitted_at_ms + 10 * MINUTE_MS,
        reading_count: 5,
        undecodable_packet_count: 0,
        note: '',
        found_device_spans: masters.map(({ frame_times_us }) => ({
          start_ms: Math.floor(frame_times_us[0]! / 1000),
          end_ms: Math.ceil(frame_times_us.at(-1)! / 1000) + 40,
        })),
      },
    ],
    hole_min_ms: 2000,
    gapReason: () => ({
      reason: 'not_recorded',
      text: { vi: 'Đầu ghi không có hình trong khoảng này', en: 'The recorder holds nothing here' },
    }),
    source: {
      kind: 'onvif_replay',
      address: 'rtsp://192.168.1.20:554/replay',
      parts: ['recording-7'],
      streams_left_out: ['audio: not approved'],
      parts_left_out: [],
    },
    masters: masters.map((master) => sampleMasterInput(master, 0, searched)),
    derivatives: [],
    tools: { minhchung: '0.1.0', ffmpeg: '5.1.9' },
    steps: [
      { act: 'request_submitted', actor: 'person:p-0001', at_ms: submitted_at_ms },
      { act: 'request_approved', actor: 'person:p-0002', at_ms: submitted_at_ms + 5 * MINUTE_MS },
      { act: 'footage_cut', actor: 'system:extraction', at_ms: submitted_at_ms + 19 * MINUTE_MS },
    ],
  };
}

/** A master of the sample as one of its searches found it. */
export function sampleMasterInput(
  { frame_times_us, ...master }: SampleMaster,
  search: number,
  searched: { readonly start_ms: number; readonly end_ms: number },
): MasterInput {
  const before = frame_times_us.filter((time) => time < searched.start_ms * 1000);
  const after = frame_times_us.filter((time) => time >= searched.end_ms * 1000);
  const inside = frame_times_us.slice(before.length, frame_times_us.length - after.length);
  return {
    ...master,
    search,
    frame_count: frame_times_us.length,
    first_frame_device_time_us: frame_times_us[0]!,
    last_frame_device_time_us: frame_times_us.at(-1)!,
    wanted: {
      frames_before: before.length,
      frames_inside: inside.length,
      frames_after: after.length,
      first_inside_device_time_us: inside[0] ?? null,
      last_inside_device_time_us: inside.at(-1) ?? null,
    },
    open_gop: false,
    signed_video_sei: false,
  };
}
