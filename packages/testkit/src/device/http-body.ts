import type { IncomingMessage } from 'node:http';
import { SOAP_REQUEST_BYTES_MAX } from '../limits.ts';

/** The whole body as text, or null when it is larger than a SOAP request may be. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size_bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size_bytes += chunk.length;
    if (size_bytes > SOAP_REQUEST_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
