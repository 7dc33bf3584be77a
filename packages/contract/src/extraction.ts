import { LIMITS } from '@minhchung/domain';
import { Type } from 'typebox';
import { fileAnswer, route } from './core/route.ts';
import {
  BilingualSchema,
  closed,
  Id,
  InstantMs,
  nullable,
  PageQuery,
  page,
  SpanSchema,
} from './core/schemas.ts';

/** Items under way, and the packages of evidence they end in. */

/** What the worker on an item last reported. */
export const ProgressSchema = Type.Object({
  phase: Type.String(),
  bytes: Type.Integer(),
  media_ms: Type.Integer(),
});

export const ItemReasonSchema = Type.Object({ code: Type.String(), text: BilingualSchema });

/** What was delivered for an item. */
export const ClipSchema = Type.Object({
  id: Id,
  size_bytes: Type.Integer(),
  manifest_sha256: Type.String(),
  /** True time, as far as the clock's offset allows. */
  found: Type.Array(SpanSchema),
  gaps: Type.Array(SpanSchema),
  archived_at_ms: InstantMs,
});

export const ItemSchema = Type.Object({
  id: Id,
  request_id: Id,
  request_number: Type.String(),
  camera_id: Id,
  camera_code: Type.String(),
  camera_name: Type.String(),
  wanted: SpanSchema,
  state: Type.String(),
  reason: nullable(ItemReasonSchema),
  attempts: Type.Integer(),
  overwrite_at_ms: nullable(InstantMs),
  not_before_ms: nullable(InstantMs),
  progress: nullable(ProgressSchema),
  delivered_at_ms: nullable(InstantMs),
  clip: nullable(ClipSchema),
});

const ItemParams = closed({ item_id: Id });

export const readItem = route({
  method: 'GET',
  path: '/api/items/:item_id',
  tag: 'extraction',
  access: 'signed_in',
  summary: 'One item: state, reason, progress, and its clip once delivered',
  params: ItemParams,
  response: { 200: ItemSchema },
});

export const retryItem = route({
  method: 'POST',
  path: '/api/items/:item_id/retry',
  tag: 'extraction',
  access: 'signed_in',
  summary: 'Queue a failed item again, with new attempts, once its cause is mended',
  params: ItemParams,
  response: { 200: ItemSchema },
});

/** An item that stopped and waits for a person. */
export const StuckItemSchema = Type.Object({
  id: Id,
  request_id: Id,
  request_number: Type.String(),
  unit_id: Id,
  camera_code: Type.String(),
  camera_name: Type.String(),
  wanted: SpanSchema,
  reason: nullable(ItemReasonSchema),
  /** What to do about it. */
  next_step: BilingualSchema,
  attempts: Type.Integer(),
  since_ms: InstantMs,
  overwrite_at_ms: nullable(InstantMs),
});

export const listStuckItems = route({
  method: 'GET',
  path: '/api/items/stuck',
  tag: 'extraction',
  access: 'signed_in',
  summary: 'Items that stopped and wait for a person, newest first, each with what to do next',
  query: closed(PageQuery),
  response: { 200: page(StuckItemSchema) },
});

export const giveUpItem = route({
  method: 'POST',
  path: '/api/items/:item_id/give-up',
  tag: 'extraction',
  access: 'signed_in',
  summary: 'End an item that stopped, or waits for its source, as not obtained; it is counted as such',
  params: ItemParams,
  body: closed({ reason: Type.String({ maxLength: LIMITS.line_max_chars }) }),
  response: { 200: ItemSchema },
});

/** A file of a package, as the signed manifest names it. */
export const PackageFileSchema = Type.Object({
  name: Type.String(),
  size_bytes: Type.Integer(),
});

export const listPackageFiles = route({
  method: 'GET',
  path: '/api/items/:item_id/package',
  tag: 'extraction',
  access: 'signed_in',
  summary: 'The files of an item’s evidence package',
  params: ItemParams,
  response: { 200: Type.Object({ files: Type.Array(PackageFileSchema) }) },
});

export const downloadPackageFile = route({
  method: 'GET',
  path: '/api/items/:item_id/package/:file_name',
  tag: 'extraction',
  access: 'signed_in',
  summary: 'One file of a package',
  description:
    'The look is recorded before the first byte leaves. Bytes are hashed again on the way out: when they no ' +
    'longer match what was signed, the download breaks off and the fault is recorded.',
  params: closed({
    item_id: Id,
    // A file as it was handed in lies in a folder: `native%2Fclip.avi`.
    file_name: Type.String({
      ...{ minLength: 1, maxLength: 201 },
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?$',
    }),
  }),
  response: {
    200: fileAnswer([
      'application/octet-stream',
      'video/mp4',
      'image/jpeg',
      'application/json',
      'text/plain',
    ]),
  },
});
