import { type DeviceClient, isCoded, type MediaProfile, type RecordingInformation } from '@minhchung/domain';
import {
  PROBE_CHANNELS_MAX,
  PROBE_HELD_DAYS_MIN,
  PROBE_PROFILES_MAX,
  PROBE_RECORDING_STALE_MS,
} from '../limits.ts';
import type { Findings } from './findings.ts';
import type { ProbedChannel, ProbedProfile } from './report.ts';

const DAY_MS = 86_400_000;

/** Every lens of a device: what it offers, and what of it is recorded. */
export async function probeChannels(
  device: DeviceClient,
  findings: Findings,
  device_now_ms: number,
  signal: AbortSignal,
): Promise<ProbedChannel[]> {
  const profiles = await readProfiles(device, findings, signal);
  if (findings.is_refused) return [];
  const recordings = await readRecordings(device, findings, device_now_ms, signal);
  const sources = [
    ...new Set([...profiles.map((one) => one.source_token), ...recordings.map((one) => one.source_token)]),
  ];
  const channels: ProbedChannel[] = [];
  for (const source_token of sources.slice(0, PROBE_CHANNELS_MAX)) {
    const own = profiles.filter((one) => one.source_token === source_token);
    const recording = recordings.find((one) => one.source_token === source_token) ?? null;
    channels.push({
      source_token,
      name: recording?.source_name || own[0]?.name || source_token,
      profiles: own,
      recording_token: recording?.recording_token ?? null,
      replay_uri: recording === null ? null : await replayUri(device, recording, findings, signal),
      recorded_from_device_ms: recording?.earliest_ms ?? null,
      recorded_to_device_ms: recording?.latest_ms ?? null,
      held_days: heldDays(recording),
    });
  }
  return channels;
}

async function readProfiles(
  device: DeviceClient,
  findings: Findings,
  signal: AbortSignal,
): Promise<ProbedProfile[]> {
  let profiles: readonly MediaProfile[];
  try {
    profiles = (await device.profiles(signal)).slice(0, PROBE_PROFILES_MAX);
  } catch (error) {
    findings.failed('profiles', error);
    return [];
  }
  const odd = profiles.filter(({ codec }) => codec !== null && !/^(H264|H265|HEVC)$/i.test(codec));
  if (profiles.length === 0) {
    findings.problem(
      'profiles',
      'no_profiles',
      { vi: 'Thiết bị không có luồng hình nào.', en: 'The device offers no stream.' },
      { vi: 'Tạo luồng hình trong cài đặt của thiết bị.', en: 'Set up a stream in the device.' },
    );
  } else if (odd.length > 0) {
    const names = odd.map(({ name, codec }) => `${name}: ${codec}`).join(', ');
    findings.attention(
      'profiles',
      'codec_unsupported',
      { vi: `Có luồng không trích xuất được: ${names}.`, en: `Some streams cannot be extracted: ${names}.` },
      { vi: 'Đặt luồng ghi hình sang H.264 hoặc H.265.', en: 'Set the recorded stream to H.264 or H.265.' },
    );
  } else {
    findings.ok('profiles', 'profiles', {
      vi: `Có ${profiles.length} luồng hình.`,
      en: `It offers ${profiles.length} streams.`,
    });
  }
  return await withStreams(device, profiles, findings, signal);
}

async function withStreams(
  device: DeviceClient,
  profiles: readonly MediaProfile[],
  findings: Findings,
  signal: AbortSignal,
): Promise<ProbedProfile[]> {
  const found: ProbedProfile[] = [];
  let failure: unknown = null;
  for (const profile of profiles) {
    let stream_uri: string | null = null;
    try {
      if (failure === null) stream_uri = await device.streamUri(profile.profile_token, signal);
    } catch (error) {
      failure = error;
    }
    found.push({ ...profile, stream_uri });
  }
  if (failure !== null) findings.failed('streams', failure, 'attention');
  return found;
}

