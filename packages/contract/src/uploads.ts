import {
  DECLARED_CLOCKS,
  HANDED_IN_BY,
  UPLOAD_FINDINGS,
  UPLOAD_STATES,
  UPLOAD_WAYS,
} from '@minhchung/domain';
import { Type } from 'typebox';
import { route } from './core/route.ts';
import { closed, Id, InstantMs, nullable, oneOf, PageQuery, page } from './core/schemas.ts';

/**
 * Footage that people hand in. Files themselves are sent by tus 1.0.0 to `/api/uploads`: from the desk with the item's
 * id, the file's name and its time in `Upload-Metadata` (`item`, `filename`, `modified`, `start`, `end`, `clock`,
 * `shown`, `truth`).
 */

const STAFF = { tag: 'uploads', access: 'signed_in' } as const;
const ItemParams = closed({ item_id: Id });
/** As typed: `22/11/2026 14:05:30`, local time of Vietnam. */
const TypedTime = Type.String({ maxLength: 40 });

export const DeclaredTimeSchema = Type.Object({
  start_ms: InstantMs,
  end_ms: nullable(InstantMs),
  resolution_ms: Type.Integer(),
  clock: oneOf(DECLARED_CLOCKS),
  statement: nullable(Type.Object({ shown_ms: InstantMs, true_ms: InstantMs })),
});

export const UploadSchema = Type.Object({
  id: Id,
  item_id: Id,
  way: oneOf(UPLOAD_WAYS),
  handed_in_by: oneOf(HANDED_IN_BY),
  file_name: Type.String(),
  size_bytes: Type.Integer(),
  received_bytes: Type.Integer(),
  sha256: nullable(Type.String()),
  state: oneOf(UPLOAD_STATES),
  declared: DeclaredTimeSchema,
  check: nullable(
    Type.Object({
      media_type: Type.String(),
      is_readable: Type.Boolean(),
      unreadable_reason: nullable(Type.String()),
      duration_ms: nullable(Type.Integer()),
      file_created_ms: nullable(InstantMs),
      findings: Type.Array(oneOf(UPLOAD_FINDINGS)),
    }),
  ),
  created_at_ms: InstantMs,
  received_at_ms: nullable(InstantMs),
  released_at_ms: nullable(InstantMs),
});

export const listUploads = route({
  ...STAFF,
  method: 'GET',
  path: '/api/items/:item_id/uploads',
  summary: 'What was handed in for an item, oldest first',
  params: ItemParams,
  response: { 200: Type.Object({ uploads: Type.Array(UploadSchema) }) },
});

export const finishUploads = route({
  ...STAFF,
  method: 'POST',
  path: '/api/items/:item_id/uploads/finish',
  summary: 'Give what was handed in over to the extractor',
  params: ItemParams,
  response: { 200: Type.Object({ uploads: Type.Array(UploadSchema) }) },
});

export const declareUploadTime = route({
  ...STAFF,
  method: 'PUT',
  path: '/api/items/:item_id/uploads/:upload_id/declaration',
  summary: 'Say again when a handed-in file begins; the item runs again when it had failed',
  params: closed({ item_id: Id, upload_id: Id }),
  body: closed({
    start: TypedTime,
    end: Type.Optional(TypedTime),
    clock: oneOf(DECLARED_CLOCKS),
    shown: Type.Optional(TypedTime),
    truth: Type.Optional(TypedTime),
  }),
  response: { 200: UploadSchema },
});

export const createUploadLink = route({
  ...STAFF,
  method: 'POST',
  path: '/api/items/:item_id/upload-links',
  summary: 'Make a link by which the owner hands in footage for this item, once; an earlier one ends',
  description: 'Mailed where the owner has an address, else left to be carried.',
  params: ItemParams,
  body: closed({ by_hand: Type.Optional(Type.Boolean()) }),
  response: {
    201: Type.Object({ id: Id, is_mailed: Type.Boolean(), expires_at_ms: InstantMs }),
  },
});

export const listUploadLinks = route({
  ...STAFF,
  method: 'GET',
  path: '/api/upload-links',
  summary: 'Links that wait to be carried to owners, oldest first; the links themselves are not shown',
  query: closed(PageQuery),
  response: {
    200: page(
      Type.Object({
        id: Id,
        item_id: Id,
        owner_name: Type.String(),
        owner_phone: nullable(Type.String()),
        created_at_ms: InstantMs,
        expires_at_ms: InstantMs,
        reason: nullable(Type.String()),
      }),
    ),
  },
});

export const handOverUploadLink = route({
  ...STAFF,
  method: 'POST',
  path: '/api/upload-links/:link_id/hand-over',
  summary: 'Show a link to whoever carries it, once',
  params: closed({ link_id: Id }),
  response: { 200: Type.Object({ url: Type.String() }) },
});
