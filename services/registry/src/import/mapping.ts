import { createHash } from 'node:crypto';
import { columnLetter } from '@minhchung/tables';
import { REPORTED_VALUE_CHARS_MAX } from '../limits.ts';
import { COLUMNS, type ColumnName, columnOf } from './columns.ts';
import { comparable, meaningOf } from './headings.ts';
import { type ImportProblem, problem } from './problem.ts';

/** Which column holds which field; null: left out. Keys are column letters or headings as they stand there. */
export type WishedMapping = Readonly<Record<string, ColumnName | null>>;

/** What one column of the file is taken for, and why. */
export interface ColumnUse {
  readonly letter: string;
  /** As it stands in the file, shortened. */
  readonly heading: string;
  /** Null: left out. */
  readonly field: ColumnName | null;
  /** `unclear`: nearly one of ours, so that the file stops until somebody decides. */
  readonly by: 'heading' | 'request' | 'remembered' | 'nothing' | 'unclear';
}

export interface Mapping {
  /** For each cell of a row the field it belongs to; null: left out. */
  readonly fields: readonly (ColumnName | null)[];
  readonly uses: readonly ColumnUse[];
  /** What keeps the whole file from being imported. */
  readonly problems: readonly ImportProblem[];
  /** Columns that are none of the register and left out. */
  readonly notices: readonly ImportProblem[];
}

/** Recognises the same headings in the same order again, however they are spelt in case and diacritics. */
export function fingerprintOf(headings: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify(headings.map(comparable)))
    .digest('hex');
}

/**
 * Proposes a field for each column. What the request says counts first, then what was remembered for these
 * headings, then the headings themselves. A heading that is nearly one of ours is a mistake that would silently
 * lose a column, so it stops the file and is named; one like nothing of ours is left out, with a notice.
 */
export function mapColumns(
  headings: readonly string[],
  line: number,
  options: {
    readonly wished?: WishedMapping;
    readonly remembered?: readonly (ColumnName | null)[] | null;
  } = {},
): Mapping {
  const { wished = {}, remembered = null } = options;
  const uses = headings.map((heading, index): ColumnUse => {
    const letter = columnLetter(index);
    const shown = { letter, heading: shownHeading(heading) };
    const asked = wishFor(wished, heading, letter);
    if (asked !== undefined) return { ...shown, field: asked, by: 'request' };
    if (remembered !== null) return { ...shown, field: remembered[index] ?? null, by: 'remembered' };
    const meaning = meaningOf(heading);
    if (meaning.kind === 'field') return { ...shown, field: meaning.field, by: 'heading' };
    return { ...shown, field: null, by: meaning.kind === 'near' ? 'unclear' : 'nothing' };
  });
  return {
    fields: uses.map(({ field }) => field),
    uses,
    problems: [...unknownWishes(wished, headings, line), ...headingProblems(uses, headings, line)],
    notices: uses.flatMap((use, index) => {
      const is_left_out = use.by === 'nothing' && meaningOf(headings[index]!).kind === 'unknown';
      if (!is_left_out) return [];
      return [problem({ line, column_letter: use.letter }, 'CSV_HEADER_IGNORED', { header: use.heading })];
    }),
  };
}

function shownHeading(heading: string): string {
  return heading.replace(/\s+/g, ' ').trim().slice(0, REPORTED_VALUE_CHARS_MAX);
}

function wishFor(wished: WishedMapping, heading: string, letter: string): ColumnName | null | undefined {
  if (Object.hasOwn(wished, letter)) return wished[letter];
  const key = Object.keys(wished).find((one) => comparable(heading) !== '' && isHeading(one, heading));
  return key === undefined ? undefined : wished[key];
}

function isHeading(wish: string, heading: string): boolean {
  return comparable(wish) === comparable(heading);
}

/** A wish that meets no column would silently do nothing. */
function unknownWishes(wished: WishedMapping, headings: readonly string[], line: number): ImportProblem[] {
  const letters = headings.map((_, index) => columnLetter(index));
  return Object.keys(wished)
    .filter((key) => !letters.includes(key) && !headings.some((heading) => isHeading(key, heading)))
    .map((key) => problem({ line }, 'CSV_MAPPING_UNKNOWN', { header: shownHeading(key) }));
}

function headingProblems(
  uses: readonly ColumnUse[],
  headings: readonly string[],
  line: number,
): ImportProblem[] {
  const problems: ImportProblem[] = [];
  const seen = new Set<ColumnName>();
  for (const [index, { letter, heading, field, by }] of uses.entries()) {
    const at = { line, column_letter: letter };
    const meaning = by === 'unclear' ? meaningOf(headings[index]!) : null;
    if (meaning?.kind === 'near') {
      const nearest = columnTitle(meaning.field);
      problems.push(problem(at, 'CSV_HEADER_UNKNOWN', { header: heading, nearest }));
    }
    if (field === null) continue;
    if (seen.has(field)) problems.push(problem(at, 'CSV_HEADER_TWICE', { header: heading || letter }));
    seen.add(field);
  }
  for (const { name, required } of COLUMNS) {
    const is_in_one_cell = (name === 'latitude' || name === 'longitude') && seen.has('coordinates');
    if (!required || seen.has(name) || is_in_one_cell) continue;
    problems.push(problem({ line }, 'CSV_HEADER_MISSING', { header: columnTitle(name) }));
  }
  return problems;
}

function columnTitle(name: ColumnName): string {
  return `${columnOf(name).label_vi} / ${name}`;
}
