import {
  CodedError,
  type DeviceAddress,
  ENDED_EMPTY,
  nothingAnswerOf,
  type PlaybackEvent,
  type PlaybackFinding,
  type PlaybackSettings,
  playbackUri,
  type ReplayClient,
  type Span,
  type TracksWanted,
} from '@minhchung/domain';
import { PROBE_MEDIA_MS } from './limits.ts';

/** Which channel of which recorder is played, and how. */
export interface PlayedChannel {
  readonly replay: ReplayClient;
  readonly address: DeviceAddress;
  readonly playback: PlaybackSettings;
  readonly finding: PlaybackFinding;
  readonly channel: number;
}

/** Asking one channel to play. Times are the device's UTC. */
export class VendorPlays {
  readonly #played: PlayedChannel;
  /** Host and port, for errors and the manifest. */
  readonly label: string;

  constructor(played: PlayedChannel) {
    this.#played = played;
    this.label = new URL(this.uriOf({ start_ms: 0, end_ms: 1_000 })).host;
  }

  /** Address of a span, without account. */
  uriOf(device_span: Span): string {
    const { address, playback, channel, finding } = this.#played;
    return playbackUri(address.device_url, playback, channel, device_span, finding);
  }

  /**
   * Plays a span. Throws `NothingPlayed` where the device plays nothing, in whatever way it says so, and what
   * reaching it throws.
   */
  async *play(
    device_span: Span,
    signal: AbortSignal,
    options: { readonly tracks?: TracksWanted; readonly stop_after_ms: number },
  ): AsyncGenerator<PlaybackEvent> {
    const { replay, address } = this.#played;
    let has_pictures = false;
    try {
      for await (const event of replay.play({ uri: this.uriOf(device_span), address, ...options }, signal)) {
        has_pictures ||= event.type === 'unit';
        yield event;
      }
    } catch (error) {
      const answer = has_pictures ? null : nothingAnswerOf(error);
      if (answer === null) throw error;
      throw new NothingPlayed(answer);
    }
    if (signal.aborted) throw new CodedError('CANCELLED');
    if (!has_pictures) throw new NothingPlayed(ENDED_EMPTY);
  }

  /** The first picture of a span; null, with the device's way of saying so, where nothing is played. */
  async first(
    device_span: Span,
    signal: AbortSignal,
  ): Promise<
    { readonly picture: Extract<PlaybackEvent, { type: 'unit' }>['unit'] } | { readonly nothing: string }
  > {
    try {
      for await (const event of this.play(device_span, signal, { stop_after_ms: PROBE_MEDIA_MS })) {
        if (event.type === 'unit') return { picture: event.unit };
      }
    } catch (error) {
      if (error instanceof NothingPlayed) return { nothing: error.answer };
      throw error;
    }
    return { nothing: ENDED_EMPTY };
  }
}

/** The device plays nothing of what it was asked for. */
export class NothingPlayed extends Error {
  /** `rtsp_404`, `ended_empty`, `silent`, … */
  readonly answer: string;

  constructor(answer: string) {
    super(`nothing was played: ${answer}`);
    this.answer = answer;
  }
}
