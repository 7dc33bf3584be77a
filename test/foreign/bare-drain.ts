import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Span } from '@minhchung/domain';

/** What came over an interleaved connection until BYE. */
export interface Drained {
  readonly packets: number;
  readonly bytes: number;
}

const BYE = 203;
const RTCP_CHANNEL = 1;

/**
 * The least that any RTSP client must do: a handshake, then every interleaved frame passed over by its length and
 * counted, nothing in it read but the kind of RTCP packets, until BYE. No protection of any kind: for a server we
 * started, as a floor to measure a real client against.
 */
export class BareDrain {
  readonly #socket: Socket;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #uri: string;
  #held: Buffer = Buffer.alloc(0);
  #at = 0;
  #cseq = 0;
  #session = '';

  private constructor(socket: Socket, uri: string) {
    this.#socket = socket;
    this.#chunks = socket[Symbol.asyncIterator]();
    this.#uri = uri;
  }

  static async open(uri: string): Promise<BareDrain> {
    const { hostname, port } = new URL(uri);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    return new BareDrain(socket, uri);
  }

  /** Plays a span as fast as it comes. */
  async play(span: Span): Promise<Drained> {
    const replay = 'Require: onvif-replay';
    await this.ask('DESCRIBE', this.#uri, [replay, 'Accept: application/sdp']);
    const transport = 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1';
    const setup = await this.ask('SETUP', `${this.#uri}/stream=0`, [replay, transport]);
    this.#session = /^Session: *([^;\r]+)/im.exec(setup)![1]!;
    const range = `Range: clock=${clock(span.start_ms)}-${clock(span.end_ms)}`;
    await this.ask('PLAY', this.#uri, [replay, range, 'Rate-Control: no']);
    return await this.#count();
  }

  /** Sends a request and gives its whole answer; throws unless it is a 200. */
  async ask(method: string, uri: string, headers: readonly string[] = []): Promise<string> {
    this.#cseq += 1;
    const session = this.#session === '' ? [] : [`Session: ${this.#session}`];
    this.#socket.write(
      [`${method} ${uri} RTSP/1.0`, `CSeq: ${this.#cseq}`, ...session, ...headers, '', ''].join('\r\n'),
    );
    const head = await this.#upTo('\r\n\r\n');
    if (!head.startsWith('RTSP/1.0 200')) throw new Error(head);
    const length = Number(/^Content-Length: *(\d+)/im.exec(head)?.[1] ?? 0);
    await this.#have(length);
    this.#at += length;
    return head + this.#held.toString('utf8', this.#at - length, this.#at);
  }

  close(): void {
    this.#socket.destroy();
  }

  async #count(): Promise<Drained> {
    let packets = 0;
    let bytes = 0;
    for (;;) {
      await this.#have(4);
      const length = this.#held.readUInt16BE(this.#at + 2);
      await this.#have(4 + length);
      const is_bye = this.#held[this.#at + 1] === RTCP_CHANNEL && this.#holdsBye(this.#at + 4, length);
      this.#at += 4 + length;
      if (is_bye) return { packets, bytes };
      packets += 1;
      bytes += length;
    }
  }

  #holdsBye(start: number, length: number): boolean {
    for (let at = start; at < start + length; at += (this.#held.readUInt16BE(at + 2) + 1) * 4) {
      if (this.#held[at + 1] === BYE) return true;
    }
    return false;
  }

  async #upTo(end: string): Promise<string> {
    for (;;) {
      const found = this.#held.indexOf(end, this.#at);
      if (found !== -1) {
        const text = this.#held.toString('utf8', this.#at, found + end.length);
        this.#at = found + end.length;
        return text;
      }
      await this.#have(this.#held.length - this.#at + 1);
    }
  }

  async #have(length: number): Promise<void> {
    while (this.#held.length - this.#at < length) {
      const { done, value } = await this.#chunks.next();
      if (done === true) throw new Error('the server closed the connection');
      const rest = this.#held.subarray(this.#at);
      this.#held = rest.length === 0 ? value : Buffer.concat([rest, value]);
      this.#at = 0;
    }
  }
}

/** `20261122T050010.500Z` */
function clock(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:]/g, '');
}
