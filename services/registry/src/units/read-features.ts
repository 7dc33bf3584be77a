import { setImmediate } from 'node:timers/promises';
import {
  type Boundary,
  CodedError,
  isCode,
  LIMITS,
  readBoundary,
  startOfVietnamDay,
  type Unit,
} from '@minhchung/domain';
import { FEATURES_MAX, REPLACED_MAX, REPORTED_CHARS_MAX } from './limits.ts';

/** One unit of a file, its properties and geometry checked. */
export interface UnitFeature {
  readonly code: string;
  readonly name: string;
  readonly level: Unit['level'];
  /** Null: the file does not say. */
  readonly parent_code: string | null;
  /** Undefined: the file does not say. */
  readonly valid_from_ms: number | undefined;
  readonly valid_to_ms: number | undefined;
  /** Codes of the units that end when this one begins and go into it. */
  readonly replaces: readonly string[];
  /** Null: the file has no drawing of it. */
  readonly boundary: Boundary | null;
}

/** A feature of the file, from 1 on: a unit, or everything that is wrong with it. */
export interface ReadFeature {
  readonly number: number;
  readonly code: string | null;
  readonly unit: UnitFeature | null;
  readonly problems: readonly CodedError[];
}

/** Names of the properties: ours first, then as maps of Vietnamese units usually have them. */
const NAMES = {
  code: ['code', 'ma', 'ma_xa', 'maXa', 'ref'],
  name: ['name', 'ten', 'ten_xa', 'tenXa'],
  level: ['level', 'cap'],
  parent_code: ['parent_code', 'ma_tinh', 'maTinh'],
  valid_from: ['valid_from', 'tu_ngay'],
  valid_to: ['valid_to', 'den_ngay'],
  replaces: ['replaces', 'thay_the'],
} as const;

const LEVELS: Readonly<Record<string, Unit['level']>> = {
  ward: 'ward',
  phường: 'ward',
  xã: 'ward',
  'đặc khu': 'ward',
  province: 'province',
  tỉnh: 'province',
  'thành phố': 'province',
};

/**
 * The units of a GeoJSON FeatureCollection (RFC 7946), one after another; other work of this process gets its turn in
 * between. Throws `UNIT_FILE_UNREADABLE`, `UNIT_FILE_TOO_LARGE`. The caller bounds the bytes.
 */
export async function* readFeatures(bytes: Uint8Array): AsyncGenerator<ReadFeature> {
  for (const [index, feature] of featuresOf(bytes).entries()) {
    yield readFeature(feature, index + 1);
    await setImmediate();
  }
}

function featuresOf(bytes: Uint8Array): readonly unknown[] {
  let file: unknown;
  try {
    file = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new CodedError('UNIT_FILE_UNREADABLE', { reason: 'no JSON in UTF-8' }, { cause: error });
  }
  const { type, features } = (file ?? {}) as { readonly type?: unknown; readonly features?: unknown };
  if (type !== 'FeatureCollection' || !Array.isArray(features)) {
    throw new CodedError('UNIT_FILE_UNREADABLE', { reason: 'no FeatureCollection' });
  }
  if (features.length > FEATURES_MAX) {
    throw new CodedError('UNIT_FILE_TOO_LARGE', { count: features.length, count_max: FEATURES_MAX });
  }
  return features;
}

function readFeature(feature: unknown, number: number): ReadFeature {
  const { properties, geometry } = (feature ?? {}) as {
    readonly properties?: unknown;
    readonly geometry?: unknown;
  };
  const problems: CodedError[] = [];
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      problems.push(error);
      return undefined;
    }
  };
  const fields = typeof properties === 'object' && properties !== null ? (properties as Fields) : {};
  const code = attempt(() => codeOf(needed(fields, 'code'), 'code'));
  const name = attempt(() => nameOf(needed(fields, 'name')));
  const level = attempt(() => levelOf(fieldOf(fields, 'level')));
  const parent_code = attempt(() => {
    const text = fieldOf(fields, 'parent_code');
    return text === undefined ? null : codeOf(text, 'parent_code');
  });
  const valid_from_ms = attempt(() => dayOf(fieldOf(fields, 'valid_from'), 'valid_from'));
  const valid_to_ms = attempt(() => dayOf(fieldOf(fields, 'valid_to'), 'valid_to'));
  const replaces = attempt(() => codesOf(fieldOf(fields, 'replaces')));
  const boundary = attempt(() => (geometry == null ? null : readBoundary(geometry)));
  const is_whole = problems.length === 0 && code !== undefined && name !== undefined && level !== undefined;
  return {
    number,
    code: code ?? null,
    problems,
    unit: is_whole
      ? {
          ...{ code, name, level, valid_from_ms, valid_to_ms },
          ...{ parent_code: parent_code ?? null, replaces: replaces ?? [], boundary: boundary ?? null },
        }
      : null,
  };
}

type Fields = Readonly<Record<string, unknown>>;
type Property = keyof typeof NAMES;

function fieldOf(fields: Fields, property: Property): unknown {
  const name = NAMES[property].find(
    (one) => Object.hasOwn(fields, one) && fields[one] !== null && fields[one] !== '',
  );
  return name === undefined ? undefined : fields[name];
}

function needed(fields: Fields, property: Property): unknown {
  const value = fieldOf(fields, property);
  if (value === undefined) throw new CodedError('UNIT_PROPERTY_MISSING', { property });
  return value;
}

/** Official codes are numbers to some programs. */
function codeOf(value: unknown, property: Property): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && isCode(text.trim())) return text.trim();
  throw invalid(property, value, 'A-Z a-z 0-9 . _ -');
}

function nameOf(value: unknown): string {
  const text = typeof value === 'string' ? value.normalize('NFC').trim() : '';
  if (text !== '' && text.length <= LIMITS.name_max_chars) return text;
  throw invalid('name', value, `1…${LIMITS.name_max_chars}`);
}

function levelOf(value: unknown): Unit['level'] {
  if (value === undefined) return 'ward';
  const word = typeof value === 'string' ? value.normalize('NFC').trim().toLowerCase() : '';
  if (Object.hasOwn(LEVELS, word)) return LEVELS[word]!;
  throw invalid('level', value, Object.keys(LEVELS).join(', '));
}

function dayOf(value: unknown, property: Property): number | undefined {
  if (value === undefined) return undefined;
  const day_ms = typeof value === 'string' ? startOfVietnamDay(value.trim()) : null;
  if (day_ms !== null && day_ms >= 0) return day_ms;
  throw invalid(property, value, '2025-07-01');
}

function codesOf(value: unknown): string[] {
  if (value === undefined) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : String(value).split(/[,;]/);
  if (list.length > REPLACED_MAX) throw invalid('replaces', `${list.length}`, `≤ ${REPLACED_MAX}`);
  return [...new Set(list.map((one) => codeOf(one, 'replaces')))];
}

function invalid(property: Property, value: unknown, expected: string): CodedError {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return new CodedError('UNIT_PROPERTY_INVALID', {
    property,
    value: text.slice(0, REPORTED_CHARS_MAX),
    expected,
  });
}
