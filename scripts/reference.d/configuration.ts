import { code, page, table } from './markdown.ts';

/** One option as `config/default.yaml` explains it. */
export interface ExplainedOption {
  /** Dotted path, e.g. `api.port`. */
  readonly option: string;
  readonly default_text: string;
  readonly meaning: string;
}

const KEY = /^(?<indent> *)(?<key>[a-z0-9_]+):(?: (?<value>.*))?$/;

/**
 * Reads options, defaults and the comments above them from the commented defaults. Understands the plain form that
 * file is written in: two spaces a level, one option a line. A comment may stand for two options, as
 * `ffmpeg_path` and `ffprobe_path`: one without a comment of its own shares the one before when their names have a
 * word in common.
 */
export function explainedOptions(yaml: string): ExplainedOption[] {
  const options: ExplainedOption[] = [];
  const groups: string[] = [];
  let comment: string[] = [];
  let meaning = '';
  for (const line of yaml.split('\n')) {
    const text = line.trim();
    if (text.startsWith('#')) {
      comment.push(text.replace(/^# ?/, ''));
      continue;
    }
    const match = KEY.exec(line)?.groups;
    if (match === undefined) {
      comment = [];
      continue;
    }
    const level = match.indent!.length / 2;
    groups.length = level;
    if (comment.length > 0) meaning = comment.join(' ');
    else if (!shareAWord(match.key!, options.at(-1)?.option.split('.').at(-1))) meaning = '';
    comment = [];
    if (match.value === undefined) {
      groups.push(match.key!);
      meaning = '';
    } else {
      options.push({
        option: [...groups, match.key!].join('.'),
        default_text: match.value.replace(/^(['"])(.*)\1$/, '$2'),
        meaning,
      });
    }
  }
  return options;
}

function shareAWord(name: string, before = ''): boolean {
  const words = before.split('_');
  return name.split('_').some((word) => words.includes(word));
}

/** The environment variable of an option. */
export function environmentName(option: string): string {
  return `MINHCHUNG_${option.toUpperCase().replaceAll('.', '__')}`;
}

/** `docs/ref/configuration.md`: every option in the order of the defaults. */
export function renderConfiguration(options: readonly ExplainedOption[]): string {
  return page(
    'Configuration',
    'config/default.yaml',
    `Order: the defaults, then the site file given with \`--config FILE\`, then the environment; the last one wins.
Unknown options are refused with the nearest right name, wrong values with what is allowed, all at once. Relative paths
lie below \`data_dir\`, \`data_dir\` itself below the working directory. Options ending in \`_file\` name a file that
holds a secret; it must be readable by the service's user only. The environment variable of an option is \`MINHCHUNG_\`
with sections and key in capitals, joined by two underscores; its value is read as YAML.`,
    table(
      ['option', 'default', 'meaning, unit, limits', 'environment'],
      options.map(({ option, default_text, meaning }) => [
        code(option),
        code(default_text),
        meaning,
        code(environmentName(option)),
      ]),
    ),
  );
}
