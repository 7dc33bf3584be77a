import { once } from 'node:events';
import type { Writable } from 'node:stream';

/**
 * Writes chunks with back-pressure and ends the stream. Stops quietly when the reader goes away: its exit code
 * is the better message.
 */
export async function writeAll(target: Writable, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
  const closed = new AbortController();
  const onClose = () => closed.abort();
  target.once('close', onClose).once('error', onClose);
  try {
    for await (const chunk of chunks) {
      if (closed.signal.aborted || target.destroyed) return;
      if (!target.write(chunk)) await once(target, 'drain', { signal: closed.signal }).catch(() => undefined);
    }
    target.end();
  } finally {
    target.off('close', onClose).off('error', onClose);
  }
}
