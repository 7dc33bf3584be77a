import { describe, expect, it } from 'vitest';
import type { Json } from './canonical-json.ts';
import { MANIFEST_SCHEMA } from './manifest-codec.ts';
import { checkAgainstSchema, type Schema } from './schema-check.ts';

/** Keywords the checker applies, or that say nothing about a value. */
const KNOWN_KEYWORDS = new Set([
  ...['type', 'const', 'enum', 'anyOf', '$ref', 'properties', 'required', 'additionalProperties'],
  ...['propertyNames', 'maxProperties', 'items', 'minItems', 'maxItems', 'minimum', 'maximum'],
  ...['minLength', 'maxLength', 'pattern', '$schema', '$id', '$defs', 'title', 'description'],
]);

function subschemas(schema: Schema): Schema[] {
  const { additionalProperties, propertyNames, items } = schema;
  const children = [
    ...Object.values(schema.properties ?? {}),
    ...Object.values(schema.$defs ?? {}),
    ...(schema.anyOf ?? []),
    ...[additionalProperties, propertyNames, items].filter((child) => typeof child === 'object'),
  ];
  return [schema, ...children.flatMap(subschemas)];
}

function violations(schema: Schema, value: Json): string[] {
  return checkAgainstSchema(value, schema).map(({ pointer, message }) => `${pointer} ${message}`);
}

describe('the published schema of the manifest', () => {
  it('uses no keyword that the checker would pass over', () => {
    const used = subschemas(MANIFEST_SCHEMA).flatMap((schema) => Object.keys(schema));
    expect(used.filter((keyword) => !KNOWN_KEYWORDS.has(keyword))).toEqual([]);
  });

  it('allows no member that it does not name, and requires every one that packages always had', () => {
    const optional = new Set([
      ...['display_clock', 'authority', 'natives', 'audio_files', 'metadata_files'],
      ...['audio_tracks', 'audio_packets_left_out', 'has_sound', 'times_from', 'short_breaks', 'withheld'],
    ]);
    for (const schema of subschemas(MANIFEST_SCHEMA)) {
      if (schema.properties === undefined) continue;
      expect(schema.additionalProperties).toBe(false);
      expect([...(schema.required ?? [])].sort()).toEqual(
        Object.keys(schema.properties)
          .filter((name) => !optional.has(name))
          .sort(),
      );
    }
  });

  it('limits every text, list and number', () => {
    for (const schema of subschemas(MANIFEST_SCHEMA)) {
      if (schema.type === 'string') expect(schema.maxLength ?? schema.pattern).toBeDefined();
      if (schema.type === 'array') expect(schema.maxItems).toBeDefined();
      if (schema.type === 'integer' || schema.type === 'number') expect(schema.maximum).toBeDefined();
    }
  });
});

describe('checking a value against a schema', () => {
  it('names the place and the fault', () => {
    const schema = { type: 'object', properties: { list: { items: { type: 'integer', minimum: 0 } } } };
    expect(violations(schema, { list: [0, -1, 1.5] })).toEqual([
      '/list/1 must be at least 0',
      '/list/2 must be integer',
    ]);
  });

  it('finds members that are missing or unknown', () => {
    const schema = { type: 'object', required: ['a'], properties: { a: {} }, additionalProperties: false };
    expect(violations(schema, { 'b/~': 1 })).toEqual(['/a is missing', '/b~1~0 is not a known member']);
  });

  it('does not mistake inherited names for members', () => {
    const schema = { type: 'object', required: ['constructor'], properties: {}, additionalProperties: false };
    expect(violations(schema, {})).toEqual(['/constructor is missing']);
    expect(violations(schema, { constructor: 1 })).toEqual(['/constructor is not a known member']);
  });

  it('follows references and takes any one of several choices', () => {
    const schema = {
      anyOf: [{ type: 'null' }, { $ref: '#/$defs/id' }],
      $defs: { id: { pattern: '^[a-z]+$' } },
    };
    expect(violations(schema, null)).toEqual([]);
    expect(violations(schema, 'ab')).toEqual([]);
    expect(violations(schema, 'A')).toEqual([' must match ^[a-z]+$']);
  });

  it('counts characters, not UTF-16 code units', () => {
    expect(violations({ maxLength: 1 }, '😀')).toEqual([]);
    expect(violations({ maxLength: 1 }, 'ab')).toEqual([' must have at most 1 characters']);
  });

  it('limits lists and open objects', () => {
    expect(violations({ maxItems: 1 }, [1, 2])).toEqual([' must have at most 1 elements']);
    expect(violations({ minItems: 1 }, [])).toEqual([' must have at least 1 elements']);
    expect(violations({ maxProperties: 0 }, { a: 1 })).toEqual([' must have at most 0 members']);
    expect(violations({ propertyNames: { pattern: '^a' } }, { b: 1 })).toEqual(['/b must match ^a']);
  });

  it('stops after a hundred faults', () => {
    expect(violations({ items: { type: 'null' } }, new Array(5000).fill(1))).toHaveLength(100);
  });
});
