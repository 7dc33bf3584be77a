import { InvalidInputError } from '@minhchung/contract/server';
import { fieldProblems, type SchemaMistake } from '@minhchung/domain';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Settings as TypeBoxSettings } from 'typebox/system';
import { PROBLEMS_MAX } from '../limits.ts';

/** What a path part is called when a mistake in it is reported; a body's fields need no prefix. */
const PLACES: Readonly<Record<string, string>> = { params: 'params.', querystring: 'query.' };

const NUL_CHARACTER = { vi: 'chứa ký tự NUL', en: 'contains a NUL character' };

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
    const nul = nulAt(value, '');
    if (nul !== null)
      return { error: new InvalidInputError([at(place, { path: nul, message: NUL_CHARACTER })]) };
    return { value };
  };
};

function at<P extends { readonly path: string }>(place: string | undefined, problem: P): P {
  return place === undefined ? problem : { ...problem, path: `${place}${problem.path}` };
}

/** Path of the first text with a NUL, which PostgreSQL cannot store; null when there is none. */
function nulAt(value: unknown, path: string): string | null {
  if (typeof value === 'string') return value.includes('\0') ? path : null;
  if (typeof value !== 'object' || value === null || Symbol.asyncIterator in value) return null;
  for (const [name, part] of Object.entries(value)) {
    const found = nulAt(part, path === '' ? name : `${path}.${name}`);
    if (found !== null) return found;
  }
  return null;
}
