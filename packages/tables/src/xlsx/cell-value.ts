import type { Cell, CellValue as HucreValue } from 'hucre';
import { withoutGuard } from '../harmless.ts';
import { CELL_CHARS_MAX } from '../limits.ts';
import type { CellValue, MarkKind } from '../table.ts';

const EXCEL_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|GETTING_DATA|SPILL!|CALC!)$/;

/** A cell of a workbook as the import takes it, with what a person should know of it. */
export function cellValue(
  value: HucreValue,
  cell: Cell | undefined,
): { readonly kept: CellValue; readonly kinds: readonly MarkKind[] } {
  const formula = cell?.formula !== undefined || cell?.type === 'formula';
  const is_error = cell?.type === 'error' || (typeof value === 'string' && EXCEL_ERROR.test(value));
  if (is_error) return { kept: null, kinds: ['error'] };
  if (value === null) return { kept: null, kinds: formula ? ['formula_without_value'] : [] };
  const { kept, is_cut } = plain(value);
  return { kept, kinds: [...(formula ? (['formula'] as const) : []), ...(is_cut ? (['cut'] as const) : [])] };
}

function plain(value: Exclude<HucreValue, null>): { readonly kept: CellValue; readonly is_cut: boolean } {
  if (typeof value === 'number') return { kept: Number.isFinite(value) ? value : null, is_cut: false };
  if (typeof value === 'boolean') return { kept: value ? 'TRUE' : 'FALSE', is_cut: false };
  if (value instanceof Date) return { kept: isoText(value), is_cut: false };
  const text = withoutGuard(value.normalize('NFC'));
  return text.length <= CELL_CHARS_MAX
    ? { kept: text, is_cut: false }
    : { kept: text.slice(0, CELL_CHARS_MAX), is_cut: true };
}

/** Workbooks keep calendar days and hours without a zone; the library gives them as if they were UTC. */
function isoText(date: Date): string | null {
  if (Number.isNaN(date.getTime())) return null;
  const [day, time] = date.toISOString().split('T') as [string, string];
  return time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 8)}`;
}
