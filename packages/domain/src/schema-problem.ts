import type { Bilingual } from './errors.ts';

/** One mistake as a JSON Schema validator reports it. */
export interface SchemaMistake {
  readonly keyword: string;
  /** JSON Pointer of the value. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string | undefined;
}

/** One mistake as people read it: which field, and what is allowed there. */
export interface FieldProblem {
  /** Dotted path, `cameras.0.code`; empty for the whole. */
  readonly path: string;
  readonly message: Bilingual;
}

const TYPE_NAMES: Readonly<Record<string, Bilingual>> = {
  integer: { vi: 'số nguyên', en: 'a whole number' },
  number: { vi: 'số', en: 'a number' },
  string: { vi: 'chuỗi ký tự', en: 'text' },
  boolean: { vi: 'true hoặc false', en: 'true or false' },
  array: { vi: 'danh sách', en: 'a list' },
  object: { vi: 'nhóm giá trị', en: 'a group of values' },
  null: { vi: 'null', en: 'null' },
};

/**
 * Puts the mistakes of one value into words, each field and rule once. What a union's other branches complain
 * about is left out when one branch says something better.
 */
export function fieldProblems(mistakes: readonly SchemaMistake[]): FieldProblem[] {
  const problems = new Map<string, FieldProblem>();
  for (const mistake of mistakes) {
    if (mistake.keyword === 'boolean' || (isUnionNoise(mistake) && hasBetter(mistakes, mistake))) continue;
    for (const problem of wordsOf(mistake)) problems.set(`${problem.path} ${problem.message.en}`, problem);
  }
  return [...problems.values()];
}

function isUnionNoise(mistake: SchemaMistake): boolean {
  return mistake.keyword === 'anyOf' || (mistake.keyword === 'type' && mistake.params.type === 'null');
}

function hasBetter(mistakes: readonly SchemaMistake[], noise: SchemaMistake): boolean {
  return mistakes.some(
    (other) =>
      !isUnionNoise(other) &&
      (other.instancePath === noise.instancePath || other.instancePath.startsWith(`${noise.instancePath}/`)),
  );
}

function wordsOf(mistake: SchemaMistake): FieldProblem[] {
  const path = dotted(mistake.instancePath);
  const params = mistake.params;
  if (mistake.keyword === 'required') {
    return names(params.requiredProperties).map((name) => ({
      path: join(path, name),
      message: { vi: 'bắt buộc phải có', en: 'is required' },
    }));
  }
  if (mistake.keyword === 'additionalProperties') {
    return names(params.additionalProperties).map((name) => ({
      path: join(path, name),
      message: { vi: 'không có mục này', en: 'is not known here' },
    }));
  }
  return [{ path, message: rule(mistake.keyword, params) }];
}

function rule(keyword: string, params: Readonly<Record<string, unknown>>): Bilingual {
  const limit = String(params.limit);
  switch (keyword) {
    case 'type': {
      const wanted = TYPE_NAMES[String(params.type)] ?? { vi: String(params.type), en: String(params.type) };
      return { vi: `phải là ${wanted.vi}`, en: `must be ${wanted.en}` };
    }
    case 'enum':
      return oneOf(params.allowedValues);
    case 'const':
      return oneOf([params.allowedValue]);
    case 'minimum':
      return { vi: `nhỏ nhất là ${limit}`, en: `must be ${limit} or more` };
    case 'exclusiveMinimum':
      return { vi: `phải lớn hơn ${limit}`, en: `must be more than ${limit}` };
    case 'maximum':
      return { vi: `lớn nhất là ${limit}`, en: `must be ${limit} or less` };
    case 'exclusiveMaximum':
      return { vi: `phải nhỏ hơn ${limit}`, en: `must be less than ${limit}` };
    case 'minLength':
      return { vi: `cần ít nhất ${limit} ký tự`, en: `needs at least ${limit} characters` };
    case 'maxLength':
      return { vi: `dài tối đa ${limit} ký tự`, en: `takes at most ${limit} characters` };
    case 'minItems':
      return { vi: `cần ít nhất ${limit} mục`, en: `needs at least ${limit} entries` };
    case 'maxItems':
      return { vi: `tối đa ${limit} mục`, en: `takes at most ${limit} entries` };
    case 'uniqueItems':
      return { vi: 'có mục bị lặp', en: 'holds an entry twice' };
    case 'pattern':
      return { vi: `không đúng dạng ${params.pattern}`, en: `does not have the form ${params.pattern}` };
    case 'format':
      return { vi: `không đúng dạng ${params.format}`, en: `is not a valid ${params.format}` };
    default:
      return { vi: 'không thuộc dạng nào được phép', en: 'has none of the allowed forms' };
  }
}

function oneOf(values: unknown): Bilingual {
  const list = names(values).join(', ');
  return { vi: `phải là một trong: ${list}`, en: `must be one of: ${list}` };
}

function names(values: unknown): string[] {
  return Array.isArray(values) ? values.map(String) : [];
}

/** JSON Pointer to a dotted path. */
function dotted(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
