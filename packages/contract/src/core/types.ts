import type { Static, TSchema } from 'typebox';
import type { FileAnswer, RouteDefinition, StreamBody } from './route.ts';

/** Types that follow from a route: what its handler gets and gives, what its caller gives and gets. */

/** Plain data that nobody may change, so that the domain's readonly shapes fit without copying. */
export type DeepReadonly<T> = T extends readonly (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

type DataOf<S> = S extends TSchema ? DeepReadonly<Static<S>> : undefined;

export type ParamsOf<D extends RouteDefinition> = DataOf<D['params']>;
export type QueryOf<D extends RouteDefinition> = DataOf<D['query']>;

/** Bytes as they arrive or leave. */
export type ByteStream = AsyncIterable<Uint8Array>;

/** What a handler gets as the body: data, or bytes as they arrive. */
export type BodyOf<D extends RouteDefinition> = D['body'] extends StreamBody ? ByteStream : DataOf<D['body']>;

/** What a caller may send as a streamed body. */
export type StreamSource = ByteStream | Uint8Array | string;

type Success<D extends RouteDefinition> = D['response'][keyof D['response']];

/** What a handler answers with. */
export type AnswerOf<D extends RouteDefinition> =
  Success<D> extends FileAnswer ? OutgoingFile : Success<D> extends null ? undefined : DataOf<Success<D>>;

/** What a caller gets. */
export type ResultOf<D extends RouteDefinition> =
  Success<D> extends FileAnswer ? IncomingFile : Success<D> extends null ? undefined : DataOf<Success<D>>;

/** A file a handler answers with. */
export interface OutgoingFile {
  readonly content_type: string;
  /** Name offered for saving; null: shown in place. */
  readonly file_name: string | null;
  /** Null: not known before the end. */
  readonly size_bytes: number | null;
  readonly body: ByteStream;
}

/** A file a caller got. Read `body` once, or `text()` for small ones. */
export interface IncomingFile {
  readonly content_type: string;
  readonly file_name: string | null;
  readonly size_bytes: number | null;
  readonly body: ReadableStream<Uint8Array>;
  text(): Promise<string>;
}

type Part<Name extends string, T> = T extends undefined
  ? { readonly [N in Name]?: undefined }
  : Record<never, never> extends T
    ? { readonly [N in Name]?: T }
    : { readonly [N in Name]: T };

/** What a caller hands over: only what the route asks for, and a signal. */
export type CallInput<D extends RouteDefinition> = Part<'params', ParamsOf<D>> &
  Part<'query', QueryOf<D>> &
  Part<'body', D['body'] extends StreamBody ? StreamSource : DataOf<D['body']>> & {
    readonly signal?: AbortSignal;
    /** Content type of a streamed body, where the route allows several. */
    readonly content_type?: string;
  };
