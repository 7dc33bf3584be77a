import { RTSP_REQUEST_BYTES_MAX } from '../limits.ts';

export interface RtspRequest {
  readonly method: string;
  readonly uri: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

const DOLLAR = 0x24;

/**
 * Cuts the bytes of a connection into requests (RFC 2326 6). Interleaved packets from the client (its RTCP
 * reports) and request bodies are skipped. Throws `RangeError` when a head is longer than the limit and
 * `SyntaxError` when it is none.
 */
export class RtspRequestReader {
  #pending = Buffer.alloc(0);
  #skip_bytes = 0;

  /** Requests that are complete with these bytes. */
  push(bytes: Buffer): RtspRequest[] {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    const requests: RtspRequest[] = [];
    for (;;) {
      const skipped = Math.min(this.#skip_bytes, this.#pending.length);
      this.#pending = this.#pending.subarray(skipped);
      this.#skip_bytes -= skipped;
      if (this.#pending[0] === DOLLAR && this.#pending.length >= 4) {
        this.#skip_bytes = 4 + this.#pending.readUInt16BE(2);
        continue;
      }
      const end = this.#pending[0] === DOLLAR ? -1 : this.#pending.indexOf('\r\n\r\n');
      if (end < 0) break;
      const head = this.#pending.toString('utf8', 0, end);
      this.#skip_bytes = end + 4;
      // Answers of a client that was asked for a sign of life.
      if (head.trimStart().startsWith('RTSP/')) continue;
      const request = readHead(head);
      requests.push(request);
      this.#skip_bytes += bodyBytes(request);
    }
    if (this.#pending.length > RTSP_REQUEST_BYTES_MAX) throw new RangeError('The RTSP request is too long.');
    return requests;
  }
}

function bodyBytes(request: RtspRequest): number {
  const length = request.headers['content-length'] ?? '0';
  if (!/^\d{1,6}$/.test(length)) throw new SyntaxError('Content-Length is no number.');
  return Math.min(Number(length), RTSP_REQUEST_BYTES_MAX);
}

function readHead(head: string): RtspRequest {
  const [first_line = '', ...lines] = head.trimStart().split('\r\n');
  const match = /^([A-Z_]+) (\S+) RTSP\/1\.0$/.exec(first_line);
  if (!match) throw new SyntaxError('Not an RTSP request.');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { method: match[1]!, uri: match[2]!, headers };
}
