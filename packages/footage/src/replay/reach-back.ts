import { isCoded, type ReplayClient, type ReplayEvent } from '@minhchung/domain';

/** Cameras at night go down to a frame in a few seconds: so far back a frame surely begins. */
const REACH_BACK_MS = 10_000;

/**
 * Plays a span; where the recorder refuses it before any frame came, once more from a little earlier. A recorder
 * that knows what it holds from frame to frame counts the time for which its last frame is shown: asked for that time
 * alone, it says that it holds it and refuses to play it (RTSP 457). What was not asked for is trimmed by the cut.
 */
export async function* replayReachingBack(
  client: ReplayClient,
  request: Parameters<ReplayClient['replay']>[0],
  signal: AbortSignal,
): AsyncGenerator<ReplayEvent> {
  let has_begun = false;
  try {
    for await (const event of client.replay(request, signal)) {
      has_begun ||= event.type !== 'stream';
      yield event;
    }
    return;
  } catch (error) {
    if (has_begun || !isCoded(error, 'SOURCE_BROKEN')) throw error;
  }
  const { start_ms, end_ms } = request.device_span;
  const device_span = { start_ms: start_ms - REACH_BACK_MS, end_ms };
  yield* client.replay({ ...request, device_span }, signal);
}
