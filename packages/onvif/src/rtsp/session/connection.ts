import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { RTSP_QUEUED_BYTES_MAX, RTSP_TEARDOWN_MS } from '../../limits.ts';
import { connectDevice, type DeviceTlsOptions } from '../../transport/device-tls.ts';
import { WireDemuxer, type WireItem } from '../wire/demuxer.ts';

/** Nothing came within the time allowed, while we were ready to read. */
export class ReadTimeout extends Error {}

const PORTS: Readonly<Record<string, number>> = { 'rtsp:': 554, 'rtsps:': 322 };

/** How a connection is to be made. */
export interface ConnectionRequest {
  /** `rtsp:` or `rtsps:`. */
  readonly uri: URL;
  readonly deadline_ms: number;
  readonly lookup?: LookupFunction;
  /** How the certificate of `rtsps:` is judged. */
  readonly device_tls: DeviceTlsOptions;
}

/**
 * One connection that speaks RTSP, over TCP or TLS. Reading is by pull: while nobody reads, the socket is paused and
 * the recorder has to wait, so memory holds no more than the socket's own buffer, a few chunks and one item.
 */
export class RtspConnection {
  /** True over TLS: what is sent can be read by the recorder alone. */
  readonly is_encrypted: boolean;
  readonly #socket: Socket;
  readonly #demuxer = new WireDemuxer();
  readonly #chunks: Buffer[] = [];
  #queued_bytes = 0;
  #is_over = false;
  #error: Error | null = null;
  #wake: (() => void) | null = null;

  private constructor(socket: Socket, is_encrypted: boolean) {
    this.#socket = socket;
    this.is_encrypted = is_encrypted;
    const end = (error?: Error) => {
      this.#is_over = true;
      this.#error ??= error ?? null;
      this.#wake?.();
    };
    socket
      .on('error', end)
      .on('end', () => end())
      .on('close', () => end());
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#queued_bytes += chunk.length;
      if (this.#queued_bytes >= RTSP_QUEUED_BYTES_MAX) socket.pause();
      this.#wake?.();
    });
  }

  /** Connects. Throws what the system or `lookup` says, `ReadTimeout`, and what `connectDevice` does. */
  static async open(request: ConnectionRequest, signal: AbortSignal): Promise<RtspConnection> {
    const { uri, deadline_ms, lookup, device_tls } = request;
    const port = uri.port === '' ? PORTS[uri.protocol]! : Number(uri.port);
    const host = uri.hostname.replace(/^\[|\]$/g, '');
    if (uri.protocol === 'rtsps:') {
      const named = isIP(host) === 0 ? { servername: host } : {};
      const socket = await connectDevice({ host, port, lookup, ...named }, device_tls, signal);
      endWith(signal, socket);
      return new RtspConnection(socket.setNoDelay(), true);
    }
    const socket = connect({ host, port, noDelay: true, lookup });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => reject(new ReadTimeout()), deadline_ms);
    socket.once('connect', resolve).once('error', reject);
    endWith(signal, socket);
    try {
      signal.throwIfAborted();
      await promise;
      return new RtspConnection(socket, false);
    } catch (error) {
      socket.on('error', () => {});
      socket.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
      socket.removeListener('error', reject);
    }
  }

  write(text: string | Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(text);
  }

  /** The next item that is here already; null until `wait` has brought more. Throws `BrokenStream`. */
  take(): WireItem | null {
    for (;;) {
      const item = this.#demuxer.next();
      if (item !== null) return item;
      const chunk = this.#chunks.shift();
      if (chunk === undefined) return null;
      this.#queued_bytes -= chunk.length;
      this.#demuxer.push(chunk);
    }
  }

  /** Waits for more; false once the recorder has closed the connection. Throws `ReadTimeout` and the system's word. */
  async wait(timeout_ms: number): Promise<boolean> {
    if (this.#chunks.length > 0) return true;
    if (!this.#is_over) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const timer = setTimeout(() => reject(new ReadTimeout()), timeout_ms);
      this.#wake = resolve;
      this.#socket.resume();
      try {
        await promise;
      } finally {
        clearTimeout(timer);
        this.#wake = null;
      }
    }
    if (this.#chunks.length > 0) return true;
    if (this.#error !== null) throw this.#error;
    return false;
  }

  /** The next item, whole within `timeout_ms`; null when the recorder has closed the connection. */
  async read(timeout_ms: number): Promise<WireItem | null> {
    const until_ms = performance.now() + timeout_ms;
    for (;;) {
      const item = this.take();
      if (item !== null || !(await this.wait(until_ms - performance.now()))) return item;
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

/** A connection does not outlive the wish for it. */
function endWith(signal: AbortSignal, socket: Socket): void {
  const cancel = () => socket.destroy(new Error('cancelled'));
  signal.addEventListener('abort', cancel, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', cancel));
}
