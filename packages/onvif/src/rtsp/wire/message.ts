import { BrokenStream } from '../broken-stream.ts';

/** Start line and headers of an RTSP message (RFC 2326, 6 and 7). Header names are in lower case. */
export type RtspHead = RtspResponseHead | RtspRequestHead;

export interface RtspResponseHead {
  readonly type: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: RtspHeaders;
}

/** Servers may ask too: OPTIONS to see whether we live, ANNOUNCE to say that a recording ends. */
export interface RtspRequestHead {
  readonly type: 'request';
  readonly method: string;
  readonly headers: RtspHeaders;
}

/** Every value of a header, in the order sent. */
export type RtspHeaders = ReadonlyMap<string, readonly string[]>;

const RESPONSE = /^RTSP\/\d\.\d (\d{3})(?: (.*))?$/;
const REQUEST = /^([A-Z_]{1,20}) \S+ RTSP\/\d\.\d$/;
const HEADERS_MAX = 100;

/** Reads start line and headers, without the empty line that ends them. Throws `BrokenStream`. */
export function parseHead(text: string): RtspHead {
  const [start_line = '', ...lines] = text.split(/\r?\n/);
  const headers = parseHeaders(lines);
  const response = RESPONSE.exec(start_line);
  if (response !== null) {
    return {
      type: 'response',
      status: Number(response[1]),
      reason: (response[2] ?? '').slice(0, 80),
      headers,
    };
  }
  const request = REQUEST.exec(start_line);
  if (request !== null) return { type: 'request', method: request[1]!, headers };
  throw new BrokenStream('bytes that are no RTSP message');
}

function parseHeaders(lines: readonly string[]): RtspHeaders {
  const headers = new Map<string, string[]>();
  if (lines.length > HEADERS_MAX) throw new BrokenStream('an RTSP message with too many headers');
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const values = headers.get(name) ?? [];
    values.push(line.slice(colon + 1).trim());
    headers.set(name, values);
  }
  return headers;
}

/** The first value of a header, or null. */
export function headerOf(head: RtspHead, name: string): string | null {
  return head.headers.get(name)?.[0] ?? null;
}

/** A request as it goes over the wire. Line ends in values would forge headers and are refused. */
export function formatRequest(
  method: string,
  uri: string,
  headers: readonly (readonly [string, string])[],
): string {
  const lines = [`${method} ${uri} RTSP/1.0`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  if (lines.some((line) => /[\r\n]/.test(line)) || /\s/.test(uri)) {
    throw new BrokenStream('an address or header with a line end in it');
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}
