import {
  CodedError,
  type PlaybackSettings,
  type PlaybackVendor,
  type Recorder,
  readPlaybackTemplate,
  templateOf,
} from '@minhchung/domain';

/** How a recorder is asked to play, as somebody entered it. Left out: the maker's own template, channel 1. */
export interface EnteredPlayback {
  readonly vendor: PlaybackVendor;
  readonly template?: string | undefined;
  readonly channel?: number | undefined;
  readonly rtsp_port?: number | null | undefined;
}

/**
 * The settings of what was entered, without a finding. Throws `PLAYBACK_TEMPLATE_INVALID`, also for a `generic`
 * device without a template.
 */
export function checkedPlayback(entered: EnteredPlayback): PlaybackSettings {
  const template = templateOf(entered.vendor, entered.template ?? null);
  if (template === null) {
    const reason_vi = 'thiết bị loại "generic" phải có mẫu';
    throw new CodedError('PLAYBACK_TEMPLATE_INVALID', { reason_vi, reason: 'a "generic" device needs one' });
  }
  readPlaybackTemplate(template);
  const { vendor, channel = 1, rtsp_port = null } = entered;
  return { vendor, template, channel, rtsp_port, finding: null };
}

/**
 * `after` with the finding of `before` where it is still asked in the same way, at the same address, of the same
 * device: anything else must be calibrated anew.
 */
export function withFindingKept(before: Recorder, after: Recorder): Recorder {
  const [was, is] = [before.playback ?? null, after.playback ?? null];
  if (is === null) return after;
  const is_same =
    was !== null &&
    (['vendor', 'template', 'channel', 'rtsp_port'] as const).every((part) => was[part] === is[part]) &&
    (['device_url', 'network_id', 'clock_id'] as const).every((part) => before[part] === after[part]);
  return { ...after, playback: { ...is, finding: is_same ? was.finding : null } };
}
