import { CodedError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { civilToMs } from '../time/civil-time.ts';

/** Fields of a file's start, as far as a name gives them. */
export type PatternFields = Readonly<Partial<Record<NameField, number>>>;
type CalendarField = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';
type NameField = CalendarField | 'microsecond' | 'unix_second' | 'zone_minute';

/** One path segment of a pattern. */
export interface PatternSegment {
  readonly expression: RegExp;
  readonly fields: readonly NameField[];
  /** The only name that fits; null where several may. */
  readonly literal: string | null;
  /** True where `%*` stands for any name. */
  readonly is_free: boolean;
}

/** How files are named, e.g. `%Y-%m-%d/%H-%M-%S-%f.mp4` (the letters of MediaMTX's `recordPath`). */
export interface RecordingPattern {
  readonly text: string;
  readonly segments: readonly PatternSegment[];
  /** False: names tell no time at all. */
  readonly tells_time: boolean;
  /** Step in which names state time: 1000, or 0.001 with `%f`; null where they state none. */
  readonly time_resolution_ms: number | null;
}

/** Each letter stands for a field that is written in one way only, so that a name can be read in one way only. */
const LETTERS: Readonly<Record<string, readonly [NameField, string]>> = {
  Y: ['year', '\\d{4}'],
  m: ['month', '\\d{2}'],
  d: ['day', '\\d{2}'],
  H: ['hour', '\\d{2}'],
  M: ['minute', '\\d{2}'],
  S: ['second', '\\d{2}'],
  f: ['microsecond', '\\d{6}'],
  s: ['unix_second', '\\d{9,10}'],
  z: ['zone_minute', 'Z|[+-]\\d{4}'],
};
const CALENDAR: readonly CalendarField[] = ['year', 'month', 'day', 'hour', 'minute', 'second'];
const EXTENSIONS = ['mp4', 'm4v', 'mov', 'mkv', 'ts', 'mts', 'm2ts', 'avi'];
const ANY_EXTENSION = `\\.(?:${EXTENSIONS.flatMap((one) => [one, one.toUpperCase()]).join('|')})`;

/**
 * Reads a pattern. `path` is what `%path` stands for: folders of one camera, relative.
 *
 * Throws `RECORDING_LAYOUT_INVALID` for letters it does not know, a field named twice or left out, and patterns or
 * paths that lead out of the folder; `FOLDER_OF_CAMERA_UNKNOWN` where there is a `%path` and no `path`.
 */
export function parseRecordingPattern(text: string, path = ''): RecordingPattern {
  const refuse = (reason: string): never => {
    throw new CodedError('RECORDING_LAYOUT_INVALID', {
      pattern: text.slice(0, LIMITS.folder_pattern_chars_max),
      reason,
    });
  };
  if (text === '' || text.length > LIMITS.folder_pattern_chars_max) refuse('it is empty or too long');
  if (text.includes('%path') && path === '') throw new CodedError('FOLDER_OF_CAMERA_UNKNOWN', {});
  if (path.length > LIMITS.folder_pattern_chars_max) refuse('the folder of the camera has too long a name');
  // A per cent sign in the camera's folder is one, not a letter of the pattern.
  const parts = text.replaceAll('%path', path.replaceAll('%', '%%').replaceAll('$', '$$$$')).split('/');
  if (parts.length > LIMITS.folder_depth_max) refuse(`it is deeper than ${LIMITS.folder_depth_max} folders`);
  if (parts.some((part) => ['', '.', '..'].includes(part) || /[\\\0]/.test(part))) {
    refuse('it does not stay inside the folder');
  }
  const segments = parts.map((part) => parseSegment(part, refuse));
  const fields = segments.flatMap((segment) => segment.fields);
  if (new Set(fields).size !== fields.length) refuse('a field appears twice');
  const tells_time = fields.length > 0;
  if (tells_time && !fields.includes('unix_second')) {
    const missing = CALENDAR.filter((field) => !fields.includes(field));
    if (missing.length > 0) refuse(`it does not tell the ${missing.join(', ')}`);
  }
  if (!tells_time && !segments.some(({ is_free }) => is_free)) refuse('it tells no time');
  const step_ms = fields.includes('microsecond') ? 0.001 : 1000;
  return { text, segments, tells_time, time_resolution_ms: tells_time ? step_ms : null };
}

function parseSegment(part: string, refuse: (reason: string) => never): PatternSegment {
  const fields: NameField[] = [];
  let literal: string | null = '';
  let has_wildcard = false;
  const expression = part.replace(/%(ext|.?)|[^%]+/gs, (piece, letter?: string) => {
    if (letter === undefined || letter === '%') {
      const plain = letter ?? piece;
      if (literal !== null) literal += plain;
      return plain.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    }
    literal = null;
    if (letter === 'ext') return ANY_EXTENSION;
    if (letter === '*') {
      has_wildcard = true;
      return '.+';
    }
    const [field, written] = LETTERS[letter] ?? refuse(`it has "%${letter}", which is not known`);
    fields.push(field);
    return `(${written})`;
  });
  if (has_wildcard && fields.length > 0) refuse('"%*" beside a time could be read in several ways');
  return { expression: new RegExp(`^${expression}$`, 's'), fields, literal, is_free: has_wildcard };
}

/** The fields a name gives under one segment, added to those of the folders above; null where it does not fit. */
export function readPatternSegment(
  segment: PatternSegment,
  name: string,
  above: PatternFields,
): PatternFields | null {
  const match = segment.expression.exec(name);
  if (match === null) return null;
  const read = segment.fields.map((field, index) => {
    const written = match[index + 1]!;
    return [field, field === 'zone_minute' ? zoneMinutes(written) : Number(written)] as const;
  });
  return { ...above, ...Object.fromEntries(read) };
}

function zoneMinutes(written: string): number {
  if (written === 'Z') return 0;
  const minutes = Number(written.slice(1, 3)) * 60 + Number(written.slice(3));
  return written.startsWith('-') ? -minutes : minutes;
}

/**
 * The instants of device time, in microseconds, between which everything below lies that these fields begin:
 * `[from_us, to_us)`. Whole fields only narrow it as long as every larger one is known. `zone_us` (zone minus UTC)
 * holds where the name states no zone. Null for dates and hours that do not exist.
 */
export function patternFieldRange(
  fields: PatternFields,
  zone_us: number,
): { from_us: number; to_us: number } | null {
  if (fields.unix_second !== undefined) {
    const from_us = fields.unix_second * 1_000_000;
    return { from_us, to_us: from_us + 1_000_000 };
  }
  const known = CALENDAR.findIndex((field) => fields[field] === undefined);
  const depth = known === -1 ? CALENDAR.length : known;
  if (depth === 0) return { from_us: Number.NEGATIVE_INFINITY, to_us: Number.POSITIVE_INFINITY };
  const at = (field: CalendarField, index: number, first: number) =>
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
  const stated_us = fields.zone_minute === undefined ? zone_us : fields.zone_minute * 60_000_000;
  return { from_us: from_ms * 1000 - stated_us, to_us: to_ms * 1000 - stated_us };
}

/** The start a whole name states, in microseconds of device time; null where it does not exist. */
export function patternStart_us(fields: PatternFields, zone_us: number): number | null {
  const range = patternFieldRange(fields, zone_us);
  return range === null || !Number.isFinite(range.from_us) ? null : range.from_us + (fields.microsecond ?? 0);
}
