import {
  CodedError,
  type DeviceAddress,
  type DeviceClient,
  type FootageEvent,
  type FootageSource,
  type RecordingInformation,
  type ReplayClient,
  type Span,
  uniteSpans,
} from '@minhchung/domain';
import { JoinedReplays } from './joined-replays.ts';
import { replayReachingBack } from './reach-back.ts';
import {
  chooseRecordings,
  type HeldStretch,
  type RecordingSelector,
  retainedSpan,
  shareOut,
} from './recording-choice.ts';
import { asSource } from './source-errors.ts';

export interface OnvifReplaySourceOptions {
  /** Closed with the source. */
  readonly device: DeviceClient;
  readonly replay: ReplayClient;
  readonly address: DeviceAddress;
  readonly recording: RecordingSelector;
}

/** What a question to the device found out. */
interface Found {
  readonly recordings: readonly RecordingInformation[];
  readonly stretches: readonly HeldStretch[];
}

/** Footage out of a recorder by ONVIF Profile G: Search tells what it holds, Replay gives it. */
export function createOnvifReplaySource(options: OnvifReplaySourceOptions): FootageSource {
  const { device, replay, address } = options;
  const label = new URL(address.device_url).host;
  const parts: string[] = [];
  let joined = new JoinedReplays();

  async function find(asked: Span, signal: AbortSignal): Promise<Found> {
    return await asSource(label, async () => {
      const recordings = chooseRecordings(await device.recordings(signal), options.recording, label);
      const held: { recording_token: string; spans: Span[] }[] = [];
      for (const { recording_token } of recordings) {
        held.push({ recording_token, spans: await device.recordedSpans(recording_token, asked, signal) });
      }
      return { recordings, stretches: shareOut(held, asked) };
    });
  }

  async function* play(stretch: HeldStretch, signal: AbortSignal): AsyncGenerator<FootageEvent> {
    const { recording_token, device_span } = stretch;
    const uri = await asSource(label, () => device.replayUri(recording_token, signal));
    joined.beginStretch();
    const asked = { uri, device_span, address };
    for await (const event of replayReachingBack(replay, asked, signal)) yield* joined.push(event);
  }

  return {
    kind: 'onvif_replay',
    time_resolution_ms: 0,

    async holdings(device_span, signal) {
      const { recordings, stretches } = await find(device_span, signal);
      return {
        spans: uniteSpans(stretches.map((stretch) => stretch.device_span)),
        retained: retainedSpan(recordings),
      };
    },

    async *read(device_span, signal) {
      parts.length = 0;
      joined = new JoinedReplays();
      const { stretches } = await find(device_span, signal);
      for (const stretch of stretches) {
        if (signal.aborted) throw new CodedError('CANCELLED');
        if (!parts.includes(stretch.recording_token)) parts.push(stretch.recording_token);
        yield* play(stretch, signal);
      }
    },

    origin: () => ({
      kind: 'onvif_replay',
      address: label,
      parts: [...parts],
      streams_left_out: joined.other_streams.map((name) => `${name} (not asked for)`),
      parts_left_out: [],
    }),

    close: () => device.close(),
  };
}
