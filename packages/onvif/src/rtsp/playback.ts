import type { PlaybackEvent, ReplayClient, TracksWanted } from '@minhchung/domain';
import { PLAYBACK_MEDIA_MS_MAX } from '../limits.ts';
import { codedError, stalled } from './replay/replay-errors.ts';
import { SessionBudget } from './session/budget.ts';
import type { PlayingSession } from './session/handshake.ts';
import type { SessionEvent, SessionPacket } from './session/session-event.ts';
import { type FlowEnd, type FlowSettings, openConnection, runSession } from './session/session-flow.ts';
import { createStreamMemory } from './session/video-track.ts';

type PlaybackRequest = Parameters<ReplayClient['play']>[0];

const PICTURES_ONLY: TracksWanted = { audio: false, metadata: false };

/** Plays what an address gives, from its beginning, by its own media time. See the port. */
export async function* play(
  request: PlaybackRequest,
  signal: AbortSignal,
  settings: FlowSettings,
): AsyncGenerator<PlaybackEvent, void, void> {
  const { uri, address, tracks = PICTURES_ONLY, stop_after_ms } = request;
  const stop_us = stop_after_ms === undefined ? Number.POSITIVE_INFINITY : stop_after_ms * 1000;
  let session: PlayingSession | null = null;
  const flow: { end: FlowEnd } = { end: 'bye' };
  let has_pictures = false;
  let keyframes_beyond_end = 0;
  try {
    signal.throwIfAborted();
    const connection = await openConnection(uri, address, settings, signal);
    const budget = new SessionBudget(stop_after_ms ?? PLAYBACK_MEDIA_MS_MAX);
    const batches = runSession(
      connection,
      { uri, address, tracks, replay_span: null },
      { settings, memory: createStreamMemory(), budget },
      {
        begun: (playing) => {
          session = playing;
        },
        ended: (how) => {
          flow.end = how;
          return true;
        },
      },
    );
    for await (const batch of batches) {
      for (const event of batch) {
        if (event.type === 'unit') {
          // One group more is taken, for pictures before the end may follow the first keyframe after it.
          if (event.unit.is_keyframe && event.unit.media_time_us >= stop_us) keyframes_beyond_end += 1;
          if (keyframes_beyond_end > 1) return;
          has_pictures = true;
        }
        yield playbackEvent(event, session!);
      }
    }
    if (!has_pictures && flow.end === 'silent') throw stalled(settings);
  } catch (error) {
    throw codedError(error, settings, signal);
  }
}

function playbackEvent(event: SessionEvent, session: PlayingSession): PlaybackEvent {
  switch (event.type) {
    case 'stream':
      return { ...event, other_streams: session.other_streams };
    case 'audio_stream':
      return event;
    case 'unit': {
      const { is_keyframe, is_discontinuity: discontinuity, data } = event.unit;
      return { type: 'unit', unit: { ...timeOf(event.unit), is_keyframe, discontinuity, data } };
    }
    default:
      return { type: event.type, packet: { ...timeOf(event.packet), data: event.packet.data } };
  }
}

function timeOf({ media_time_us, device_time_us, reported_time_us }: Omit<SessionPacket, 'data'>) {
  return { media_time_us, ntp_time_us: device_time_us ?? reported_time_us };
}
