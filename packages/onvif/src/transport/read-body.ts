import type { IncomingMessage } from 'node:http';
import type { Bilingual } from '@minhchung/domain';
import { brokenDevice } from '../broken-device.ts';
import { ANSWER_BYTES_MAX, ANSWER_FRAMING_BYTES_MAX } from '../limits.ts';

const TOO_LARGE: Bilingual = {
  vi: `câu trả lời lớn hơn ${ANSWER_BYTES_MAX} byte`,
  en: `the answer is larger than ${ANSWER_BYTES_MAX} bytes`,
};
const CUT_SHORT: Bilingual = {
  vi: 'kết nối đứt giữa câu trả lời',
  en: 'the connection broke in the middle of the answer',
};
const COMPRESSED: Bilingual = {
  vi: 'câu trả lời bị nén dù không ai yêu cầu',
  en: 'the answer is compressed, unasked',
};
/** Most answers are smaller: the clock's is about 1 KB. */
const FIRST_BYTES = 4_096;

/**
 * The body as text. Rejects with `DEVICE_BROKEN` where it is larger than `ANSWER_BYTES_MAX`, wrapped in more
 * chunk framing than that, compressed, or cut short; the connection is then closed.
 */
export function readBody(response: IncomingMessage, address: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let is_settled = false;
  const fail = (reason: Bilingual) => {
    if (is_settled) return;
    is_settled = true;
    reject(brokenDevice(address, reason));
    response.destroy();
  };
  if (response.headers['content-encoding'] !== undefined) {
    fail(COMPRESSED);
    return promise;
  }
  // Copied, never kept as they come: one byte of body may hold a whole block of chunk framing in memory.
  let body: Buffer = Buffer.allocUnsafe(FIRST_BYTES);
  let size_bytes = 0;
  const read_before = response.socket.bytesRead;
  response.on('data', (chunk: Buffer) => {
    const needed_bytes = size_bytes + chunk.length;
    const framing_bytes = response.socket.bytesRead - read_before - needed_bytes;
    if (needed_bytes > ANSWER_BYTES_MAX || framing_bytes > ANSWER_FRAMING_BYTES_MAX) return fail(TOO_LARGE);
    if (needed_bytes > body.length) body = grown(body, size_bytes, needed_bytes);
    size_bytes += chunk.copy(body, size_bytes);
  });
  response.once('end', () => {
    if (!response.complete) return fail(CUT_SHORT);
    is_settled = true;
    resolve(body.toString('utf8', 0, size_bytes));
  });
  response.once('error', () => fail(CUT_SHORT));
  response.once('close', () => fail(CUT_SHORT));
  return promise;
}

function grown(body: Buffer, size_bytes: number, needed_bytes: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.max(needed_bytes, 2 * body.length));
  body.copy(larger, 0, 0, size_bytes);
  return larger;
}
