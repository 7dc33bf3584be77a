import { type CellValue, isEmptyCell } from '@minhchung/tables';
import type { ColumnName } from './columns.ts';
import { columnOf } from './columns.ts';
import { ERROR_HEADING } from './headings.ts';
import { type ImportProblem, mayBeSecret, problem } from './problem.ts';
import type { RegisterFile } from './read-register.ts';
import type { ImportReport } from './report.ts';

/**
 * The rows to hand back: the headings, then every row that was refused with its cells as they stood there and, in
 * one column more, what is wrong with it and what to do. Mended, the file can be imported as it is.
 *
 * A password is never handed back, and its account goes with it, or the mended row would be refused for having one
 * without the other. Of a row whose cells cannot be told apart nothing is repeated.
 */
export function* errorRows(file: RegisterFile, report: ImportReport): Generator<readonly CellValue[]> {
  const { headings, fields } = file;
  const old_column = headings.indexOf(ERROR_HEADING);
  const width = old_column === -1 ? headings.length : old_column;
  yield [...headings.slice(0, width), ERROR_HEADING];
  if (report.file_problems.length > 0) {
    yield [...blank(width), report.file_problems.map(sentence).join('\n')];
  }
  for (const { line, problems } of report.rows) {
    if (problems.length === 0) continue;
    const cells = file.untold.has(line) ? blank(width) : cellsOf(file, line, width);
    const had_password = fields.some((field, column) => {
      return field === 'password' && column < width && !isEmptyCell(file.rows.get(line)?.cells[column]);
    });
    const said = problems.map(sentence);
    if (had_password) said.push(bothLanguages(problem({ line }, 'CSV_PASSWORD_BLANKED')));
    yield [...cells, said.join('\n')];
  }
}

function blank(width: number): CellValue[] {
  return Array.from({ length: width }, () => null);
}

function cellsOf({ rows, fields }: RegisterFile, line: number, width: number): CellValue[] {
  const cells = rows.get(line)?.cells ?? [];
  return blank(width).map((_, column) => {
    const value = cells[column] ?? null;
    const field = fields[column] ?? null;
    return field !== null && isLeftOut(field, value) ? null : value;
  });
}

function isLeftOut(field: ColumnName, value: CellValue): boolean {
  return field === 'username' || mayBeSecret(field, String(value ?? ''));
}

/** `Dòng 17, ô F (Vĩ độ): …` in both languages. */
function sentence(one: ImportProblem): string {
  const { line, column, column_letter: letter } = one;
  const name = column === null ? '' : ` (${columnOf(column).label_vi})`;
  const cell = letter === null ? name : `, ô ${letter}${name}`;
  return `Dòng ${line}${cell}: ${bothLanguages(one)}`;
}

function bothLanguages({ text }: ImportProblem): string {
  return `${text.vi} / ${text.en}`;
}

/** Where a problem stands, as people write it: `Danh sách!F17`, `F17`, `17`. */
export function cellName({ sheet, line, column_letter }: ImportProblem): string {
  const cell = `${column_letter ?? ''}${line}`;
  return sheet === null ? cell : `${sheet}!${cell}`;
}
