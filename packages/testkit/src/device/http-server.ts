import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { DeviceCertificate, DeviceModel } from './device-model.ts';
import { readBody } from './http-body.ts';
import { UNAUTHORIZED_PAGE, writtenOddly } from './odd-answers.ts';
import type { DeviceQuirks } from './quirks.ts';
import { sendForcedAnswer } from './send-forced-answer.ts';
import { takeSnapshot } from './snapshot.ts';
import { type Authorities, answerSoap } from './soap-endpoint.ts';

/** The HTTP side of a device: SOAP services by POST and still pictures by GET. Not listening yet. */
export function deviceHttpServer(
  device: DeviceModel,
  authorities: Authorities,
  certificate: DeviceCertificate | null,
): Server {
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    handle(device, authorities, request, response).catch(() => response.destroy());
  };
  return certificate === null ? createServer(answer) : createSecureServer({ ...certificate }, answer);
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
  if (isOutOfTurn(device.quirks, request)) return void response.destroy();
  if (device.quirks.needs_action && !/action=/.test(request.headers['content-type'] ?? '')) {
    return void response.end();
  }
  const host = request.headers.host ?? '127.0.0.1';
  const uri = request.url ?? '';
  const authorization = asUtf8(request.headers.authorization);
  const answer = answerSoap(device, authorities, { path, uri, host, authorization, document });
  const forced = device.faults.force_answer?.(answer.operation, answer.body) ?? null;
  if (forced) return sendForcedAnswer(response, forced);
  if (answer.challenges.length > 0) response.setHeader('WWW-Authenticate', answer.challenges.map(inLatin1));
  const type = answer.body === UNAUTHORIZED_PAGE ? 'text/html' : 'application/soap+xml; charset=utf-8';
  response.writeHead(answer.status, { 'Content-Type': type });
  response.end(writtenOddly(answer.body, device.quirks));
}

const used = new WeakSet<Socket>();

/** Whether the device closes this connection in place of an answer (quirk 21). */
function isOutOfTurn({ closes_without_answer }: DeviceQuirks, { socket }: IncomingMessage): boolean {
  const is_kept = used.has(socket);
  used.add(socket);
  return closes_without_answer === 'always' || (closes_without_answer === 'kept_connections' && is_kept);
}

/** Node reads and writes headers as Latin-1; realms and names are UTF-8 in them (RFC 7616, 4). */
function inLatin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function asUtf8(header: string | undefined): string | undefined {
  return header === undefined ? undefined : Buffer.from(header, 'latin1').toString('utf8');
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
    authorization: asUtf8(request.headers.authorization),
  });
  if (verdict !== undefined && verdict !== 'accepted') {
    if (verdict === 'refused') authorities.credentials.countRefusal();
    response.setHeader('WWW-Authenticate', authorities.digest!.challenges(verdict).map(inLatin1));
    response.writeHead(401);
    return void response.end();
  }
  const picture = channel ? await takeSnapshot(channel) : null;
  response.writeHead(picture ? 200 : 404, { 'Content-Type': picture ? 'image/jpeg' : 'text/plain' });
  response.end(picture ?? '');
}
