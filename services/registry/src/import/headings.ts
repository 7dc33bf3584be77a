import { foldVietnamese, nearestName } from '@minhchung/domain';
import { HEADING_CHARS_MAX } from '../limits.ts';
import { COLUMNS, type ColumnName } from './columns.ts';

/** The heading of the column that error files add; it is known, so that they can be imported once mended. */
export const ERROR_HEADING = 'Lỗi / Error';

/** Columns that every list has and no register needs. */
const OF_NO_MEANING = [
  'stt',
  'tt',
  'so tt',
  'so thu tu',
  'ghi chu',
  'no',
  'note',
  'notes',
  ERROR_HEADING,
].map(comparable);

/** What a heading means. `near`: it is none of ours, but so near to one that it is rather a mistake. */
export type Meaning =
  | { readonly kind: 'field'; readonly field: ColumnName }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'near'; readonly field: ColumnName }
  | { readonly kind: 'unknown' };

const BY_HEADING = new Map<string, ColumnName>(
  COLUMNS.flatMap((column) =>
    [column.name, column.label_vi, ...column.aliases].map(
      (heading) => [comparable(heading), column.name] as const,
    ),
  ),
);

/** Headings as they are compared: no case, no diacritics, one space for every run of anything else. */
export function comparable(heading: string): string {
  return foldVietnamese(heading.slice(0, HEADING_CHARS_MAX))
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/**
 * The field a heading names exactly: as a whole, without what stands in brackets ("Vĩ độ (Lat)"), or by either
 * half of a heading in two languages ("Vĩ độ / Latitude", with a line break in between too). Null: none.
 */
export function fieldOfHeading(heading: string): ColumnName | null {
  for (const form of formsOf(heading)) {
    const field = BY_HEADING.get(form);
    if (field !== undefined) return field;
  }
  return null;
}

/** What a heading means, mistakes in typing included. */
export function meaningOf(heading: string): Meaning {
  const forms = formsOf(heading);
  if (forms.length === 0) return { kind: 'ignored' };
  const field = fieldOfHeading(heading);
  if (field !== null) return { kind: 'field', field };
  if (forms.some((form) => OF_NO_MEANING.includes(form))) return { kind: 'ignored' };
  const nearest = nearestName(forms[0]!, [...BY_HEADING.keys()]);
  return nearest === null ? { kind: 'unknown' } : { kind: 'near', field: BY_HEADING.get(nearest)! };
}

function formsOf(heading: string): string[] {
  const without_brackets = heading.replace(/[([{][^)\]}]*[)\]}]?/g, ' ').replace(/\*/g, ' ');
  const forms = [heading, without_brackets, ...without_brackets.split(/[/\n|]| - | – /)].map(comparable);
  return [...new Set(forms)].filter((form) => form !== '');
}
