import { createHash } from 'node:crypto';
import {
  CodedError,
  type DeviceAddress,
  ENDED_EMPTY,
  fillPlaybackTemplate,
  nothingAnswerOf,
  type PlaybackSettings,
  type ReplayClient,
  readPlaybackTemplate,
  rtspBase,
  type SeenPicture,
  type SeenPlay,
} from '@minhchung/domain';
import { PLAY_DEADLINE_MS, PLAY_PICTURES_MAX } from './limits.ts';

/** A channel that is tried. */
export interface TriedChannel {
  readonly replay: ReplayClient;
  readonly address: DeviceAddress;
  readonly playback: Pick<PlaybackSettings, 'template' | 'rtsp_port'>;
  readonly channel: number;
}

/**
 * One short play of what the address calls `written_ms`, whole seconds. Keeps of every picture its times and a hash,
 * never the picture. Throws what reaching the device throws (`SOURCE_UNREACHABLE`, `SOURCE_REFUSED`); a device that
 * plays nothing is an answer.
 */
export async function observePlay(
  tried: TriedChannel,
  written_ms: number,
  length: { readonly asked_ms: number; readonly watched_ms: number },
  signal: AbortSignal,
): Promise<SeenPlay> {
  const pictures: SeenPicture[] = [];
  const deadline = AbortSignal.timeout(PLAY_DEADLINE_MS);
  const request = {
    uri: uriOf(tried, written_ms, length.asked_ms),
    address: tried.address,
    stop_after_ms: length.watched_ms,
  };
  let nothing: string | null = ENDED_EMPTY;
  try {
    for await (const event of tried.replay.play(request, AbortSignal.any([signal, deadline]))) {
      if (event.type !== 'unit') continue;
      const { media_time_us, ntp_time_us, is_keyframe, data } = event.unit;
      pictures.push({
        media_time_ms: media_time_us / 1_000,
        stamp_ms: ntp_time_us === null ? null : ntp_time_us / 1_000,
        is_keyframe,
        digest: createHash('sha256').update(data).digest('base64'),
      });
      if (pictures.length >= PLAY_PICTURES_MAX || media_time_us >= length.watched_ms * 1_000) break;
    }
  } catch (error) {
    if (signal.aborted) throw new CodedError('CANCELLED');
    nothing = deadline.aborted ? 'silent' : nothingAnswerOf(error);
    // What came before a play broke is as good as any.
    if (nothing === null && pictures.length === 0) throw error;
  }
  return { written_ms, pictures, nothing: pictures.length > 0 ? null : nothing };
}

function uriOf({ address, playback, channel }: TriedChannel, start_ms: number, asked_ms: number): string {
  const template = readPlaybackTemplate(playback.template);
  const written = { start_ms, end_ms: start_ms + asked_ms };
  return `${rtspBase(address.device_url, playback.rtsp_port)}${fillPlaybackTemplate(template, channel, written)}`;
}
