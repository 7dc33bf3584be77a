import { createHash } from 'node:crypto';

const VERSION_CHARS = 32;

/**
 * What a record is, in one word: equal for equal records, whoever wrote them (a person, an import, an owner). So a
 * change can name what it was made from without every writer having to count.
 */
export function versionOf(record: object): string {
  return createHash('sha256').update(JSON.stringify(record, inOrder)).digest('hex').slice(0, VERSION_CHARS);
}

/** A record as its routes show it. */
export function versioned<T extends object>(record: T): T & { readonly version: string } {
  return { ...record, version: versionOf(record) };
}

/** Keys in order, so that the order in which a record was put together does not count. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
