import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Credentials } from '../device/credentials.ts';
import type { DigestAuthority } from '../device/http-digest.ts';
import { type RtspRequest, RtspRequestReader } from '../rtsp/request-reader.ts';
import { formatReply, type RtspReply } from '../rtsp/rtsp-reply.ts';
import { readVendorAddress } from './vendor-address.ts';
import type { VendorModel } from './vendor-model.ts';
import { playVendorSpan } from './vendor-playback.ts';
import { describeVendorStream } from './vendor-sdp.ts';

export interface VendorContext {
  readonly model: VendorModel;
  readonly digest: DigestAuthority;
  readonly credentials: Credentials;
  /** Sessions that are open over all connections. */
  readonly sessions: Set<Socket>;
  readonly onAsked: (uri: string) => void;
}

const METHODS = 'OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER';

/** One client's connection; one playback at most. */
export class VendorConnection {
  readonly #socket: Socket;
  readonly #context: VendorContext;
  readonly #reader = new RtspRequestReader();
  readonly #abort = new AbortController();
  #answering: Promise<void> = Promise.resolve();
  #session: { readonly id: string; readonly rtp_channel: number } | null = null;

  constructor(socket: Socket, context: VendorContext) {
    this.#socket = socket;
    this.#context = context;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#abort.abort();
      context.sessions.delete(socket);
    });
    socket.on('data', (bytes) => {
      try {
        for (const request of this.#reader.push(bytes)) {
          this.#answering = this.#answering
            .then(() => this.#answer(request))
            .catch(() => void socket.destroy());
        }
      } catch {
        socket.destroy();
      }
    });
  }

  async #answer(request: RtspRequest): Promise<void> {
    const reply = this.#challenge(request) ?? this.#dispatch(request);
    if (!this.#socket.destroyed) this.#socket.write(formatReply(request, reply));
    reply.after?.();
  }

  #challenge({ method, uri, headers }: RtspRequest): RtspReply | null {
    if (method === 'OPTIONS') return null;
    const { digest, credentials } = this.#context;
    const verdict = digest.verdictOn({ method, uri, authorization: headers.authorization });
    if (verdict === 'accepted') return null;
    if (verdict === 'refused') credentials.countRefusal();
    return { status: 401, challenges: digest.challenges(verdict) };
  }

  #dispatch(request: RtspRequest): RtspReply {
    const { model } = this.#context;
    if (request.method === 'OPTIONS') return { status: 200, headers: { Public: METHODS } };
    const asked = readVendorAddress(model.options.vendor, request.uri);
    if (asked === null || asked.channel < 1 || asked.channel > (model.options.channels ?? 1)) {
      return { status: 404 };
    }
    switch (request.method) {
      case 'DESCRIBE': {
        this.#context.onAsked(request.uri);
        const refusal = this.#refusal(model.hasAny(asked.written));
        if (refusal !== null) return { status: refusal };
        const headers = { 'Content-Type': 'application/sdp', 'Content-Base': request.uri };
        return { status: 200, headers, body: describeVendorStream(model.footage, request.uri) };
      }
      case 'SETUP':
        return this.#setup(request);
      case 'PLAY':
        return {
          status: 200,
          headers: { Session: this.#session?.id ?? '0' },
          after: () => this.#play(asked.written),
        };
      case 'TEARDOWN':
        this.#abort.abort();
        this.#context.sessions.delete(this.#socket);
        return { status: 200 };
      default:
        return { status: 200, headers: { Session: this.#session?.id ?? '0' } };
    }
  }

  /** How it says that it holds nothing; null: it goes on as if it did. */
  #refusal(has_any: boolean): number | null {
    const { nothing, sessions_max } = this.#context.model.quirks;
    if (this.#context.sessions.size >= sessions_max) return 453;
    if (has_any) return null;
    return nothing === 'rtsp_404' ? 404 : nothing === 'rtsp_454' ? 454 : null;
  }

  #setup(request: RtspRequest): RtspReply {
    const { sessions, model } = this.#context;
    if (sessions.size >= model.quirks.sessions_max) return { status: 453 };
    sessions.add(this.#socket);
    const rtp_channel = Number(/interleaved=(\d{1,3})/.exec(request.headers.transport ?? '')?.[1] ?? 0);
    const id = randomBytes(8).toString('hex');
    this.#session = { id, rtp_channel };
    const Transport = `RTP/AVP/TCP;unicast;interleaved=${rtp_channel}-${rtp_channel + 1}`;
    return { status: 200, headers: { Session: `${id};timeout=60`, Transport } };
  }

  #play(written: { start_ms: number; end_ms: number }): void {
    const { model } = this.#context;
    if (model.quirks.nothing === 'silent' && !model.hasAny(written)) return;
    const playing = playVendorSpan(
      this.#socket,
      this.#session?.rtp_channel ?? 0,
      model,
      written,
      this.#abort.signal,
    );
    playing.catch(() => {
      if (!this.#abort.signal.aborted) this.#socket.destroy();
    });
  }
}
