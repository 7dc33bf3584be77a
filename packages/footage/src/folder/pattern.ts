import { CodedError, civilToMs } from '@minhchung/domain';
import { PATTERN_DEPTH_MAX, PATTERN_LENGTH_MAX } from '../limits.ts';

/** Fields of a file's start, as far as a name gives them. */
export type NameFields = Readonly<Partial<Record<NameField, number>>>;
type NameField = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'microsecond';

/** One path segment of a pattern. */
export interface PatternSegment {
  readonly expression: RegExp;
  readonly fields: readonly NameField[];
}

/** How files are named, e.g. `%Y-%m-%d/%H-%M-%S-%f.mp4` (the letters of MediaMTX's `recordPath`). */
export interface RecordingPattern {
  readonly text: string;
  readonly segments: readonly PatternSegment[];
  /** Step in which names state time: 1000, or 0.001 with `%f`. */
  readonly time_resolution_ms: number;
}

/** Each letter stands for a field of fixed width, so that a name can be read in one way only. */
const LETTERS: Readonly<Record<string, readonly [NameField, number]>> = {
  Y: ['year', 4],
  m: ['month', 2],
  d: ['day', 2],
  H: ['hour', 2],
  M: ['minute', 2],
  S: ['second', 2],
  f: ['microsecond', 6],
};
const REQUIRED: readonly NameField[] = ['year', 'month', 'day', 'hour', 'minute', 'second'];

/**
 * Reads a pattern. Throws `RECORDING_LAYOUT_INVALID` for letters it does not know, a field named twice or left
 * out, and patterns that lead out of the folder.
 */
export function parsePattern(text: string): RecordingPattern {
  const refuse = (reason: string): never => {
    throw new CodedError('RECORDING_LAYOUT_INVALID', { pattern: text.slice(0, PATTERN_LENGTH_MAX), reason });
  };
  const parts = text.split('/');
  if (text === '' || text.length > PATTERN_LENGTH_MAX) refuse('it is empty or too long');
  if (parts.length > PATTERN_DEPTH_MAX) refuse(`it is deeper than ${PATTERN_DEPTH_MAX} folders`);
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\\'))) {
    refuse('it does not stay inside the folder');
  }
  const segments = parts.map((part) => parseSegment(part, refuse));
  const fields = segments.flatMap((segment) => segment.fields);
  if (new Set(fields).size !== fields.length) refuse('a field appears twice');
  const missing = REQUIRED.filter((field) => !fields.includes(field));
  if (missing.length > 0) refuse(`it does not tell the ${missing.join(', ')}`);
  return { text, segments, time_resolution_ms: fields.includes('microsecond') ? 0.001 : 1000 };
}

function parseSegment(part: string, refuse: (reason: string) => never): PatternSegment {
  const fields: NameField[] = [];
  const expression = part.replace(/%(.?)|[^%]+/gs, (piece, letter?: string) => {
    if (letter === undefined) return piece.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    if (letter === '%') return '%';
    const [field, width] = LETTERS[letter] ?? refuse(`it has "%${letter}", which is not known`);
    fields.push(field);
    return `(\\d{${width}})`;
  });
  return { expression: new RegExp(`^${expression}$`, 's'), fields };
}

/** The fields a name gives under one segment, added to those of the folders above; null where it does not fit. */
export function readSegment(segment: PatternSegment, name: string, above: NameFields): NameFields | null {
  const match = segment.expression.exec(name);
  if (match === null) return null;
  const read = segment.fields.map((field, index) => [field, Number(match[index + 1])] as const);
  return { ...above, ...Object.fromEntries(read) };
}

/**
 * The instants, in microseconds of the pattern's zone, between which everything below lies that these fields
 * begin: `[from_us, to_us)`. Whole fields only narrow it as long as every larger one is known. Null for dates
 * and hours that do not exist.
 */
export function fieldRange(fields: NameFields): { from_us: number; to_us: number } | null {
  const known = REQUIRED.findIndex((field) => fields[field] === undefined);
  const depth = known === -1 ? REQUIRED.length : known;
  if (depth === 0) return { from_us: Number.NEGATIVE_INFINITY, to_us: Number.POSITIVE_INFINITY };
  const at = (field: NameField, index: number, first: number) =>
    index < depth ? (fields[field] ?? first) : first;
  const start = {
    year: at('year', 0, 1970),
    month: at('month', 1, 1),
    day: at('day', 2, 1),
    hour: at('hour', 3, 0),
    minute: at('minute', 4, 0),
    second: at('second', 5, 0),
    millisecond: 0,
  };
  const from_ms = civilToMs(start);
  if (from_ms === null) return null;
  const to_ms = [
    Date.UTC(start.year + 1, 0, 1),
    Date.UTC(start.year, start.month, 1),
    from_ms + 86_400_000,
    from_ms + 3_600_000,
    from_ms + 60_000,
    from_ms + 1_000,
  ][depth - 1]!;
  return { from_us: from_ms * 1000, to_us: to_ms * 1000 };
}

/** The start a whole name states, in microseconds of the pattern's zone; null where it does not exist. */
export function statedStart_us(fields: NameFields): number | null {
  const range = fieldRange(fields);
  return range === null ? null : range.from_us + (fields.microsecond ?? 0);
}
