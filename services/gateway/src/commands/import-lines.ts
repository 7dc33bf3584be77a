import { cellName, type ImportProblem, type ImportReport } from '@minhchung/registry';
import { table } from './table.ts';

/** Problems and notices printed one by one; the file of errors has them all. */
const PROBLEM_LINES_MAX = 100;
const NOTICE_LINES_MAX = 30;

const BY = {
  heading: '',
  request: 'theo yêu cầu · as told',
  remembered: 'đã nhớ · remembered',
  nothing: '',
  unclear: 'chưa rõ · unclear',
} as const;

/** The report of an import as a person reads it at a terminal. */
export function importLines(report: ImportReport, errors_file: string | undefined): string[] {
  const { sheet, header_row, columns, rows } = report;
  const problems = [...report.file_problems, ...rows.flatMap((row) => row.problems)];
  return [
    `${sheet === null ? 'CSV' : `Trang tính · Sheet "${sheet}"`}, tiêu đề ở dòng · headings in row ${header_row}`,
    '',
    ...table(
      ['cột · column', 'tiêu đề · heading', 'là · taken for', ''],
      columns.map(({ letter, heading, field, by }) => [letter, heading, field ?? '–', BY[by]]),
    ),
    '',
    ...section('Lưu ý · Notices', report.notices, NOTICE_LINES_MAX),
    ...section('Cần sửa · To be mended', problems, PROBLEM_LINES_MAX),
    `Dòng · rows ${report.rows_total}: mới · new ${report.created}, thay đổi · changed ${report.changed}, ` +
      `giữ nguyên · unchanged ${report.unchanged}, không nhận · refused ${report.rejected}`,
    ...(errors_file === undefined ? [] : [`Các dòng lỗi · The wrong rows: ${errors_file}`]),
    outcomeOf(report),
  ];
}

function section(title: string, found: readonly ImportProblem[], max: number): string[] {
  if (found.length === 0) return [];
  const more = found.length - max;
  return [
    `${title} (${found.length})`,
    ...found.slice(0, max).flatMap((one) => {
      const value = one.value === null ? '' : ` "${one.value}"`;
      return [`  ${cellName(one)}${value} ${one.code}`, `      ${one.text.vi}`, `      ${one.text.en}`];
    }),
    ...(more > 0 ? [`  … ${more} nữa · more (--json, --errors)`] : []),
    '',
  ];
}

function outcomeOf({ mode, is_applied, rows_choice, file_problems, rejected }: ImportReport): string {
  if (is_applied) return 'Đã ghi các dòng đúng · The good rows were written.';
  if (mode === 'preview') return 'Chỉ xem trước, chưa ghi gì · A preview: nothing was written.';
  if (file_problems.length > 0 || (rows_choice === 'all_or_nothing' && rejected > 0)) {
    return 'Chưa ghi gì, vì còn chỗ phải sửa · Nothing was written: something has to be mended first.';
  }
  return 'Chưa ghi gì · Nothing was written.';
}
