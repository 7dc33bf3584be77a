import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface TestReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface TestPacket {
  readonly channel: number;
  readonly data: Buffer;
}

/**
 * The plainest RTSP client that can look at every byte: one request at a time, packets collected in order. It is
 * for tests of the server only and trusts it.
 */
export class RtspTestClient {
  readonly #socket: Socket;
  readonly #password: string;
  readonly packets: TestPacket[] = [];
  readonly #replies: TestReply[] = [];
  #pending = Buffer.alloc(0);
  #changed: () => void = () => undefined;
  #cseq = 0;
  #challenge: { realm: string; nonce: string } | null = null;
  is_closed = false;

  private constructor(socket: Socket, password: string) {
    this.#socket = socket;
    this.#password = password;
    socket.on('data', (bytes) => this.#receive(bytes));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.is_closed = true;
      this.#changed();
    });
  }

  static async open(port: number, password: string): Promise<RtspTestClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RtspTestClient(socket, password);
  }

  /** Sends a request, signing in when asked to. */
  async request(method: string, uri: string, headers: Record<string, string> = {}): Promise<TestReply> {
    const reply = await this.#exchange(method, uri, headers);
    if (reply.status !== 401 || this.#challenge) return reply;
    const challenge = reply.headers['www-authenticate'] ?? '';
    const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
    this.#challenge = { realm: field('realm'), nonce: field('nonce') };
    return this.#exchange(method, uri, headers);
  }

  /** DESCRIBE, SETUP and PLAY of a recording; the session's id. */
  async play(uri: string, headers: Record<string, string>): Promise<{ session: string; reply: TestReply }> {
    await this.request('DESCRIBE', uri);
    const transport = { Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1' };
    const setup = await this.request('SETUP', `${uri}/trackID=0`, transport);
    const session = setup.headers.session!.split(';')[0]!;
    const play_headers = { Session: session, Require: 'onvif-replay', 'Rate-Control': 'no', ...headers };
    return { session, reply: await this.request('PLAY', uri, play_headers) };
  }

  /** Waits until the condition holds for what has arrived. Rejects when the connection closes first. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.is_closed) throw new Error('The connection closed.');
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }

  /** Waits for RTCP BYE. */
  async untilBye(): Promise<void> {
    await this.until(() => this.packets.some(({ channel, data }) => channel === 1 && data.at(-7) === 203));
  }

  pauseReading(): void {
    this.#socket.pause();
  }
  resumeReading(): void {
    this.#socket.resume();
  }
  close(): void {
    this.#socket.destroy();
  }

  async #exchange(method: string, uri: string, headers: Record<string, string>): Promise<TestReply> {
    const signed = this.#challenge
      ? { ...headers, Authorization: this.#authorization(method, uri) }
      : headers;
    const lines = Object.entries({ CSeq: String(++this.#cseq), ...signed }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    this.#socket.write(`${method} ${uri} RTSP/1.0\r\n${lines.join('\r\n')}\r\n\r\n`);
    await this.until(() => this.#replies.length > 0);
    return this.#replies.shift()!;
  }

  #authorization(method: string, uri: string): string {
    const md5 = (text: string) => createHash('md5').update(text).digest('hex');
    const { realm, nonce } = this.#challenge!;
    const response = md5(`${md5(`admin:${realm}:${this.#password}`)}:${nonce}:${md5(`${method}:${uri}`)}`);
    return `Digest username="admin", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}"`;
  }

  #receive(bytes: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    for (;;) {
      if (this.#pending[0] === 0x24) {
        const size_bytes =
          this.#pending.length >= 4 ? this.#pending.readUInt16BE(2) : Number.POSITIVE_INFINITY;
        if (this.#pending.length < 4 + size_bytes) break;
        this.packets.push({ channel: this.#pending[1]!, data: this.#pending.subarray(4, 4 + size_bytes) });
        this.#pending = this.#pending.subarray(4 + size_bytes);
        continue;
      }
      const end = this.#pending.indexOf('\r\n\r\n');
      const [first = '', ...lines] = this.#pending.toString('utf8', 0, Math.max(0, end)).split('\r\n');
      const headers: Record<string, string> = {};
      for (const line of lines)
        headers[line.split(': ')[0]!.toLowerCase()] ??= line.slice(line.indexOf(': ') + 2);
      const body_bytes = Number(headers['content-length'] ?? 0);
      if (end < 0 || this.#pending.length < end + 4 + body_bytes) break;
      const body = this.#pending.toString('utf8', end + 4, end + 4 + body_bytes);
      this.#replies.push({ status: Number(first.split(' ')[1]), headers, body });
      this.#pending = this.#pending.subarray(end + 4 + body_bytes);
    }
    this.#changed();
  }
}
