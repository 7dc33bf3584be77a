import { resolve } from 'node:path';
import { CodedError } from '@minhchung/domain';
import { checkOptions, type SettingsProblem } from './check.ts';
import type { Settings } from './schema.ts';
import { environmentSources, merge, type OptionTree, readSource } from './source.ts';

/** The commented defaults that ship with the product. */
export const DEFAULT_SETTINGS_FILE = resolve(import.meta.dirname, '../../../config/default.yaml');

/** `SETTINGS_INVALID` with every problem. */
export class SettingsError extends CodedError {
  readonly problems: readonly SettingsProblem[];

  constructor(problems: readonly SettingsProblem[]) {
    const list = (language: 'vi' | 'en') =>
      problems.map((one) => `  ${one.source}: ${one.option} ${one.message[language]}`).join('\n');
    super('SETTINGS_INVALID', { count: problems.length, list_vi: list('vi'), list_en: list('en') });
    this.problems = problems;
  }
}

/**
 * The settings: the defaults, then `files` in order, then the environment, the last one winning. Checked as a
 * whole, with paths made absolute (`data_dir` below the working directory, all others below `data_dir`), and
 * deeply frozen. Throws `SETTINGS_FILE_UNREADABLE` and `SettingsError`.
 */
export function loadSettings(
  from: {
    readonly files?: readonly string[];
    readonly env?: Readonly<Record<string, string | undefined>>;
  } = {},
): Settings {
  const sources = [
    ...[DEFAULT_SETTINGS_FILE, ...(from.files ?? [])].map(readSource),
    ...environmentSources(from.env ?? {}),
  ];
  const merged = sources.reduce<OptionTree>((below, source) => merge(below, source.options), {});
  const problems = checkOptions(merged, sources);
  if (problems.length > 0) throw new SettingsError(problems);
  return deepFreeze(withAbsolutePaths(merged as unknown as Settings));
}

function withAbsolutePaths(settings: Settings): Settings {
  const data_dir = resolve(settings.data_dir);
  const below = <P extends string | null>(path: P) => (path === null ? path : resolve(data_dir, path)) as P;
  const { store, archive, keys, mail, registry, extraction, intake } = settings;
  return {
    ...settings,
    data_dir,
    store: {
      ...store,
      path: below(store.path),
      connection_string_file: below(store.connection_string_file),
    },
    archive: {
      ...archive,
      root: below(archive.root),
      s3: {
        ...archive.s3,
        access_key_id_file: below(archive.s3.access_key_id_file),
        secret_access_key_file: below(archive.s3.secret_access_key_file),
      },
    },
    registry: { ...registry, recording_roots: registry.recording_roots.map((root) => resolve(root)) },
    keys: { dir: below(keys.dir) },
    intake: { ...intake, dir: below(intake.dir) },
    mail: { ...mail, password_file: below(mail.password_file), ca_file: below(mail.ca_file) },
    extraction: { ...extraction, work_dir: below(extraction.work_dir) },
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}
