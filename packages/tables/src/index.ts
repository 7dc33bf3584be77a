export { writeCsv } from './csv/write-csv.ts';
export type { TableFormat } from './file-kind.ts';
export { guarded, withoutGuard } from './harmless.ts';
export { FILE_SIZE_MAX_BYTES } from './limits.ts';
export { readTableFile } from './read-table-file.ts';
export * from './table.ts';
export { writeXlsx } from './xlsx/write-xlsx.ts';
