import { type Bilingual, fieldProblems, nearestName, parseCidr, type SchemaMistake } from '@minhchung/domain';
import { Compile } from 'typebox/compile';
import { Settings as TypeBoxSettings } from 'typebox/system';
import { PROBLEMS_MAX } from './limits.ts';
import { type Settings, SettingsSchema } from './schema.ts';
import { isTree, type OptionTree, type Source } from './source.ts';

/** One thing wrong in the settings: where it was written, which option, and what is allowed. */
export interface SettingsProblem {
  /** File or environment variable. */
  readonly source: string;
  /** Dotted path, e.g. `api.port`. */
  readonly option: string;
  readonly message: Bilingual;
}

TypeBoxSettings.Set({ maxErrors: PROBLEMS_MAX });
const schema = Compile(SettingsSchema);

/**
 * What is wrong with the merged options. Each mistake is laid to the last source that wrote the option; an
 * unknown one is answered with the nearest right name.
 */
export function checkOptions(merged: OptionTree, sources: readonly Source[]): SettingsProblem[] {
  const problems = fieldProblems(schema.Errors(merged) as SchemaMistake[]).map((problem) => ({
    source: writerOf(problem.path, sources),
    option: problem.path,
    message: isKnown(problem.path) ? withValue(problem.message, merged, problem.path) : unknown(problem.path),
  }));
  return problems.length > 0 ? problems : demands(merged as unknown as Settings, sources);
}

/** What one option demands of another. */
function demands(settings: Settings, sources: readonly Source[]): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  const need = (option: string, missing: boolean, because: string) => {
    if (!missing) return;
    problems.push({
      source: writerOf(because, sources),
      option,
      message: { vi: `bắt buộc khi có ${because} như vậy`, en: `is required with this ${because}` },
    });
  };
  const { store, archive, mail } = settings;
  need(
    'store.connection_string_file',
    store.engine === 'postgres' && store.connection_string_file === null,
    'store.engine',
  );
  if (archive.kind === 's3') {
    for (const name of ['endpoint', 'bucket', 'access_key_id_file', 'secret_access_key_file'] as const) {
      need(`archive.s3.${name}`, archive.s3[name] === null, 'archive.kind');
    }
  }
  need('mail.from', mail.host !== null && mail.from === null, 'mail.host');
  need('mail.password_file', mail.username !== null && mail.password_file === null, 'mail.username');
  for (const [i, text] of settings.devices.allowed_networks.entries()) {
    if (parseCidr(text) !== null) continue;
    problems.push({
      source: writerOf('devices.allowed_networks', sources),
      option: `devices.allowed_networks.${i}`,
      message: {
        vi: `"${text}" không phải là dải địa chỉ, ví dụ 192.168.10.0/24`,
        en: `"${text}" is no block of addresses, for example 192.168.10.0/24`,
      },
    });
  }
  return problems;
}

function writerOf(path: string, sources: readonly Source[]): string {
  const writer = sources.findLast((source) => at(source.options, path) !== undefined);
  return writer?.name ?? sources[0]?.name ?? '';
}

function withValue(message: Bilingual, merged: OptionTree, path: string): Bilingual {
  const value = at(merged, path);
  if (value === undefined || isTree(value)) return message;
  const shown = JSON.stringify(value).slice(0, 100);
  return { vi: `${shown}: ${message.vi}`, en: `${shown}: ${message.en}` };
}

function unknown(path: string): Bilingual {
  const parts = path.split('.');
  const name = parts.at(-1) ?? path;
  const siblings = Object.keys(propertiesAt(parts.slice(0, -1)) ?? {});
  const nearest = nearestName(name, siblings);
  const elsewhere = nearest === null ? allOptions().find((option) => option.endsWith(`.${name}`)) : undefined;
  const meant = nearest === null ? elsewhere : [...parts.slice(0, -1), nearest].join('.');
  if (meant === undefined) {
    const list = siblings.join(', ');
    return { vi: `không có mục này; có: ${list}`, en: `is not an option; there are: ${list}` };
  }
  return { vi: `không có mục này; có phải ${meant}?`, en: `is not an option; did you mean ${meant}?` };
}

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
}

function propertiesAt(parts: readonly string[]): Readonly<Record<string, Node>> | undefined {
  return parts.reduce<Node | undefined>((node, part) => node?.properties?.[part], SettingsSchema as Node)
    ?.properties;
}

function isKnown(path: string): boolean {
  const parts = path.split('.').filter((part) => !/^\d+$/.test(part));
  return parts.at(-1) === '' || propertiesAt(parts.slice(0, -1))?.[parts.at(-1) ?? ''] !== undefined;
}

/** Dotted paths of every option there is. */
export function allOptions(node: Node = SettingsSchema as Node, above = ''): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, below]) => {
    const path = above === '' ? name : `${above}.${name}`;
    return below.properties === undefined ? [path] : allOptions(below, path);
  });
}

/** The value of a dotted path in a tree. */
export function at(tree: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null ? (value as OptionTree)[part] : undefined,
      tree,
    );
}
