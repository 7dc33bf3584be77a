import {
  CodedError,
  type DeviceAddress,
  type DeviceClient,
  type FootageEvent,
  type FootageSource,
  type RecordingInformation,
  type ReplayClient,
  type Span,
  type TracksWanted,
  uniteSpans,
} from '@minhchung/domain';
import { RECORDINGS_SEARCHED_MAX } from '../limits.ts';
import { JoinedReplays } from './joined-replays.ts';
import { replayReachingBack } from './reach-back.ts';
import {
  chooseRecordings,
  type HeldStretch,
  mayMeet,
  type RecordingSelector,
  retainedSpan,
  shareOut,
  statedSpans,
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
      // Some list every file as a recording of its own: then what each says of itself narrows the questions.
      const are_files = recordings.length > RECORDINGS_SEARCHED_MAX;
      for (const recording of recordings) {
        if (are_files && !mayMeet(recording, asked)) continue;
        const { recording_token } = recording;
        const stated = are_files ? statedSpans(recording) : null;
        const spans = stated ?? (await device.recordedSpans(recording_token, asked, signal));
        held.push({ recording_token, spans });
      }
      return { recordings, stretches: shareOut(held, asked) };
    });
  }

  async function* play(
    stretch: HeldStretch,
    signal: AbortSignal,
    tracks: TracksWanted | undefined,
  ): AsyncGenerator<FootageEvent> {
    const { recording_token, device_span } = stretch;
    const uri = await asSource(label, () => device.replayUri(recording_token, signal));
    joined.beginStretch();
    const asked = { uri, device_span, address, ...(tracks === undefined ? {} : { tracks }) };
    for await (const event of replayReachingBack(replay, asked, signal)) {
      for (const footage of joined.push(event)) yield footage;
    }
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

    async *read(device_span, signal, tracks) {
      parts.length = 0;
      joined = new JoinedReplays();
      const { stretches } = await find(device_span, signal);
      for (const stretch of stretches) {
        if (signal.aborted) throw new CodedError('CANCELLED');
        if (!parts.includes(stretch.recording_token)) parts.push(stretch.recording_token);
        yield* play(stretch, signal, tracks);
      }
    },

    origin: () => ({
      kind: 'onvif_replay',
      address: label,
      parts: [...parts],
      streams_left_out: joined.other_streams.map(leftOut),
      parts_left_out: [],
    }),

    close: () => device.close(),
  };
}

/** A name with its reason; where it has none of its own, it was not asked for. */
function leftOut(name: string): string {
  return name.endsWith(')') ? name : `${name} (not asked for)`;
}
