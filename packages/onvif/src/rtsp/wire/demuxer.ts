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

  push(chunk: Buffer): void {
    const rest = this.#buffer.subarray(this.#at);
    this.#buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    this.#at = 0;
  }

  /** The next whole item, or null until more bytes come. Throws `BrokenStream`. */
  next(): WireItem | null {
    while (this.#buffer[this.#at] === CR || this.#buffer[this.#at] === LF) this.#at += 1;
    if (this.#at >= this.#buffer.length) return null;
    return this.#buffer[this.#at] === DOLLAR ? this.#interleaved() : this.#message();
  }

  #interleaved(): WireItem | null {
    const start = this.#at + 4;
    if (this.#buffer.length < start) return null;
    const end = start + this.#buffer.readUInt16BE(this.#at + 2);
    if (this.#buffer.length < end) return null;
    const channel = this.#buffer[this.#at + 1]!;
    this.#at = end;
    return { kind: 'interleaved', channel, payload: this.#buffer.subarray(start, end) };
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
