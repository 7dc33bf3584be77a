import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Span } from '@minhchung/domain';
import type { DeviceChannel } from '../device/channel.ts';
import type { DeviceFaults } from '../device/faults.ts';
import type { DeviceQuirks } from '../device/quirks.ts';
import type { Authorities } from '../device/soap-endpoint.ts';
import { formatClockRange, readClockRange } from './clock-range.ts';
import { Playback } from './playback.ts';
import { type RtspRequest, RtspRequestReader } from './request-reader.ts';
import { RtpPacketizer } from './rtp-packetizer.ts';
import { formatReply, type RtspReply } from './rtsp-reply.ts';
import { describeChannel } from './sdp.ts';
import { SideTrackSender, sideTracksOf } from './side-track.ts';

const METHODS = 'OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER';

/** What the RTSP side of a device needs of it. */
export interface RtspContext {
  readonly channels: readonly DeviceChannel[];
  readonly authorities: Pick<Authorities, 'credentials' | 'digest'>;
  readonly faults: DeviceFaults;
  readonly quirks: DeviceQuirks;
  readonly session_timeout_ms: number;
}
interface Session {
  readonly id: string;
  readonly channel: DeviceChannel;
  readonly packetizer: RtpPacketizer;
  readonly sides: SideTrackSender[];
  playing: { readonly playback: Playback; readonly span: Span; readonly abort: AbortController } | null;
  paused_span: Span | null;
}

/** One client's connection: answers requests in order, plays at most one session. */
export class RtspConnection {
  readonly #socket: Socket;
  readonly #context: RtspContext;
  readonly #reader = new RtspRequestReader();
  readonly #idle_timer: NodeJS.Timeout;
  #session: Session | null = null;
  #answering: Promise<void> = Promise.resolve();

  constructor(socket: Socket, context: RtspContext) {
    this.#socket = socket;
    this.#context = context;
    this.#idle_timer = setTimeout(() => socket.destroy(), context.session_timeout_ms);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#close());
    socket.on('data', (bytes) => this.#receive(bytes));
  }

  #receive(bytes: Buffer): void {
    this.#idle_timer.refresh();
    try {
      for (const request of this.#reader.push(bytes))
        this.#answering = this.#answering
          .then(() => this.#answer(request))
          .catch(() => void this.#socket.destroy());
    } catch {
      this.#socket.destroy();
    }
  }

  async #answer(request: RtspRequest): Promise<void> {
    const { answer_delay_ms } = this.#context.faults;
    if (answer_delay_ms > 0) await delay(answer_delay_ms);
    const reply = this.#challenge(request) ?? this.#dispatch(request);
    if (!this.#socket.destroyed) this.#socket.write(formatReply(request, reply));
    reply.after?.();
  }

  #challenge(request: RtspRequest): RtspReply | null {
    const { digest, credentials } = this.#context.authorities;
    if (!digest || request.method === 'OPTIONS') return null;
    const { method, uri, headers } = request;
    const verdict = digest.verdictOn({ method, uri, authorization: headers.authorization });
    if (verdict === 'accepted') return null;
    if (verdict === 'refused') credentials.countRefusal();
    return { status: 401, challenges: digest.challenges(verdict) };
  }

  #dispatch(request: RtspRequest): RtspReply {
    const unsupported = (request.headers.require ?? 'onvif-replay')
      .split(/\s*,\s*/)
      .find((tag) => tag !== 'onvif-replay');
    if (unsupported !== undefined) return { status: 551, headers: { Unsupported: unsupported } };
    if (request.method === 'OPTIONS') return { status: 200, headers: { Public: METHODS } };
    const channel = this.#channelAt(request.uri);
    if (!channel) return { status: 404 };
    if (request.method === 'DESCRIBE') {
      return describe(request, channel, this.#context.quirks.stamped_fps ?? undefined);
    }
    if (request.method === 'SETUP') return this.#setup(request, channel);
    const session = this.#session;
    if (!session || request.headers.session?.split(';')[0] !== session.id) return { status: 454 };
    switch (request.method) {
      case 'PLAY':
        return this.#play(request, session);
      case 'PAUSE':
        return this.#pause(session);
      case 'GET_PARAMETER':
        return { status: 200, headers: { Session: session.id } };
      case 'TEARDOWN':
        this.#session = null;
        session.playing?.abort.abort();
        return { status: 200, headers: { Session: session.id } };
      default:
        return { status: 501, headers: { Public: METHODS } };
    }
  }

  #channelAt(uri: string): DeviceChannel | undefined {
    const path = /^rtsps?:\/\/[^/]+\/(replay|live)\/([\w-]+)/.exec(uri);
    return this.#context.channels.find(
      (channel) => path?.[2] === (path?.[1] === 'replay' ? channel.recording_token : channel.profile_token),
    );
  }

