import { code, page, table } from './markdown.ts';

/** The part of JSON Schema that the manifest's schema uses. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly SchemaNode[];
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}
export interface ManifestSchema extends SchemaNode {
  readonly $id: string;
  readonly $defs: Readonly<Record<string, SchemaNode>>;
}

/** One field as it is listed. */
export interface ManifestField {
  /** Dotted path; `[]` for each element of a list. */
  readonly path: string;
  readonly type: string;
}

/** Shapes that stand in several places; listed once, at the end. */
const SHARED = ['unit', 'person', 'position', 'readable_span', 'frame_true_time'] as const;

/** Every field below a node, in the order of the schema; shared shapes are named, not opened. */
export function fieldsOf(schema: ManifestSchema, node: SchemaNode, above = ''): ManifestField[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
    const path = above === '' ? name : `${above}.${name}`;
    const type = typeOf(schema, field);
    if (isShared(field)) return [{ path, type }];
    const { below, is_list } = opened(schema, field);
    return [{ path, type }, ...fieldsOf(schema, below, is_list ? `${path}[]` : path)];
  });
}

/** The fields of the shapes that stand in several places, as `unit.id`. */
export function sharedFields(schema: ManifestSchema): ManifestField[] {
  return SHARED.flatMap((name) => {
    const definition = schema.$defs[name] ?? {};
    return fieldsOf(schema, opened(schema, definition).below, name);
  });
}

/** `docs/ref/manifest.md`. Throws when a field has no meaning or a meaning no field. */
export function renderManifest(schema: ManifestSchema, meanings: Readonly<Record<string, string>>): string {
  const fields = fieldsOf(schema, schema);
  const shared = sharedFields(schema);
  const paths = [...fields, ...shared].map(({ path }) => path);
  const missing = paths.filter((path) => meanings[path] === undefined);
  const idle = Object.keys(meanings).filter((path) => !paths.includes(path));
  if (missing.length > 0 || idle.length > 0) {
    throw new Error(`manifest meanings: missing ${missing.join(', ')}; without a field ${idle.join(', ')}`);
  }
  const rows = (list: readonly ManifestField[]) =>
    list.map(({ path, type }) => [code(path), type, meanings[path] ?? '']);
  return page(
    'Manifest',
    'packages/formats/src/minhchung-manifest-1.schema.json and scripts/reference.d/manifest-meanings.ts',
    `Fields of \`manifest.json\`, format \`minhchung-manifest/1\` (JSON Schema \`${schema.$id}\`). Canonical JSON
(RFC 8785): one accepted form, so that a changed byte cannot mean the same. Every field is always there; what does not
apply is \`null\`. A change of meaning makes a new format number.`,
    `Times are integers since 1970-01-01T00:00:00Z, milliseconds (\`_ms\`) or microseconds (\`_us\`). *Device* times are
what the recorder's clock claimed. *True* times are UTC: true = device − offset, and because the offset is known as an
interval, so is every true time made from a device time. Spans are \`[start, end)\`.`,
    table(['field', 'type', 'meaning'], rows(fields)),
    '## Shapes used in several places',
    table(['field', 'type', 'meaning'], rows(shared)),
  );
}

function isShared(node: SchemaNode): boolean {
  return SHARED.some((name) => node.$ref === `#/$defs/${name}`);
}

/** The object whose fields are listed below a field: behind a reference, a list, or "or null". */
function opened(schema: ManifestSchema, node: SchemaNode): { below: SchemaNode; is_list: boolean } {
  const real = resolved(schema, node);
  if (real.items !== undefined) return { below: resolved(schema, real.items), is_list: true };
  const choice = real.anyOf?.find((one) => one.type !== 'null');
  return { below: choice === undefined ? real : resolved(schema, choice), is_list: false };
}

function resolved(schema: ManifestSchema, node: SchemaNode): SchemaNode {
  return node.$ref === undefined ? node : (schema.$defs[node.$ref.slice('#/$defs/'.length)] ?? {});
}

function typeOf(schema: ManifestSchema, node: SchemaNode): string {
  const shared = SHARED.find((name) => node.$ref === `#/$defs/${name}`);
  if (shared !== undefined) return shared;
  const real = resolved(schema, node);
  if (real.anyOf !== undefined) {
    return real.anyOf.map((one) => (one.type === 'null' ? 'null' : typeOf(schema, one))).join(' or ');
  }
  if (real.items !== undefined) return `list of ${typeOf(schema, real.items)}`;
  if (real.const !== undefined) return `"${real.const}"`;
  if (real.enum !== undefined) return real.enum.map((word) => `"${word}"`).join(', ');
  return [real.type ?? 'any'].flat().join(' or ');
}
