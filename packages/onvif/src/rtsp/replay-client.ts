import { CodedError, type ReplayClient, type ReplayEvent } from '@minhchung/domain';
import { createRefusedCredentials, type RefusedCredentials } from '../auth/refused-credentials.ts';
import { RTSP_ANSWER_DEADLINE_MS, RTSP_CONNECT_DEADLINE_MS, RTSP_STALL_MS } from '../limits.ts';
import type { ConnectGuard } from '../transport/connect-guard.ts';
import { BrokenStream } from './broken-stream.ts';
import { hasBye } from './rtp/rtcp.ts';
import { ReadTimeout, RtspConnection } from './session/connection.ts';
import { type PlayingSession, startReplay } from './session/handshake.ts';
import { ReplayPlayer } from './session/player.ts';
import { RtspRequester } from './session/requester.ts';
import type { WireItem } from './wire/demuxer.ts';
import type { RtspRequestHead } from './wire/message.ts';

export interface ReplayClientOptions {
  readonly connect_deadline_ms?: number;
  readonly answer_deadline_ms?: number;
  /** Silence for this long, while we were ready to read, is `SOURCE_STALLED`. */
  readonly stall_ms?: number;
  /** Shared with the device clients of a process where one is handed in. */
  readonly refused?: RefusedCredentials;
  /** Decides what may be connected to; without one, everything may. */
  readonly guard?: ConnectGuard;
}

type ReplaySettings = Required<Omit<ReplayClientOptions, 'guard'>> & Pick<ReplayClientOptions, 'guard'>;
type ReplayRequest = Parameters<ReplayClient['replay']>[0];

/** A client of ONVIF replay over interleaved TCP. Every replay is a connection of its own. */
export function createReplayClient(options: ReplayClientOptions = {}): ReplayClient {
  const settings = {
    connect_deadline_ms: options.connect_deadline_ms ?? RTSP_CONNECT_DEADLINE_MS,
    answer_deadline_ms: options.answer_deadline_ms ?? RTSP_ANSWER_DEADLINE_MS,
    stall_ms: options.stall_ms ?? RTSP_STALL_MS,
    refused: options.refused ?? createRefusedCredentials(),
    guard: options.guard,
  };
  return { replay: (request, signal) => replay(request, signal, settings) };
}

async function* replay(
  request: ReplayRequest,
  signal: AbortSignal,
  settings: ReplaySettings,
): AsyncGenerator<ReplayEvent, void, void> {
  const uri = URL.parse(request.uri);
  const label = uri?.host ?? 'rtsp';
  try {
    if (signal.aborted) throw new CodedError('CANCELLED');
    if (uri?.protocol !== 'rtsp:') throw new BrokenStream('a replay address that is no RTSP address');
    if (request.address.username !== null && settings.refused.isRefused(request.address)) {
      throw new CodedError('SOURCE_REFUSED', { address: label });
    }
    const lookup = settings.guard?.admit(uri, request.address).lookup;
    const connection = await RtspConnection.open(uri, settings.connect_deadline_ms, signal, lookup);
    yield* replayOver(connection, request, { ...settings, label });
  } catch (error) {
    throw codedError(error, label, signal, settings);
  }
}

async function* replayOver(
  connection: RtspConnection,
  request: ReplayRequest,
  settings: ReplaySettings & { readonly label: string },
): AsyncGenerator<ReplayEvent, void, void> {
  const requester = new RtspRequester(connection, request.address, settings);
  let session: PlayingSession | null = null;
  let keep_alive: NodeJS.Timeout | undefined;
  try {
    const { uri, device_span } = request;
    const playing = await startReplay(requester, uri, device_span, settings.answer_deadline_ms);
    session = playing;
    keep_alive = setInterval(
      () => requester.send(playing.keep_alive_method, playing.control, [['Session', playing.session_id]]),
      (playing.timeout_s * 1000) / 2,
    );
    const player = new ReplayPlayer(playing, device_span);
    // Only our own waiting counts as silence of the recorder, and an answer to a keep-alive breaks no silence.
    let silent_ms = 0;
    while (!player.is_beyond_end) {
      const asked_at_ms = performance.now();
      const item = requester.early.shift() ?? (await readOrEnd(connection, player, silent_ms, settings));
      silent_ms = item?.kind === 'message' ? silent_ms + performance.now() - asked_at_ms : 0;
      if (item === null) {
        yield* player.flush();
        return;
      }
      if (item.kind === 'message') {
        if (item.head.type === 'request') answerServer(connection, item.head);
        else requester.notice(item.head);
      } else if (item.channel === playing.rtp_channel) {
        yield* player.push(item.payload);
      } else if (item.channel === playing.rtcp_channel && hasBye(item.payload)) {
        yield* player.flush();
        return;
      }
    }
  } finally {
    clearInterval(keep_alive);
    const farewell =
      session === null
        ? null
        : requester.compose('TEARDOWN', session.control, [['Session', session.session_id]]).text;
    await connection.close(farewell);
  }
}

/** The next item; null when the recorder closed the connection, or fell silent, where everything had come. */
async function readOrEnd(
  connection: RtspConnection,
  player: ReplayPlayer,
  silent_ms: number,
  settings: { readonly stall_ms: number; readonly label: string },
): Promise<WireItem | null> {
  const { label: address, stall_ms } = settings;
  const item = await connection.read(stall_ms - silent_ms).catch((error) => {
    if (!(error instanceof ReadTimeout)) throw error;
    if (player.may_be_over) return null;
    throw new CodedError('SOURCE_STALLED', { address, stalled_ms: stall_ms });
  });
  if (item === null && !player.may_be_over) {
    const reason = 'the connection broke before the end of the recording';
    throw new CodedError('SOURCE_UNREACHABLE', { address, reason });
  }
  return item;
}

/** Servers that ask whether we live get their yes, with their own CSeq. */
function answerServer(connection: RtspConnection, head: RtspRequestHead): void {
  const cseq = head.headers.get('cseq')?.[0] ?? '';
  if (/^\d{1,10}$/.test(cseq)) connection.write(`RTSP/1.0 200 OK\r\nCSeq: ${cseq}\r\n\r\n`);
}

function codedError(error: unknown, address: string, signal: AbortSignal, settings: ReplaySettings): unknown {
  if (signal.aborted) return new CodedError('CANCELLED', {}, { cause: error });
  if (error instanceof CodedError) return error;
  if (error instanceof BrokenStream) {
    return new CodedError('SOURCE_BROKEN', { address, reason: error.message }, { cause: error });
  }
  if (error instanceof ReadTimeout) {
    const reason = `no answer within ${settings.answer_deadline_ms} ms`;
    return new CodedError('SOURCE_UNREACHABLE', { address, reason }, { cause: error });
  }
  const { code } = error as NodeJS.ErrnoException;
  // Everything of ours is one of the above: what is left with a code is the network's word.
  if (code === undefined || code.startsWith('ERR_INVALID')) return error;
  return new CodedError('SOURCE_UNREACHABLE', { address, reason: code }, { cause: error });
}
