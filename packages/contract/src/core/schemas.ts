import { LIMITS } from '@minhchung/domain';
import { Type } from 'typebox';
import { PAGE_ITEMS_DEFAULT, PAGE_ITEMS_MAX, TEXT_SHORT_CHARS_MAX } from '../limits.ts';

/**
 * The pieces every area builds its schemas from. Plain JSON Schema: the same object validates requests,
 * shapes answers, documents the API and types the client.
 */

/** An object that refuses fields it does not know. Use it for everything a client sends. */
export function closed<const P extends Type.TProperties>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}

/** A value that may be null. */
export function nullable<const T extends Type.TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

/** One of a fixed list of words, e.g. a `const` array of the domain's vocabulary. */
export function oneOf<const W extends readonly string[]>(words: W) {
  return Type.Unsafe<W[number]>({ type: 'string', enum: [...words] });
}

/** Identifier of a stored thing: opaque text, ordered by time of creation. */
export const Id = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' });

/** A code given by people (unit, camera, recorder, network), as the domain's `isCode` has it. */
export const Code = Type.String({
  minLength: 1,
  maxLength: LIMITS.code_max_chars,
  pattern: '^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$',
});

/** An instant: integer milliseconds since 1970-01-01T00:00:00Z, true time. */
export const InstantMs = Type.Integer({ minimum: 0, maximum: 253_402_300_799_999 });

/** One line of text by people. */
export const ShortText = Type.String({ minLength: 1, maxLength: TEXT_SHORT_CHARS_MAX });

/** `[start_ms, end_ms)` of true time. Order and length are rules of the domain, not of the shape. */
export const SpanSchema = closed({ start_ms: InstantMs, end_ms: InstantMs });

/** WGS 84 degrees. */
export const PositionSchema = closed({
  latitude_deg: Type.Number({ minimum: -90, maximum: 90 }),
  longitude_deg: Type.Number({ minimum: -180, maximum: 180 }),
});

/** A text in both languages, Vietnamese first. */
export const BilingualSchema = Type.Object({ vi: Type.String(), en: Type.String() });

/** Query of every list: how many, and after which item (`next_cursor` of the page before). */
export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_ITEMS_MAX, default: PAGE_ITEMS_DEFAULT })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
};

/** One page of a list. `next_cursor` is null on the last page. */
export function page<const T extends Type.TSchema>(item: T) {
  return Type.Object({ items: Type.Array(item), next_cursor: nullable(Type.String()) });
}

/** What is wrong with one field of what was sent: where, and why. */
export const ProblemSchema = Type.Object({ path: Type.String(), message: BilingualSchema });

/** The body of every error answer. */
export const ErrorBody = Type.Object({
  code: Type.String(),
  message: BilingualSchema,
  details: Type.Record(
    Type.String(),
    Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
  ),
  problems: Type.Optional(Type.Array(ProblemSchema)),
  /** Of `EDIT_CONFLICT`: the record as it is now, as its own route shows it. */
  current: Type.Optional(Type.Unknown()),
  request_id: Type.String(),
});
export type ErrorBody = Type.Static<typeof ErrorBody>;
export type Problem = Type.Static<typeof ProblemSchema>;
