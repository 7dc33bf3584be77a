import { RTSP_BODY_BYTES_MAX, RTSP_HEADER_BYTES_MAX } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';
import { parseHead, type RtspHead } from './message.ts';

/** One thing out of an RTSP connection: a message, or a packet of one interleaved channel (RFC 2326, 10.12). */
export type WireItem =
  | { readonly kind: 'message'; readonly head: RtspHead; readonly body: Uint8Array }
  | { readonly kind: 'interleaved'; readonly channel: number; readonly payload: Uint8Array };

const DOLLAR = 0x24;
const CR = 0x0d;
const LF = 0x0a;
const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Takes the bytes of a connection as they come and gives out whole items. Holds at most one item and one
 * chunk. Payloads are views of the chunks, which stay as they are: what must live long should be copied, lest it
 * keep a whole chunk alive.
 */
export class WireDemuxer {
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;
  /** What follows in the last chunk, once the packet that lay across its beginning is read. */
  #following: Buffer | null = null;

  push(chunk: Buffer): void {
    const rest = this.#buffer.subarray(this.#at);
    this.#at = 0;
    if (rest.length === 0) {
      this.#buffer = chunk;
      return;
    }
    // Only the packet that lies across both is put together, not all of the chunk.
    const missing = rest[0] === DOLLAR && rest.length >= 4 ? 4 + rest.readUInt16BE(2) - rest.length : 0;
    if (missing > 0 && missing < chunk.length) {
      this.#buffer = Buffer.concat([rest, chunk.subarray(0, missing)]);
      this.#following = chunk.subarray(missing);
    } else {
      this.#buffer = Buffer.concat([rest, chunk]);
    }
  }

  /** The next whole item, or null until more bytes come. Throws `BrokenStream`. */
  next(): WireItem | null {
    for (;;) {
      while (this.#buffer[this.#at] === CR || this.#buffer[this.#at] === LF) this.#at += 1;
      if (this.#at < this.#buffer.length) break;
      if (this.#following === null) return null;
      this.#buffer = this.#following;
      this.#following = null;
      this.#at = 0;
    }
    return this.#buffer[this.#at] === DOLLAR ? this.#interleaved() : this.#message();
  }

  #interleaved(): WireItem | null {
    const buffer = this.#buffer;
    const at = this.#at;
    const start = at + 4;
    if (buffer.length < start) return null;
    const end = start + ((buffer[at + 2]! << 8) | buffer[at + 3]!);
    if (buffer.length < end) return null;
    this.#at = end;
    return { kind: 'interleaved', channel: buffer[at + 1]!, payload: buffer.subarray(start, end) };
  }

  #message(): WireItem | null {
    const head_end = this.#buffer.indexOf(HEAD_END, this.#at);
    const head_bytes = (head_end === -1 ? this.#buffer.length : head_end) - this.#at;
    if (head_bytes > RTSP_HEADER_BYTES_MAX) throw new BrokenStream('an RTSP header without an end');
    if (head_end === -1) return null;
    const head = parseHead(this.#buffer.toString('utf8', this.#at, head_end));
    const start = head_end + HEAD_END.length;
    const end = start + bodyLength(head);
    if (this.#buffer.length < end) return null;
    this.#at = end;
    return { kind: 'message', head, body: this.#buffer.subarray(start, end) };
  }
}

function bodyLength(head: RtspHead): number {
  const text = head.headers.get('content-length')?.[0];
  if (text === undefined) return 0;
  const length = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(length <= RTSP_BODY_BYTES_MAX)) throw new BrokenStream('an RTSP body that is too long');
  return length;
}
