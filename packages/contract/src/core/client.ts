import { CLIENT_DEADLINE_MS, ERROR_BODY_BYTES_MAX } from '../limits.ts';
import { ApiError, foreignAnswer, noAnswer } from './api-error.ts';
import type { CookieJar } from './cookie-jar.ts';
import { incomingFile, readText } from './incoming-file.ts';
import { isFileAnswer, isStreamBody, type RouteDefinition, successOf } from './route.ts';
import type { ErrorBody } from './schemas.ts';
import type { CallInput, ResultOf, StreamSource } from './types.ts';

/** How a client reaches the server. */
export interface ClientOptions {
  /** Origin of the server, e.g. `http://127.0.0.1:8080`. */
  readonly base_url: string;
  /** Defaults to the platform's. */
  readonly fetch?: typeof fetch;
  /** For callers that are not browsers: keeps the session, and sends the `Origin` a browser would send. */
  readonly cookie_jar?: CookieJar;
  /** Milliseconds until the head of the answer must be there. */
  readonly deadline_ms?: number;
}

/** Every part of a call is optional exactly when the route does not need it. */
type CallArguments<D extends RouteDefinition> =
  Record<never, never> extends CallInput<D> ? [input?: CallInput<D>] : [input: CallInput<D>];

export interface Client {
  /** Calls a route. Throws `ApiError` with the code and both texts the server gave. */
  call<const D extends RouteDefinition>(definition: D, ...input: CallArguments<D>): Promise<ResultOf<D>>;
}

interface AnyInput {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly content_type?: string;
}

/** A client of the API, typed by the routes it is handed. */
export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? fetch;
  const origin = new URL(options.base_url).origin;

  async function request(definition: RouteDefinition, input: AnyInput): Promise<Response> {
    const headers = new Headers({ accept: '*/*' });
    if (options.cookie_jar !== undefined) {
      headers.set('origin', origin);
      const cookie = options.cookie_jar.header();
      if (cookie !== null) headers.set('cookie', cookie);
    }
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(new Error('deadline')),
      options.deadline_ms ?? CLIENT_DEADLINE_MS,
    );
    const signals = input.signal === undefined ? [deadline.signal] : [deadline.signal, input.signal];
    try {
      return await send(origin + fillPath(definition.path, input), {
        method: definition.method,
        headers,
        signal: AbortSignal.any(signals),
        ...body(definition, input, headers),
      });
    } catch (error) {
      if (input.signal?.aborted === true) throw input.signal.reason;
      throw noAnswer(deadline.signal.aborted ? deadline.signal.reason : error);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async call<const D extends RouteDefinition>(definition: D, ...[input]: CallArguments<D>) {
      const response = await request(definition, (input ?? {}) as AnyInput);
      options.cookie_jar?.store(response.headers.getSetCookie());
      const success = successOf(definition);
      if (response.status !== success.status) throw await errorOf(response);
      if (success.answer === null) {
        await response.body?.cancel();
        return undefined as ResultOf<D>;
      }
      if (isFileAnswer(success.answer)) return incomingFile(response) as ResultOf<D>;
      if (!isJson(response)) throw await errorOf(response);
      return (await response.json()) as ResultOf<D>;
    },
  };
}

function fillPath(path: string, input: AnyInput): string {
  const filled = path.replace(/:(\w+)/g, (_whole, name: string) => {
    const value = input.params?.[name];
    if (value === undefined) throw new TypeError(`${path} needs the parameter ${name}`);
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(name, String(one));
    }
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
}

function body(definition: RouteDefinition, input: AnyInput, headers: Headers): RequestInit {
  if (input.body === undefined) return {};
  if (!isStreamBody(definition.body)) {
    headers.set('content-type', 'application/json');
    return { body: JSON.stringify(input.body) };
  }
  headers.set('content-type', input.content_type ?? definition.body.content_types[0] ?? '');
  const source = input.body as StreamSource;
  if (typeof source === 'string') return { body: source };
  if (source instanceof Uint8Array) return { body: new Uint8Array(source) };
  return { body: ReadableStream.from(source), duplex: 'half' } as RequestInit;
}

function isJson(response: Response): boolean {
  return (response.headers.get('content-type') ?? '').startsWith('application/json');
}

async function errorOf(response: Response): Promise<ApiError> {
  const text = await readText(response.body, ERROR_BODY_BYTES_MAX);
  if (!isJson(response)) return foreignAnswer(response.status);
  try {
    const parsed = JSON.parse(text) as ErrorBody;
    if (typeof parsed.code !== 'string' || typeof parsed.message?.vi !== 'string') {
      return foreignAnswer(response.status);
    }
    return new ApiError(response.status, parsed);
  } catch {
    return foreignAnswer(response.status);
  }
}
