import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { SOAP_REQUEST_BYTES_MAX } from '../limits.ts';
import * as answers from './answers.ts';
import { type CityDevice, type CityOptions, cityDevice } from './city-plan.ts';
import { challengeOf, hasRightDigest, hasRightToken } from './sign-in.ts';

/** One question as it came, to be asked again by somebody else. */
export interface AskedQuestion {
  readonly device: number;
  readonly path: string;
  readonly content_type: string;
  readonly authorization: string | null;
  readonly body: string;
}

/** One look at the clock: who asked (the `by` of the address's query) and when. */
export interface ClockAsked {
  readonly device: number;
  readonly by: string;
  readonly at_ms: number;
}

const RETAINED_MS = 7 * 86_400_000;
const OPERATION = /Body[^>]*>\s*<(?:\w+:)?(\w+)/;

/**
 * Many devices in one process: every device listens at a loopback address of its own, and all of them share one HTTP
 * server. Devices that are `closed` do not listen.
 */
export class CityServer {
  /** Requests answered or left unanswered, 401s included. */
  requests = 0;
  /** Added to the true time of every device: lets a period pass at once. */
  time_shift_ms = 0;
  /** Filled while it is not null. */
  asked: AskedQuestion[] | null = null;
  readonly clocks_asked: ClockAsked[] = [];
  readonly #options: CityOptions;
  readonly #listeners: Server[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #devices = new Map<string, CityDevice>();
  readonly #http = createHttpServer({ keepAliveTimeout: 15_000 }, (request, response) => {
    void this.#serve(request, response).catch(() => request.socket.destroy());
  });
  port = 0;

  constructor(options: CityOptions) {
    this.#options = options;
  }

  /** Begins to listen and returns the devices' addresses, by number. */
  async start(): Promise<string[]> {
    const urls: string[] = [];
    for (let n = 0; n < this.#options.devices; n += 1) {
      const device = cityDevice(this.#options, this.#options.first + n);
      this.#devices.set(device.host, device);
      if (device.trouble !== 'closed' || this.port === 0) await this.#listen(device);
      urls.push(`http://${device.host}:${this.port}/onvif/device_service`);
    }
    return urls;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#listeners.map((listener) => new Promise((resolve) => listener.close(resolve))));
  }

  async #listen(device: CityDevice): Promise<void> {
    const listener = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      this.#http.emit('connection', socket);
    });
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(this.port, device.host, resolve);
    });
    const address = listener.address();
    if (typeof address === 'object' && address !== null) this.port = address.port;
    if (device.trouble === 'closed') listener.close();
    else this.#listeners.push(listener);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const device = this.#devices.get(request.socket.localAddress ?? '');
    if (device === undefined) return void request.socket.destroy();
    const body = await readBody(request);
    this.requests += 1;
    const operation = OPERATION.exec(body)?.[1] ?? '';
    const url = request.url ?? '/';
    const authorization = request.headers.authorization ?? null;
    const content_type = request.headers['content-type'] ?? '';
    this.asked?.push({ device: device.number, path: url, content_type, authorization, body });
    if (operation === 'GetSystemDateAndTime') {
      const by = /[?&]by=(\w+)/.exec(url)?.[1] ?? '';
      this.clocks_asked.push({ device: device.number, by, at_ms: Date.now() });
    }
    if (device.trouble === 'silent') return;
    const answer = () => send(response, this.#answer(device, operation, request, body));
    if (device.trouble === 'slow') setTimeout(answer, this.#options.slow_ms);
    else answer();
  }

  #answer(device: CityDevice, operation: string, request: IncomingMessage, body: string): Answer {
    if (device.trouble === 'garbage') return { status: 200, body: answers.GARBAGE, type: 'text/html' };
    const device_ms = Date.now() + this.time_shift_ms + device.clock_offset_ms;
    if (operation === 'GetSystemDateAndTime') return { status: 200, body: answers.clockAnswer(device_ms) };
    const { sign_in } = this.#options;
    const is_signed_in = sign_in === 'http_digest' ? hasRightDigest : hasRightToken;
    if (device.trouble !== 'refusing' && is_signed_in(request, body, this.#options)) {
      return { status: 200, body: this.#content(operation, device, device_ms) };
    }
    if (sign_in === 'ws_security') return { status: 400, body: answers.NOT_AUTHORIZED };
    return { status: 401, body: '', challenge: challengeOf(device.number) };
  }

  #content(operation: string, device: CityDevice, device_ms: number): string {
    const { channels_per_device } = this.#options;
    switch (operation) {
      case 'GetServices':
        return answers.servicesAnswer(`http://${device.host}:${this.port}`);
      case 'GetProfiles':
        return answers.profilesAnswer(channels_per_device);
      case 'FindRecordings':
        return answers.SEARCH_STARTED;
      case 'GetRecordingSearchResults':
        return answers.resultsAnswer(channels_per_device, device_ms - RETAINED_MS, device_ms - 2_000);
      case 'EndSearch':
        return answers.SEARCH_ENDED;
      case 'GetDeviceInformation':
        return answers.INFORMATION;
      default:
        return answers.NOT_SUPPORTED;
    }
  }
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
  readonly challenge?: string;
}

function send(response: ServerResponse, { status, body, type, challenge }: Answer): void {
  response.writeHead(status, {
    'Content-Type': type ?? 'application/soap+xml; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    ...(challenge === undefined ? {} : { 'WWW-Authenticate': challenge }),
  });
  response.end(body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    body += chunk;
    if (body.length > SOAP_REQUEST_BYTES_MAX) throw new RangeError('a question this long is none');
  }
  return body;
}
