import {
  type Camera,
  CodedError,
  type DeviceAddress,
  type FootageEvent,
  type FootageSource,
  findingInForce,
  leadIn_ms,
  type PlaybackSettings,
  playbackChannel,
  type Recorder,
  type ReplayClient,
  type Span,
  type TimeSource,
} from '@minhchung/domain';
import { ContinuedPlays } from './continued-plays.ts';
import { BEYOND_END_MS } from './limits.ts';
import { readCounted } from './read-counted.ts';
import { readStamped } from './read-stamped.ts';
import { checkChannelPlays, firstPlayable, type SearchContext } from './searching.ts';
import { VendorPlays } from './vendor-plays.ts';

export interface PlaybackUrlSourceOptions {
  readonly replay: ReplayClient;
  readonly address: DeviceAddress;
  readonly recorder: Pick<Recorder, 'code'> & { readonly playback: PlaybackSettings };
  readonly camera: Pick<Camera, 'source_token'>;
  readonly time: TimeSource;
  /** Its clock minus true time as last measured; left out: taken for right, where only minutes matter. */
  readonly clock_offset_ms?: number;
}

/**
 * Footage out of a recorder that plays at an address of its maker's own. Taken only by a finding that is in force:
 * throws `PLAYBACK_NOT_CALIBRATED`, `PLAYBACK_FINDING_STALE`, `PLAYBACK_CHANNEL_UNKNOWN` at once; while asking
 * `PLAYBACK_NOTHING_CAME` and `PLAYBACK_TIMES_DISAGREE` beside the errors of every source.
 */
export function createPlaybackUrlSource(options: PlaybackUrlSourceOptions): FootageSource {
  const { replay, address, recorder, camera, time } = options;
  const { playback } = recorder;
  const finding = findingInForce(recorder, playback);
  const channel = playbackChannel(recorder, playback, camera);
  const plays = new VendorPlays({ replay, address, playback, finding, channel });
  const { clock_offset_ms = 0 } = options;
  const context = (): SearchContext => ({ plays, finding, device_now_ms: time.now_ms() + clock_offset_ms });
  let joined = new ContinuedPlays();

  return {
    kind: 'playback_url',
    time_resolution_ms: finding.time_resolution_ms,

    async holdings(device_span, signal) {
      const searched = { ...device_span, start_ms: device_span.start_ms - leadIn_ms(finding) };
      const start_ms = await firstPlayable(context(), searched, signal);
      if (start_ms === null) {
        await checkChannelPlays(context(), signal);
        return { spans: [], retained: null };
      }
      const spans = [{ start_ms: Math.max(start_ms, device_span.start_ms), end_ms: device_span.end_ms }];
      return { spans: spans.filter((span) => span.start_ms < span.end_ms), retained: null };
    },

    async *read(device_span, signal, tracks): AsyncGenerator<FootageEvent> {
      joined = new ContinuedPlays();
      const asked = wholeAsked(device_span, leadIn_ms(finding));
      const reading = { ...context(), joined, tracks };
      const read = finding.frame_times === 'stamped' ? readStamped : readCounted;
      yield* read(reading, asked, device_span, signal);
      if (signal.aborted) throw new CodedError('CANCELLED');
    },

    origin: () => ({
      kind: 'playback_url',
      address: plays.label,
      parts: [`channel ${channel}`],
      streams_left_out: joined.other_streams.map((name) => `${name} (not asked for)`),
      parts_left_out: [],
    }),

    close: async () => {},
  };
}

/** What to ask for so that the wanted span is surely within, in whole seconds. */
function wholeAsked({ start_ms, end_ms }: Span, lead_in_ms: number): Span {
  return {
    start_ms: Math.floor((start_ms - lead_in_ms) / 1_000) * 1_000,
    end_ms: Math.ceil((end_ms + BEYOND_END_MS) / 1_000) * 1_000,
  };
}
