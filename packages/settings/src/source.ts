import { readFileSync, statSync } from 'node:fs';
import { CodedError } from '@minhchung/domain';
import { parse } from 'yaml';
import { SETTINGS_FILE_BYTES_MAX } from './limits.ts';

/** A tree of options as one source gives it. */
export interface OptionTree {
  [name: string]: unknown;
}

/** One place options come from, by the name a person knows it by. */
export interface Source {
  /** File name, or the environment variable. */
  readonly name: string;
  readonly options: OptionTree;
}

const ENVIRONMENT_PREFIX = 'MINHCHUNG_';

/** Reads one YAML file. Throws `SETTINGS_FILE_UNREADABLE`. */
export function readSource(file: string): Source {
  try {
    if (statSync(file).size > SETTINGS_FILE_BYTES_MAX) throw new Error(`> ${SETTINGS_FILE_BYTES_MAX} bytes`);
    const parsed: unknown = parse(readFileSync(file, 'utf8'), { maxAliasCount: 0, prettyErrors: true });
    const options = parsed ?? {};
    if (!isTree(options)) throw new Error('not a list of `name: value`');
    return { name: file, options };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CodedError('SETTINGS_FILE_UNREADABLE', { file, reason }, { cause: error });
  }
}

/**
 * Options from the environment, one source per variable: `MINHCHUNG_API__PORT=8443` is `api.port`. Values are
 * YAML, so that numbers, `true`, `null` and `[a, b]` mean what they mean in a file.
 */
export function environmentSources(env: Readonly<Record<string, string | undefined>>): Source[] {
  return Object.entries(env)
    .filter(([name, value]) => name.startsWith(ENVIRONMENT_PREFIX) && value !== undefined)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, text = '']) => {
      const path = name.slice(ENVIRONMENT_PREFIX.length).toLowerCase().split('__');
      const options = path.reduceRight<unknown>((value, part) => ({ [part]: value }), parseValue(text));
      return { name, options: options as OptionTree };
    });
}

function parseValue(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch {
    return text;
  }
}

/** Puts `over` on top of `base`: groups are merged, everything else is replaced. */
export function merge(base: OptionTree, over: OptionTree): OptionTree {
  const merged: OptionTree = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const below = merged[name];
    merged[name] = isTree(value) && isTree(below) ? merge(below, value) : value;
  }
  return merged;
}

export function isTree(value: unknown): value is OptionTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
