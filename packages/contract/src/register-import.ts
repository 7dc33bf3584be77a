import { CAMERA_STATES, LIMITS } from '@minhchung/domain';
import { Type } from 'typebox';
import { fileAnswer, route, streamBody } from './core/route.ts';
import { BilingualSchema, closed, Id, nullable, oneOf } from './core/schemas.ts';
import { MAPPING_CHARS_MAX, SHEET_NAME_CHARS_MAX } from './limits.ts';

/** The register as a file: taking one in, handing back what is wrong with it, giving one out. */

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const CSV_TYPE = 'text/csv';

/** Browsers name files by what is installed; what a file is, its content says. */
const TABLE_TYPES = [
  CSV_TYPE,
  XLSX_TYPE,
  'text/tab-separated-values',
  'application/vnd.ms-excel',
  'application/octet-stream',
] as const;

/** What is wrong, or worth knowing, in one place of a file. `value` is null where it could hold a secret. */
export const ImportProblemSchema = Type.Object({
  /** Name of the sheet; null for CSV. */
  sheet: nullable(Type.String()),
  /** Row number as the spreadsheet shows it. */
  line: Type.Integer(),
  column: nullable(Type.String()),
  /** Letter of the column as the spreadsheet shows it. */
  column_letter: nullable(Type.String()),
  value: nullable(Type.String()),
  code: Type.String(),
  text: BilingualSchema,
});

/** What an import did, or in a preview would do. */
export const ImportReportSchema = Type.Object({
  mode: oneOf(['preview', 'apply']),
  rows_choice: oneOf(['good_rows', 'all_or_nothing']),
  is_applied: Type.Boolean(),
  sheet: nullable(Type.String()),
  header_row: Type.Integer(),
  columns: Type.Array(
    Type.Object({
      letter: Type.String(),
      heading: Type.String(),
      field: nullable(Type.String()),
      by: oneOf(['heading', 'request', 'remembered', 'nothing', 'unclear']),
    }),
  ),
  rows_total: Type.Integer(),
  created: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  rejected: Type.Integer(),
  file_problems: Type.Array(ImportProblemSchema),
  notices: Type.Array(ImportProblemSchema),
  rows: Type.Array(
    Type.Object({
      line: Type.Integer(),
      camera_code: nullable(Type.String()),
      outcome: oneOf(['created', 'changed', 'unchanged', 'rejected']),
      changes: Type.Array(Type.String()),
      problems: Type.Array(ImportProblemSchema),
    }),
  ),
});

const ReadingOptions = {
  sheet: Type.Optional(Type.String({ minLength: 1, maxLength: SHEET_NAME_CHARS_MAX })),
  mapping: Type.Optional(Type.String({ minLength: 2, maxLength: MAPPING_CHARS_MAX })),
};

const HOW_IT_IS_READ =
  'CSV (UTF-8, UTF-16; comma, semicolon or tab) or XLSX, told apart by content. The row of headings is found by ' +
  'its content, and of several sheets the one that fits, unless `sheet` names one. `mapping`: a JSON object from ' +
  'column letters or headings to names of fields, or to null for columns to leave out; what was mapped and applied ' +
  'is remembered for the same headings.';

export const importCameras = route({
  method: 'POST',
  path: '/api/cameras/import',
  tag: 'registry',
  access: 'signed_in',
  summary: 'Import cameras, recorders, owners and agreements from CSV or XLSX',
  description:
    `${HOW_IT_IS_READ} \`preview\` only says what would happen; \`apply\` writes the good rows and reports the ` +
    'others, or with `rows=all_or_nothing` writes nothing when a row is wrong. Importing the same file again ' +
    'changes nothing; an empty cell keeps what is registered.',
  query: closed({
    mode: oneOf(['preview', 'apply']),
    rows: Type.Optional(oneOf(['good_rows', 'all_or_nothing'])),
    ...ReadingOptions,
  }),
  body: streamBody(TABLE_TYPES, LIMITS.csv_size_max_bytes),
  response: { 200: ImportReportSchema },
});

export const importErrors = route({
  method: 'POST',
  path: '/api/cameras/import/errors',
  tag: 'registry',
  access: 'signed_in',
  summary: 'The wrong rows of a file, to hand back',
  description:
    'Takes the file that was, or is to be, imported, and answers with its wrong rows, their cells as they stand ' +
    'there and one column more that says what to mend. Passwords and their accounts are left out. Mended, it can be ' +
    `imported. Writes nothing. ${HOW_IT_IS_READ}`,
  query: closed({ format: oneOf(['xlsx', 'csv']), ...ReadingOptions }),
  body: streamBody(TABLE_TYPES, LIMITS.csv_size_max_bytes),
  response: { 200: fileAnswer([XLSX_TYPE, CSV_TYPE]) },
});

export const exportCameras = route({
  method: 'GET',
  path: '/api/cameras/export',
  tag: 'registry',
  access: 'signed_in',
  summary: 'The register as a file',
  description:
    'Every camera that `GET /api/cameras` would list with the same filters, in the columns of the import, so that ' +
    'importing it again changes nothing. Without accounts and passwords; telephone numbers only for cameras of units ' +
    'where the caller keeps the register. Text that a spreadsheet would run as a formula is guarded by an apostrophe.',
  query: closed({
    format: oneOf(['xlsx', 'csv']),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: LIMITS.search_max_chars })),
    kind: Type.Optional(oneOf(['community', 'household'])),
    state: Type.Optional(oneOf(CAMERA_STATES)),
    unit_id: Type.Optional(Id),
  }),
  response: { 200: fileAnswer([XLSX_TYPE, CSV_TYPE]) },
});
