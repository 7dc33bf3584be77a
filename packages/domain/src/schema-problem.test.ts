import { expect, test } from 'vitest';
import { fieldProblems, type SchemaMistake } from './schema-problem.ts';

const mistake = (
  keyword: string,
  instancePath: string,
  params: SchemaMistake['params'] = {},
): SchemaMistake => ({ keyword, instancePath, params });

test('a missing and an unknown field are named by their full path', () => {
  const problems = fieldProblems([
    mistake('boolean', '/cameras/0/colour'),
    mistake('additionalProperties', '/cameras/0', { additionalProperties: ['colour'] }),
    mistake('required', '/cameras/1', { requiredProperties: ['code', 'name'] }),
  ]);
  expect(problems.map((problem) => [problem.path, problem.message.en])).toEqual([
    ['cameras.0.colour', 'is not known here'],
    ['cameras.1.code', 'is required'],
    ['cameras.1.name', 'is required'],
  ]);
});

test('a nullable value out of its limits is told once, by its limit', () => {
  const problems = fieldProblems([
    mistake('maximum', '/width_ms', { comparison: '<=', limit: 5 }),
    mistake('type', '/width_ms', { type: 'null' }),
    mistake('anyOf', '/width_ms'),
  ]);
  expect(problems).toEqual([{ path: 'width_ms', message: { vi: 'lớn nhất là 5', en: 'must be 5 or less' } }]);
});

test('a union whose every branch fails is still told', () => {
  expect(fieldProblems([mistake('anyOf', '/value')])).toHaveLength(1);
});
