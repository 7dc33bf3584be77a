import { CodedError } from '@minhchung/domain';
import { MAPPED_COLUMNS_MAX } from '../limits.ts';
import { type ColumnName, isColumnName } from './columns.ts';
import type { WishedMapping } from './mapping.ts';

/**
 * The mapping of a request: a JSON object from column letters or headings to names of fields, or to null for what is
 * to be left out. Throws `CSV_MAPPING_INVALID`.
 */
export function parseMapping(json: string): WishedMapping {
  let wished: unknown;
  try {
    wished = JSON.parse(json);
  } catch {
    throw invalid('JSON');
  }
  if (typeof wished !== 'object' || wished === null || Array.isArray(wished)) throw invalid('JSON');
  const entries = Object.entries(wished);
  if (entries.length > MAPPED_COLUMNS_MAX) throw invalid(`> ${MAPPED_COLUMNS_MAX}`);
  return Object.fromEntries(
    entries.map(([key, field]): [string, ColumnName | null] => {
      if (field === null) return [key, null];
      if (typeof field === 'string' && isColumnName(field)) return [key, field];
      throw invalid(String(field).slice(0, 40));
    }),
  );
}

function invalid(reason: string): CodedError {
  return new CodedError('CSV_MAPPING_INVALID', { reason });
}
