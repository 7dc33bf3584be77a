import type { PlaybackFinding, PlaybackSettings } from '@minhchung/domain';
import type { RecorderTable } from '../schema/devices.ts';

/** The columns of a recorder that are about its playback address: all null, or set but for port and finding. */
export type PlaybackColumns = Pick<
  RecorderTable,
  'playback_vendor' | 'playback_template' | 'playback_channel' | 'playback_rtsp_port' | 'playback_finding'
>;

export function toPlaybackColumns(playback: PlaybackSettings | null): PlaybackColumns {
  return {
    playback_vendor: playback?.vendor ?? null,
    playback_template: playback?.template ?? null,
    playback_channel: playback?.channel ?? null,
    playback_rtsp_port: playback?.rtsp_port ?? null,
    playback_finding: playback?.finding == null ? null : JSON.stringify(playback.finding),
  };
}

/** Null for a recorder of another kind. */
export function toPlayback(row: PlaybackColumns): PlaybackSettings | null {
  const { playback_vendor: vendor, playback_template: template, playback_channel: channel } = row;
  if (vendor === null || template === null || channel === null) return null;
  const finding =
    row.playback_finding === null ? null : (JSON.parse(row.playback_finding) as PlaybackFinding);
  return { vendor, template, channel, rtsp_port: row.playback_rtsp_port, finding };
}
