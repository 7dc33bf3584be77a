import { InvalidInputError } from '@minhchung/contract/server';
import { fieldProblems, type SchemaMistake } from '@minhchung/domain';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Settings as TypeBoxSettings } from 'typebox/system';
import { PROBLEMS_MAX } from '../limits.ts';

/** What a path part is called when a mistake in it is reported; a body's fields need no prefix. */
const PLACES: Readonly<Record<string, string>> = { params: 'params.', querystring: 'query.' };

const NOT_TEXT = {
  vi: 'chứa ký tự NUL hoặc nửa ký tự Unicode',
  en: 'contains a NUL character or half of a Unicode character',
};

/**
 * Checks what comes in with the contract's own TypeBox schemas and reports every mistake. Query and path, which
 * are text, are converted; a body is taken as it is or not at all.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart = 'body' }) => {
  TypeBoxSettings.Set({ maxErrors: PROBLEMS_MAX });
  const compiled = Compile(schema);
  const place = PLACES[httpPart];
  return (input: unknown) => {
    const value = place === undefined ? input : compiled.Default(compiled.Convert(input));
    if (!compiled.Check(value)) {
      const problems = fieldProblems(compiled.Errors(value) as SchemaMistake[]);
      return { error: new InvalidInputError(problems.map((one) => at(place, one))) };
    }
    const path = notTextAt(value, '');
    if (path !== null) return { error: new InvalidInputError([at(place, { path, message: NOT_TEXT })]) };
    return { value };
  };
};

function at<P extends { readonly path: string }>(place: string | undefined, problem: P): P {
  return place === undefined ? problem : { ...problem, path: `${place}${problem.path}` };
}

/**
 * Path of the first text that cannot be kept as it is; null when there is none. PostgreSQL stores no NUL, and
 * half of a surrogate pair has no UTF-8: it would silently become another character on its way into the database.
 */
function notTextAt(value: unknown, path: string): string | null {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? path : null;
  if (typeof value !== 'object' || value === null || Symbol.asyncIterator in value) return null;
  for (const [name, part] of Object.entries(value)) {
    const found = notTextAt(part, path === '' ? name : `${path}.${name}`);
    if (found !== null) return found;
  }
  return null;
}
