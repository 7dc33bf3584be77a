import type { TSchema } from 'typebox';

/**
 * One route of the API as data. From it come validation, the OpenAPI page, the handler's types and the client's:
 * there is no generated code. Define one with `route({...})`.
 */
export interface RouteDefinition {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Full path below the origin, parameters as `:name`, e.g. `/api/cases/:case_id`. */
  readonly path: string;
  /** One English line for the API's page. */
  readonly summary: string;
  readonly description?: string;
  /** The area it is listed under. */
  readonly tag: string;
  /** `public`: no session needed. Everything else needs one; what an actor may do is the policy's business. */
  readonly access: 'public' | 'signed_in';
  readonly params?: TSchema;
  readonly query?: TSchema;
  /** A JSON schema, or `streamBody(...)` for bytes that are not read into memory. */
  readonly body?: TSchema | StreamBody;
  /** Exactly one status of success, with what it carries: a schema, `fileAnswer(...)`, or null for 204. */
  readonly response: SuccessResponse;
}

export type SuccessResponse =
  | { readonly 200: TSchema | FileAnswer }
  | { readonly 201: TSchema }
  | { readonly 202: TSchema }
  | { readonly 204: null };

/** A body that reaches the handler as a stream. */
export interface StreamBody {
  readonly kind: 'stream_body';
  readonly content_types: readonly string[];
  /** Reading more than this throws `BODY_TOO_LARGE`. */
  readonly size_bytes_max: number;
}

/** An answer that is a file: streamed, never held in memory. */
export interface FileAnswer {
  readonly kind: 'file_answer';
  readonly content_types: readonly string[];
}

/** Checks the shape of a route and keeps its exact types. */
export function route<const D extends RouteDefinition>(definition: D): D {
  return definition;
}

/** Declares a streamed request body, e.g. `streamBody(['text/csv'], CSV_BYTES_MAX)`. */
export function streamBody(content_types: readonly string[], size_bytes_max: number): StreamBody {
  return { kind: 'stream_body', content_types, size_bytes_max };
}

/** Declares a streamed answer, e.g. `fileAnswer(['text/csv'])`. */
export function fileAnswer(content_types: readonly string[]): FileAnswer {
  return { kind: 'file_answer', content_types };
}

export function isStreamBody(body: RouteDefinition['body']): body is StreamBody {
  return body !== undefined && 'kind' in body && body.kind === 'stream_body';
}

export function isFileAnswer(answer: TSchema | FileAnswer | null): answer is FileAnswer {
  return answer !== null && 'kind' in answer && answer.kind === 'file_answer';
}

/** The status and the shape of a route's success. */
export function successOf(definition: RouteDefinition): {
  readonly status: number;
  readonly answer: TSchema | FileAnswer | null;
} {
  const [entry] = Object.entries(definition.response);
  if (entry === undefined) throw new TypeError(`${definition.method} ${definition.path} declares no answer`);
  return { status: Number(entry[0]), answer: entry[1] };
}