  #setup(request: RtspRequest, channel: DeviceChannel): RtspReply {
    const offered = (request.headers.transport ?? '')
      .split(',')
      .find((one) => one.trim().startsWith('RTP/AVP/TCP'));
    if (!offered) return { status: 461 };
    const rtp_channel = Number(/interleaved=(\d{1,3})/.exec(offered)?.[1] ?? 0);
    if (rtp_channel > 254) return { status: 461 };
    const interleaved = `${rtp_channel}-${rtp_channel + 1}`;
    const Transport = `RTP/AVP/TCP;unicast;interleaved=${interleaved}`;
    const track = Number(/trackID=(\d)$/.exec(request.uri)?.[1] ?? 0);
    const offer = sideTracksOf(channel).find(({ number }) => number === track);
    if (offer !== undefined) {
      const session = this.#session;
      if (session === null || request.headers.session !== session.id) return { status: 454 };
      session.sides.push(new SideTrackSender(offer, rtp_channel));
      return { status: 200, headers: { Session: session.id, Transport } };
    }
    this.#session?.playing?.abort.abort();
    const id = randomBytes(8).toString('hex');
    const packetizer = new RtpPacketizer(channel.footage.stream.codec, rtp_channel);
    this.#session = { id, channel, packetizer, sides: [], playing: null, paused_span: null };
    const timeout_s = Math.ceil(this.#context.session_timeout_ms / 1000);
    return { status: 200, headers: { Session: `${id};timeout=${timeout_s}`, Transport } };
  }

  #play(request: RtspRequest, session: Session): RtspReply {
    const span = this.#spanAsked(request, session);
    if (!span) return { status: 457 };
    session.playing?.abort.abort();
    const rate_control = request.headers['rate-control']?.toLowerCase() !== 'no';
    const cseq = Number(request.headers.cseq ?? 0);
    const order = { channel: session.channel, device_span: span, rate_control, cseq, sides: session.sides };
    const playback = new Playback(this.#socket, session.packetizer, this.#context, order);
    const first = playback.first_unit;
    if (!first) return { status: 457 };
    const abort = new AbortController();
    session.playing = { playback, span, abort };
    const first_ms = first.device_time_us / 1000;
    const end_ms = Math.min(span.end_ms, session.channel.retained()?.end_ms ?? span.end_ms);
    const sequence = `seq=${session.packetizer.next_sequence}`;
    const rtp_time = `rtptime=${session.packetizer.timestampOf(first.device_time_us)}`;
    return {
      status: 200,
      headers: {
        Session: session.id,
        Range: formatClockRange({ start_ms: Math.max(span.start_ms, first_ms), end_ms }),
        'RTP-Info': `url=${trackUri(request.uri)};${sequence};${rtp_time}`,
      },
      after: () => void playback.run(abort.signal).catch(() => this.#endBroken(abort.signal)),
    };
  }

  /** Live addresses give the newest group of pictures; a PLAY without range goes on where PAUSE stopped. */
  #spanAsked(request: RtspRequest, session: Session): Span | null {
    const retained = session.channel.retained();
    if (!retained) return null;
    if (request.uri.includes('/live/')) return { ...retained, start_ms: retained.end_ms - 1000 };
    if (request.headers.range !== undefined) return readClockRange(request.headers.range);
    return session.paused_span ?? retained;
  }

  #pause(session: Session): RtspReply {
    if (session.playing) {
      const { playback, span, abort } = session.playing;
      abort.abort();
      const reached_us = playback.last_device_time_us;
      session.paused_span = {
        ...span,
        start_ms: reached_us === null ? span.start_ms : Math.floor(reached_us / 1000) + 1,
      };
      session.playing = null;
    }
    return { status: 200, headers: { Session: session.id } };
  }

  /** A replay that failed by itself, not because it was stopped, must not look like one that goes on. */
  #endBroken(stopped: AbortSignal): void {
    if (!stopped.aborted) this.#socket.destroy();
  }

  #close(): void {
    clearTimeout(this.#idle_timer);
    this.#session?.playing?.abort.abort();
    this.#session = null;
  }
}

function describe(request: RtspRequest, channel: DeviceChannel, stated_fps?: number): RtspReply {
  const headers = { 'Content-Type': 'application/sdp', 'Content-Base': `${request.uri}/` };
  return { status: 200, headers, body: describeChannel(channel, request.uri, stated_fps) };
}

/** Clients tell streams apart by this address in RTP-Info, whether they played the presentation or the track. */
function trackUri(uri: string): string {
  return uri.endsWith('/trackID=0') ? uri : `${uri.replace(/\/$/, '')}/trackID=0`;
}
