import { connect, type LookupFunction, type Socket } from 'node:net';
import { RTSP_TEARDOWN_MS } from '../../limits.ts';
import { WireDemuxer, type WireItem } from '../wire/demuxer.ts';

/** Nothing came within the time allowed, while we were ready to read. */
export class ReadTimeout extends Error {}

const RTSP_PORT = 554;

/**
 * One TCP connection that speaks RTSP. Reading is by pull: while nobody reads, the socket is paused and the
 * recorder has to wait, so memory holds no more than the socket's own buffer and one item.
 */
export class RtspConnection {
  readonly #socket: Socket;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #demuxer = new WireDemuxer();

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#chunks = socket[Symbol.asyncIterator]();
    // Errors reach the reader through the iterator; one that comes while nobody reads must not end the process.
    socket.on('error', () => {});
  }

  /** Connects to the host of an `rtsp:` address. Throws what the system or `lookup` says, or `ReadTimeout`. */
  static async open(
    uri: URL,
    deadline_ms: number,
    signal: AbortSignal,
    lookup?: LookupFunction,
  ): Promise<RtspConnection> {
    const port = uri.port === '' ? RTSP_PORT : Number(uri.port);
    const host = uri.hostname.replace(/^\[|\]$/g, '');
    const socket = connect({ host, port, noDelay: true, lookup });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => reject(new ReadTimeout()), deadline_ms);
    const cancel = () => socket.destroy(new Error('cancelled'));
    socket.once('connect', resolve).once('error', reject);
    signal.addEventListener('abort', cancel, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', cancel));
    try {
      signal.throwIfAborted();
      await promise;
      return new RtspConnection(socket);
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  write(text: string | Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(text);
  }

  /**
   * The next item, whole within `timeout_ms`; null when the recorder has closed the connection. Throws
   * `ReadTimeout`, `BrokenStream`, and what the system says.
   */
  async read(timeout_ms: number): Promise<WireItem | null> {
    const until_ms = performance.now() + timeout_ms;
    for (;;) {
      const item = this.#demuxer.next();
      if (item !== null) return item;
      const chunk = await this.#nextChunk(until_ms - performance.now());
      if (chunk === null) return null;
      this.#demuxer.push(chunk);
    }
  }

  async #nextChunk(timeout_ms: number): Promise<Buffer | null> {
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new ReadTimeout()), timeout_ms);
    try {
      const next = await Promise.race([this.#chunks.next(), promise]);
      return next.done === true ? null : next.value;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Says a last word and closes; never waits long, never throws. */
  async close(last_word: string | null): Promise<void> {
    if (last_word !== null && this.#socket.writable) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, RTSP_TEARDOWN_MS);
      this.#socket.once('close', resolve);
      this.#socket.end(last_word, resolve);
      await promise;
      clearTimeout(timer);
    }
    this.#socket.destroy();
  }
}
