import type { Json } from './canonical-json.ts';

/** One way in which a value does not fit its schema: where (JSON Pointer, RFC 6901) and what. */
export interface SchemaViolation {
  readonly pointer: string;
  readonly message: string;
}

/** The part of JSON Schema 2020-12 that the published schemas use; a test keeps them within it. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: Json;
  readonly enum?: readonly Json[];
  readonly anyOf?: readonly Schema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly maxProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
}

/** More violations than anybody reads; a hostile manifest must not make an endless report. */
const VIOLATIONS_MAX = 100;

/** Everything in `value` that `schema` does not allow, up to 100 violations; empty when it fits. */
export function checkAgainstSchema(value: Json, schema: Schema): SchemaViolation[] {
  const violations: SchemaViolation[] = [];
  new Checker(schema, violations).check(value, schema, '');
  return violations.slice(0, VIOLATIONS_MAX);
}

class Checker {
  private readonly root: Schema;
  private readonly violations: SchemaViolation[];

  constructor(root: Schema, violations: SchemaViolation[]) {
    this.root = root;
    this.violations = violations;
  }

  check(value: Json, schema: Schema, pointer: string): void {
    if (this.violations.length >= VIOLATIONS_MAX) return;
    if (schema.$ref !== undefined) this.check(value, this.resolve(schema.$ref), pointer);
    if (schema.anyOf !== undefined) this.checkAnyOf(value, schema.anyOf, pointer);
    if (schema.const !== undefined && value !== schema.const) {
      this.report(pointer, `must be ${JSON.stringify(schema.const)}`);
    }
    if (schema.enum !== undefined && !schema.enum.includes(value)) {
      this.report(pointer, `must be one of ${schema.enum.join(', ')}`);
    }
    if (schema.type !== undefined && ![schema.type].flat().some((type) => hasType(value, type))) {
      this.report(pointer, `must be ${[schema.type].flat().join(' or ')}`);
      return;
    }
    if (typeof value === 'number') this.checkNumber(value, schema, pointer);
    else if (typeof value === 'string') this.checkString(value, schema, pointer);
    else if (Array.isArray(value)) this.checkList(value, schema, pointer);
    else if (value !== null && typeof value === 'object') {
      this.checkObject(value as Readonly<Record<string, Json>>, schema, pointer);
    }
  }

  private checkAnyOf(value: Json, choices: readonly Schema[], pointer: string): void {
    const attempts = choices.map((choice) => {
      const found: SchemaViolation[] = [];
      new Checker(this.root, found).check(value, choice, pointer);
      return found;
    });
    if (attempts.some((found) => found.length === 0)) return;
    // What the last choice (the one that is not null) complains of is what a person can mend.
    this.violations.push(...(attempts.at(-1) ?? []));
  }

  private checkNumber(value: number, schema: Schema, pointer: string): void {
    if (schema.minimum !== undefined && value < schema.minimum) {
      this.report(pointer, `must be at least ${schema.minimum}`);
    }
    if (schema.maximum !== undefined && value > schema.maximum) {
      this.report(pointer, `must be at most ${schema.maximum}`);
    }
  }

  private checkString(value: string, schema: Schema, pointer: string): void {
    // JSON Schema counts characters (code points), not UTF-16 code units.
    const length = Array.from(value).length;
    if (schema.minLength !== undefined && length < schema.minLength) {
      this.report(pointer, `must have at least ${schema.minLength} characters`);
    }
    if (schema.maxLength !== undefined && length > schema.maxLength) {
      this.report(pointer, `must have at most ${schema.maxLength} characters`);
      return;
    }
    if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) {
      this.report(pointer, `must match ${schema.pattern}`);
    }
  }

  private checkList(value: readonly Json[], schema: Schema, pointer: string): void {
    if (schema.minItems !== undefined && value.length < schema.minItems) {
      this.report(pointer, `must have at least ${schema.minItems} elements`);
    }
    if (schema.maxItems !== undefined && value.length > schema.maxItems) {
      this.report(pointer, `must have at most ${schema.maxItems} elements`);
      return;
    }
    const { items } = schema;
    if (items === undefined) return;
    value.forEach((element, index) => {
      this.check(element, items, `${pointer}/${index}`);
    });
  }

  private checkObject(value: Readonly<Record<string, Json>>, schema: Schema, pointer: string): void {
    const keys = Object.keys(value);
    if (schema.maxProperties !== undefined && keys.length > schema.maxProperties) {
      this.report(pointer, `must have at most ${schema.maxProperties} members`);
      return;
    }
    for (const name of schema.required ?? []) {
      if (!Object.hasOwn(value, name)) this.report(`${pointer}/${name}`, 'is missing');
    }
    for (const key of keys) this.checkMember(key, value[key] as Json, schema, `${pointer}/${escapeKey(key)}`);
  }

  private checkMember(key: string, value: Json, schema: Schema, pointer: string): void {
    if (schema.propertyNames !== undefined) this.check(key, schema.propertyNames, pointer);
    const own =
      schema.properties && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
    const allowed = own ?? schema.additionalProperties;
    if (allowed === false) this.report(pointer, 'is not a known member');
    else if (typeof allowed === 'object') this.check(value, allowed, pointer);
  }

  private resolve(ref: string): Schema {
    const target = this.root.$defs?.[ref.replace('#/$defs/', '')];
    if (target === undefined) throw new Error(`the schema refers to ${ref}, which it does not define`);
    return target;
  }

  private report(pointer: string, message: string): void {
    this.violations.push({ pointer, message });
  }
}

function hasType(value: Json, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'integer':
      return Number.isSafeInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      // The remaining types (boolean, number, string) have the names JavaScript gives them.
      return typeof value === type;
  }
}

/** JSON Pointer escaping (RFC 6901, 3). */
function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
