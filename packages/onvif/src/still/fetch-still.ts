import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type Bilingual, CodedError, type DeviceAddress } from '@minhchung/domain';
import { chooseChallenge } from '../auth/digest-challenge.ts';
import { DigestSession } from '../auth/digest-session.ts';
import type { RefusedCredentials } from '../auth/refused-credentials.ts';
import { STILL_BYTES_MAX, STILL_DEADLINE_MS } from '../limits.ts';
import { type Deadline, startDeadline } from '../transport/deadline.ts';
import type { HttpPool } from '../transport/http-pool.ts';

export interface StillFetcherOptions {
  readonly pool: HttpPool;
  readonly refused: RefusedCredentials;
}

/** The bytes a device gives as its still picture: hostile until they were decoded and encoded anew. */
export type FetchStill = (uri: string, address: DeviceAddress, signal: AbortSignal) => Promise<Uint8Array>;

/**
 * Fetches still pictures under the guard of the pool: from the device's own host, without redirects, at most
 * `STILL_BYTES_MAX`, by digest authentication only. Throws `STILL_UNUSABLE`, `DEVICE_REFUSED`, `DEVICE_TIMEOUT`,
 * `ADDRESS_NOT_ALLOWED`, `CERTIFICATE_CHANGED`, `CANCELLED`.
 */
export function createStillFetcher({ pool, refused }: StillFetcherOptions): FetchStill {
  return async (uri, address, signal) => {
    const url = new URL(uri);
    const deadline = startDeadline(signal, STILL_DEADLINE_MS, url.host);
    try {
      if (refused.isRefused(address)) throw new CodedError('DEVICE_REFUSED', { address: url.host });
      return await fetchOnce(url, address, { pool, refused, deadline });
    } finally {
      deadline.close();
    }
  };
}

interface Context extends StillFetcherOptions {
  readonly deadline: Deadline;
}

async function fetchOnce(url: URL, address: DeviceAddress, context: Context): Promise<Uint8Array> {
  const first = await get(url, address, null, context);
  if (first.status !== 401) return pictureOf(first);
  const challenge = chooseChallenge(first.challenges);
  if (challenge === null) throw unusable(WANTS_PLAIN_PASSWORD);
  if (address.username === null) throw new CodedError('DEVICE_REFUSED', { address: url.host });
  const digest = new DigestSession();
  digest.open(challenge);
  const uri = `${url.pathname}${url.search}`;
  const account = { username: address.username, password: address.password ?? '' };
  const second = await get(
    url,
    address,
    digest.authorize({ method: 'GET', uri, body: '', ...account }),
    context,
  );
  if (second.status === 401) {
    context.refused.remember(address);
    throw new CodedError('DEVICE_REFUSED', { address: url.host });
  }
  return pictureOf(second);
}

interface Got {
  readonly status: number;
  readonly challenges: readonly string[];
  readonly content_type: string;
  readonly bytes: Uint8Array;
}

async function get(
  url: URL,
  address: DeviceAddress,
  authorization: string | null,
  { pool, deadline }: Context,
): Promise<Got> {
  const { promise, resolve, reject } = Promise.withResolvers<Got>();
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = authorization === null ? {} : { Authorization: authorization };
  const request = open(url, {
    ...pool.optionsFor(url, address),
    method: 'GET',
    headers,
  });
  request.once('error', (error: NodeJS.ErrnoException) => {
    const reason = error.code ?? error.message;
    if (deadline.is_over) reject(deadline.error());
    else reject(error instanceof CodedError ? error : unusable({ vi: reason, en: reason }));
  });
  request.once('response', (response) => {
    bytesOf(response).then(
      (bytes) =>
        resolve({
          status: response.statusCode ?? 0,
          challenges: response.headersDistinct['www-authenticate'] ?? [],
          content_type: response.headers['content-type'] ?? '',
          bytes,
        }),
      (error) => reject(deadline.is_over ? deadline.error() : error),
    );
  });
  const release = deadline.whenOver(() => {
    reject(deadline.error());
    request.destroy(deadline.error());
  });
  request.once('close', release);
  request.end();
  return promise;
}

async function bytesOf(response: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size_bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size_bytes += chunk.length;
      if (size_bytes > STILL_BYTES_MAX) throw unusable(TOO_LARGE);
      chunks.push(chunk);
    }
  } catch (error) {
    response.destroy();
    throw error instanceof CodedError ? error : unusable(CUT_SHORT);
  }
  return Buffer.concat(chunks, size_bytes);
}

function pictureOf({ status, content_type, bytes }: Got): Uint8Array {
  if (status !== 200)
    throw unusable({ vi: `thiết bị trả lời HTTP ${status}`, en: `it answers HTTP ${status}` });
  if (!/^image\/(jpeg|jpg|pjpeg)\b|^application\/octet-stream\b|^$/i.test(content_type))
    throw unusable(NO_PICTURE);
  return bytes;
}

const TOO_LARGE: Bilingual = {
  vi: `nó lớn hơn ${STILL_BYTES_MAX} byte`,
  en: `it is larger than ${STILL_BYTES_MAX} bytes`,
};
const CUT_SHORT: Bilingual = { vi: 'kết nối đứt giữa chừng', en: 'the connection broke in the middle of it' };
const NO_PICTURE: Bilingual = { vi: 'đó không phải ảnh JPEG', en: 'it is no JPEG' };
const WANTS_PLAIN_PASSWORD: Bilingual = {
  vi: 'thiết bị đòi mật khẩu theo cách ai cũng đọc được trên đường truyền; bật xác thực digest',
  en: 'the device asks for the password in a way everybody on the line could read; switch digest on',
};

function unusable(reason: Bilingual): CodedError {
  return new CodedError('STILL_UNUSABLE', { reason: reason.en, reason_vi: reason.vi });
}
