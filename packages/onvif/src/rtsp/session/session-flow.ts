import { CodedError, type DeviceAddress } from '@minhchung/domain';
import type { RefusedCredentials } from '../../auth/refused-credentials.ts';
import type { ConnectGuard } from '../../transport/connect-guard.ts';
import type { DeviceTlsOptions } from '../../transport/device-tls.ts';
import { BrokenStream } from '../broken-stream.ts';
import type { RtspRequestHead } from '../wire/message.ts';
import type { SessionBudget } from './budget.ts';
import { ReadTimeout, RtspConnection } from './connection.ts';
import { type PlayingSession, type SessionRequest, startSession } from './handshake.ts';
import { SessionPlayer } from './player.ts';
import { RtspRequester } from './requester.ts';
import type { SessionEvent } from './session-event.ts';
import type { StreamMemory } from './video-track.ts';

/** Deadlines and what guards connections, resolved. */
export interface FlowSettings {
  readonly connect_deadline_ms: number;
  readonly answer_deadline_ms: number;
  readonly stall_ms: number;
  readonly refused: RefusedCredentials;
  readonly guard: ConnectGuard | undefined;
  readonly pins: DeviceTlsOptions['pins'];
  /** `host:port`, for errors. */
  readonly label: string;
}

/** `bye`: the recorder said so. `closed`: it closed the connection. `silent`: nothing came for the stall time. */
export type FlowEnd = 'bye' | 'closed' | 'silent';

/** Opens a connection for a device, where it may be connected to and its account was not refused. */
export async function openConnection(
  uri_text: string,
  address: DeviceAddress,
  settings: FlowSettings,
  signal: AbortSignal,
): Promise<RtspConnection> {
  const uri = URL.parse(uri_text);
  if (uri?.protocol !== 'rtsp:' && uri?.protocol !== 'rtsps:') {
    throw new BrokenStream('a replay address that is no RTSP address');
  }
  if (address.username !== null && settings.refused.isRefused(address)) {
    throw new CodedError('SOURCE_REFUSED', { address: settings.label });
  }
  const lookup = settings.guard?.admit(uri, address).lookup;
  const recorder_id = address.recorder_id ?? null;
  const device_tls = { label: settings.label, recorder_id, pins: settings.pins };
  const deadline_ms = settings.connect_deadline_ms;
  return await RtspConnection.open({ uri, deadline_ms, lookup, device_tls }, signal);
}

/**
 * Runs one session over a connection: handshake, keep-alive, reading, farewell. Yields batches of events, one per
 * picture or so. The connection is closed when it ends, throws, or is left. Throws `BrokenStream`, `CodedError`,
 * `ReadTimeout` and what the system says.
 */
export async function* runSession(
  connection: RtspConnection,
  request: Omit<SessionRequest, 'deadline_ms'> & { readonly address: DeviceAddress },
  parts: { readonly settings: FlowSettings; readonly memory: StreamMemory; readonly budget: SessionBudget },
  follow: {
    /** Told once it plays. */
    readonly begun: (session: PlayingSession) => void;
    /** Told how it ended, where it was not left; true where the last picture, which no other followed, is whole. */
    readonly ended: (end: FlowEnd) => boolean;
  },
): AsyncGenerator<readonly SessionEvent[], void, void> {
  const { settings, memory, budget } = parts;
  const requester = new RtspRequester(connection, request.address, settings);
  let session: PlayingSession | null = null;
  let keep_alive: NodeJS.Timeout | undefined;
  try {
    const playing = await startSession(requester, { ...request, deadline_ms: settings.answer_deadline_ms });
    session = playing;
    follow.begun(playing);
    keep_alive = setInterval(
      () => requester.send(playing.keep_alive_method, playing.control, [['Session', playing.session_id]]),
      (playing.timeout_s * 1000) / 2,
    );
    const player = new SessionPlayer(playing, memory);
    const silence = new Silence(settings.stall_ms);
    for (;;) {
      const item = requester.early.shift() ?? connection.take();
      if (item === null) {
        const state = await silence.wait(connection);
        if (state === 'more') continue;
        if (follow.ended(state)) yield player.flush(false);
        return;
      }
      if (item.kind === 'message') {
        if (item.head.type === 'request') answerServer(connection, item.head);
        else requester.notice(item.head);
        continue;
      }
      silence.isBroken();
      budget.spend(item.payload.length);
      const events = player.push(item.channel, item.payload);
      if (events.length > 0) yield events;
      if (player.has_ended) {
        if (follow.ended('bye')) yield player.flush();
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

/** Only our own waiting counts as silence of the recorder, and an answer to a keep-alive breaks no silence. */
class Silence {
  readonly #stall_ms: number;
  #silent_ms = 0;

  constructor(stall_ms: number) {
    this.#stall_ms = stall_ms;
  }

  isBroken(): void {
    this.#silent_ms = 0;
  }

  async wait(connection: RtspConnection): Promise<'more' | 'closed' | 'silent'> {
    const asked_at_ms = performance.now();
    try {
      const has_more = await connection.wait(Math.max(0, this.#stall_ms - this.#silent_ms));
      this.#silent_ms += performance.now() - asked_at_ms;
      return has_more ? 'more' : 'closed';
    } catch (error) {
      if (error instanceof ReadTimeout) return 'silent';
      throw error;
    }
  }
}

/** Servers that ask whether we live get their yes, with their own CSeq. */
function answerServer(connection: RtspConnection, head: RtspRequestHead): void {
  const cseq = head.headers.get('cseq')?.[0] ?? '';
  if (/^\d{1,10}$/.test(cseq)) connection.write(`RTSP/1.0 200 OK\r\nCSeq: ${cseq}\r\n\r\n`);
}