async function readRecordings(
  device: DeviceClient,
  findings: Findings,
  device_now_ms: number,
  signal: AbortSignal,
): Promise<readonly RecordingInformation[]> {
  try {
    const recordings = await device.recordings(signal);
    recordingFindings(recordings, findings, device_now_ms);
    return recordings;
  } catch (error) {
    if (!isCoded(error, 'DEVICE_UNSUPPORTED')) findings.failed('recordings', error);
    else {
      findings.attention(
        'recordings',
        'no_profile_g',
        {
          vi: 'Thiết bị không cho tìm bản ghi qua ONVIF (không có Profile G): hình từ nó chỉ lấy được khi bản ghi nằm ở chỗ khác.',
          en: 'The device lets nobody search its recordings over ONVIF (no Profile G): its footage can only be had where it is recorded elsewhere.',
        },
        {
          vi: 'Nếu đây là camera, đăng ký đầu ghi (NVR) của nó. Nếu là đầu ghi, bật Profile G hoặc dùng thư mục ghi hình.',
          en: 'If this is a camera, register its recorder (NVR). If it is the recorder, switch Profile G on or use a recording folder.',
        },
      );
    }
    return [];
  }
}

function recordingFindings(
  recordings: readonly RecordingInformation[],
  findings: Findings,
  device_now_ms: number,
): void {
  const held = recordings.filter(({ earliest_ms, latest_ms }) => earliest_ms !== null && latest_ms !== null);
  if (held.length === 0) {
    findings.attention(
      'recordings',
      'nothing_recorded',
      { vi: 'Thiết bị chưa ghi gì.', en: 'Nothing is recorded.' },
      {
        vi: 'Kiểm tra ổ cứng hoặc thẻ nhớ, và lịch ghi hình (ghi liên tục).',
        en: 'Check the disk or card and the recording schedule (continuous).',
      },
    );
    return;
  }
  const stopped = held.filter(({ latest_ms }) => device_now_ms - latest_ms! > PROBE_RECORDING_STALE_MS);
  if (stopped.length > 0) {
    const names = stopped.map(({ source_name, source_token }) => source_name || source_token).join(', ');
    findings.attention(
      'recordings',
      'recording_stopped',
      { vi: `Kênh đã ngừng ghi: ${names}.`, en: `Channels that stopped recording: ${names}.` },
      {
        vi: 'Kiểm tra ổ cứng, lịch ghi hình và dây của các kênh này.',
        en: 'Check the disk, the schedule and the cables of these channels.',
      },
    );
  }
  const days = Math.min(...held.map((one) => heldDays(one)!));
  const text = {
    vi: `Bản ghi còn giữ khoảng ${days} ngày (kênh ít nhất).`,
    en: `Recordings are held for about ${days} days (the channel with the fewest).`,
  };
  if (days >= PROBE_HELD_DAYS_MIN) {
    findings.ok('recordings', 'held', text);
    return;
  }
  findings.attention('recordings', 'held_short', text, {
    vi: 'Nếu thiết bị đã chạy lâu hơn thế: thêm ổ cứng, giảm tốc độ bit hoặc số khung hình.',
    en: 'If it has run for longer than that: add a disk, or lower bit rate or frame rate.',
  });
}

async function replayUri(
  device: DeviceClient,
  { recording_token }: RecordingInformation,
  findings: Findings,
  signal: AbortSignal,
): Promise<string | null> {
  if (findings.list.some(({ step }) => step === 'replay')) return null;
  try {
    return await device.replayUri(recording_token, signal);
  } catch (error) {
    findings.failed('replay', error);
    return null;
  }
}

/** Days to one place; null where nothing is held. */
function heldDays(recording: RecordingInformation | null): number | null {
  if (recording === null || recording.earliest_ms === null || recording.latest_ms === null) return null;
  return Math.round(((recording.latest_ms - recording.earliest_ms) / DAY_MS) * 10) / 10;
}
