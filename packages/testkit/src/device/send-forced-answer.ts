import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { ForcedAnswer } from './faults.ts';

const XML_TYPE = 'application/soap+xml; charset=utf-8';

/** Sends what a fault demands instead of the truth. Resolves when it is sent or the client is gone. */
export async function sendForcedAnswer(response: ServerResponse, answer: ForcedAnswer): Promise<void> {
  if ('silent' in answer) return;
  if ('close' in answer) return void response.destroy();
  if ('status' in answer) {
    response.writeHead(answer.status, { 'Content-Type': answer.content_type ?? XML_TYPE });
    return void response.end(answer.body);
  }
  if ('truncated_body' in answer) {
    const body = Buffer.from(answer.truncated_body);
    response.writeHead(200, {
      'Content-Type': XML_TYPE,
      'Content-Length': body.length + answer.missing_bytes,
    });
    return void response.write(body, () => response.destroy());
  }
  response.writeHead(200, { 'Content-Type': XML_TYPE });
  for (const byte of Buffer.from(answer.trickled_body)) {
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
    await delay(answer.interval_ms);
  }
  response.end();
}
