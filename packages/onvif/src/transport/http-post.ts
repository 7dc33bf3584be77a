import { type ClientRequest, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type Bilingual, CodedError, type DeviceAddress, isCoded, type TimeSource } from '@minhchung/domain';
import { brokenDevice } from '../broken-device.ts';
import { ANNOUNCEMENTS_MAX } from '../limits.ts';
import type { Deadline } from './deadline.ts';
import type { HttpPool } from './http-pool.ts';
import { readBody } from './read-body.ts';

export interface HttpPost {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly content_type: string;
  /** Values of every `WWW-Authenticate` header, in order. */
  readonly challenges: readonly string[];
  readonly body: string;
  /** Just before the request could leave on a connection that stood, and just after the answer began. */
  readonly sent_at_ms: number;
  readonly received_at_ms: number;
}

export interface HttpContext {
  readonly pool: HttpPool;
  readonly time: TimeSource;
  readonly deadline: Deadline;
  /** The device on whose behalf it is sent: the pool's guard lets it reach that device's host only. */
  readonly address: DeviceAddress;
}

/**
 * One POST on a pooled connection: no redirects, a cap on the answer, an absolute deadline. A connection the
 * device had already closed while it was idle is replaced once; nothing else is ever sent twice.
 */
export async function httpPost(post: HttpPost, context: HttpContext): Promise<HttpAnswer> {
  try {
    return await attempt(post, context);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    return await attempt(post, context).catch((again) => {
      throw again instanceof StaleConnection ? closedWithoutAnswer(post.url.host) : again;
    });
  }
}

/** A reused connection that turned out to be dead before any byte of an answer came. */
class StaleConnection extends Error {}

async function attempt(post: HttpPost, context: HttpContext): Promise<HttpAnswer> {
  const { deadline, time, pool, address } = context;
  const pooled = pool.optionsFor(post.url, address);
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const open = post.url.protocol === 'https:' ? httpsRequest : httpRequest;
  const body = utf8AsLatin1(post.body);
  let sent_at_ms = time.now_ms();
  const request = open(post.url, {
    ...pooled,
    method: 'POST',
    headers: { ...mapValues(post.headers, utf8AsLatin1), 'Content-Length': body.length },
  });
  // The clock is read when the connection stands: setting it up is no part of the question's way.
  request.once('socket', (socket) => {
    const stamp = () => {
      sent_at_ms = time.now_ms();
    };
    if (socket.connecting) socket.prependOnceListener('connect', stamp);
    else stamp();
  });
  request.once('response', (response) => {
    const received_at_ms = time.now_ms();
    readBody(response, post.url.host).then(
      (text) =>
        resolve({
          status: response.statusCode ?? 0,
          content_type: response.headers['content-type'] ?? '',
          challenges: headerValues(response.rawHeaders, 'www-authenticate'),
          body: text,
          sent_at_ms,
          received_at_ms,
        }),
      (error) => reject(deadline.is_over ? deadline.error() : error),
    );
  });
  let announcements = 0;
  request.on('information', () => {
    announcements += 1;
    if (announcements > ANNOUNCEMENTS_MAX) request.destroy(brokenDevice(post.url.host, ANNOUNCED_TOO_OFTEN));
  });
  request.once('error', (error) => {
    reject(deadline.is_over ? deadline.error() : connectionError(error, request, post.url.host));
  });
  const release = deadline.whenOver(() => {
    // A request whose connection is still being made says nothing when it is destroyed.
    reject(deadline.error());
    request.destroy(deadline.error());
  });
  request.once('close', release);
  // Head and body as one text of one encoding leave in one write.
  request.end(body, 'latin1');
  return promise;
}

const ANNOUNCED_TOO_OFTEN: Bilingual = {
  vi: 'nó chỉ báo sẽ trả lời (HTTP 1xx) mà không trả lời',
  en: 'it keeps announcing an answer (HTTP 1xx) and gives none',
};

function connectionError(error: NodeJS.ErrnoException, request: ClientRequest, address: string): Error {
  if (isCoded(error)) return error;
  const code = error.code ?? '';
  const is_reset = code === 'ECONNRESET' || code === 'EPIPE';
  if (is_reset && request.reusedSocket) return new StaleConnection();
  if (is_reset) return closedWithoutAnswer(address);
  if (code.startsWith('HPE_')) {
    return brokenDevice(address, { vi: `đây không phải HTTP (${code})`, en: `this is not HTTP (${code})` });
  }
  const reason = code === '' ? error.message : code;
  return new CodedError('DEVICE_UNREACHABLE', { address, reason, reason_vi: reason, system_code: code });
}

function closedWithoutAnswer(address: string): CodedError {
  return brokenDevice(address, {
    vi: 'nó đóng kết nối mà không trả lời',
    en: 'it closed the connection without an answer',
  });
}

function headerValues(raw_headers: readonly string[], name: string): string[] {
  return raw_headers.flatMap((key, index) =>
    index % 2 === 0 && key.toLowerCase() === name ? [headerToUtf8(raw_headers[index + 1] ?? '')] : [],
  );
}

/** Node reads and writes headers as Latin-1; names with diacritics go over the wire as UTF-8 (RFC 7616, 4). */
function utf8AsLatin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function headerToUtf8(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}

function mapValues(record: Readonly<Record<string, string>>, change: (value: string) => string) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
