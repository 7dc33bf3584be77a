import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { DeviceModel } from './device-model.ts';
import { readBody } from './http-body.ts';
import { sendForcedAnswer } from './send-forced-answer.ts';
import { takeSnapshot } from './snapshot.ts';
import { type Authorities, answerSoap } from './soap-endpoint.ts';

/** The HTTP side of a device: SOAP services by POST and still pictures by GET. Not listening yet. */
export function deviceHttpServer(device: DeviceModel, authorities: Authorities): Server {
  return createServer((request, response) => {
    handle(device, authorities, request, response).catch(() => response.destroy());
  });
}

async function handle(
  device: DeviceModel,
  authorities: Authorities,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://device').pathname;
  if (device.faults.answer_delay_ms > 0) await delay(device.faults.answer_delay_ms);
  if (request.method === 'GET') return sendSnapshot(device, authorities, request, response, path);
  const document = await readBody(request);
  if (request.method !== 'POST' || document === null) {
    response.writeHead(document === null ? 413 : 405);
    return void response.end();
  }
  const host = request.headers.host ?? '127.0.0.1';
  const { authorization } = request.headers;
  const answer = answerSoap(device, authorities, { path, host, authorization, document });
  const forced = device.faults.force_answer?.(answer.operation, answer.body) ?? null;
  if (forced) return sendForcedAnswer(response, forced);
  if (answer.challenges.length > 0) response.setHeader('WWW-Authenticate', answer.challenges);
  response.writeHead(answer.status, { 'Content-Type': 'application/soap+xml; charset=utf-8' });
  response.end(answer.body);
}

async function sendSnapshot(
  device: DeviceModel,
  authorities: Authorities,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const channel = device.channels.find(({ profile_token }) => path === `/snapshot/${profile_token}.jpg`);
  const uri = request.url ?? '';
  const verdict = authorities.digest?.verdictOn({
    method: 'GET',
    uri,
    authorization: request.headers.authorization,
  });
  if (verdict !== undefined && verdict !== 'accepted') {
    if (verdict === 'refused') authorities.credentials.refusal_count++;
    response.setHeader('WWW-Authenticate', authorities.digest!.challenges(verdict));
    response.writeHead(401);
    return void response.end();
  }
  const picture = channel ? await takeSnapshot(channel) : null;
  response.writeHead(picture ? 200 : 404, { 'Content-Type': picture ? 'image/jpeg' : 'text/plain' });
  response.end(picture ?? '');
}
