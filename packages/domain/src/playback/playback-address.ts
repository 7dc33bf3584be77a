import { CodedError } from '../errors.ts';
import type { Span } from '../span.ts';
import type { Camera, Recorder } from '../vocabulary/network.ts';
import type { PlaybackFinding, PlaybackSettings } from '../vocabulary/playback.ts';
import { PLAYBACK_CHANNEL_MAX } from './limits.ts';
import { type TimeMeaning, writtenSpan } from './meanings.ts';
import { fillPlaybackTemplate, readPlaybackTemplate } from './template.ts';

const RTSP_PORT = 554;

/** The `rtsp:` address, without account, that plays a span of the device's UTC under one meaning of written times. */
export function playbackUri(
  device_url: string,
  playback: Pick<PlaybackSettings, 'template' | 'rtsp_port'>,
  channel: number,
  device_span: Span,
  meaning: TimeMeaning,
): string {
  const template = readPlaybackTemplate(playback.template);
  const path = fillPlaybackTemplate(template, channel, writtenSpan(device_span, meaning));
  return `${rtspBase(device_url, playback.rtsp_port)}${path}`;
}

/** Scheme, host and port of the device's RTSP service: of its `rtsp:` address, or beside its ONVIF service. */
export function rtspBase(device_url: string, rtsp_port: number | null): string {
  const { protocol, hostname, port } = new URL(device_url);
  const is_rtsp = protocol === 'rtsp:' || protocol === 'rtsps:';
  const own_port = is_rtsp && port !== '' ? Number(port) : RTSP_PORT;
  return `${is_rtsp ? protocol : 'rtsp:'}//${hostname}:${rtsp_port ?? own_port}`;
}

/** The channel number a camera has at its recorder. Throws `PLAYBACK_CHANNEL_UNKNOWN`. */
export function playbackChannel(
  recorder: Pick<Recorder, 'code'>,
  playback: Pick<PlaybackSettings, 'channel'>,
  camera: Pick<Camera, 'source_token'>,
): number {
  if (camera.source_token === null) return playback.channel;
  const channel = Number(camera.source_token);
  if (/^\d{1,3}$/.test(camera.source_token) && channel >= 1 && channel <= PLAYBACK_CHANNEL_MAX)
    return channel;
  throw new CodedError('PLAYBACK_CHANNEL_UNKNOWN', { recorder: recorder.code, channel: camera.source_token });
}

/** The finding that footage may be taken by. Throws `PLAYBACK_NOT_CALIBRATED`, `PLAYBACK_FINDING_STALE`. */
export function findingInForce(
  recorder: Pick<Recorder, 'code'>,
  playback: Pick<PlaybackSettings, 'finding'>,
): PlaybackFinding {
  const { finding } = playback;
  if (finding === null) throw new CodedError('PLAYBACK_NOT_CALIBRATED', { recorder: recorder.code });
  if (finding.stale !== null) {
    const { vi, en } = STALE_TEXTS[finding.stale.reason];
    throw new CodedError('PLAYBACK_FINDING_STALE', { recorder: recorder.code, reason_vi: vi, reason: en });
  }
  return finding;
}

const STALE_TEXTS = {
  firmware_changed: { vi: 'firmware khác', en: 'other firmware' },
  clock_changed: { vi: 'đồng hồ hoặc múi giờ đã chỉnh', en: 'its clock or zone was changed' },
} as const;
