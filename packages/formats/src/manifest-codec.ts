import { encodeCanonicalJson, type Json, parseCanonicalJson } from './canonical-json.ts';
import { FormatError } from './format-error.ts';
import { MANIFEST_BYTES_MAX } from './limits.ts';
import type { Manifest } from './manifest.ts';
import manifestSchemaFile from './minhchung-manifest-1.schema.json' with { type: 'json' };
import { checkAgainstSchema, type Schema, type SchemaViolation } from './schema-check.ts';

/** The published JSON Schema of `minhchung-manifest/1`. */
export const MANIFEST_SCHEMA: Schema = manifestSchemaFile;

/** Everything in a value that the published schema does not allow; empty when it is a manifest by form. */
export function checkManifestForm(value: Json): SchemaViolation[] {
  return checkAgainstSchema(value, MANIFEST_SCHEMA);
}

/** Canonical bytes of a manifest. Throws `FormatError` naming the first place that does not fit the schema. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  const value = manifest as unknown as Json;
  const bytes = encodeCanonicalJson(value);
  assertForm(value);
  if (bytes.length > MANIFEST_BYTES_MAX) throw new FormatError(`longer than ${MANIFEST_BYTES_MAX} bytes`);
  return bytes;
}

/** Reads canonical bytes that fit the schema and nothing else. Throws `FormatError`. */
export function parseManifest(bytes: Uint8Array): Manifest {
  const value = parseCanonicalJson(bytes, MANIFEST_BYTES_MAX);
  assertForm(value);
  return value as unknown as Manifest;
}

function assertForm(value: Json): void {
  const [first] = checkManifestForm(value);
  if (first !== undefined) throw new FormatError(`${first.pointer || '/'} ${first.message}`);
}
