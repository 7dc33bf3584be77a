import { isCoded, LIMITS, readPlaybackTemplate, TEMPLATE_CHARS_MAX } from '@minhchung/domain';
import { checkedDeviceUrl, checkedPlaybackUrl } from '../device-url.ts';
import { checkedFolderPath, checkedFolderPattern } from '../folder-layout.ts';
import {
  DEVICE_CREDENTIAL_CHARS_MAX,
  DEVICE_URL_CHARS_MAX,
  FOLDER_PATH_CHARS_MAX,
  FOLDER_PATTERN_CHARS_MAX,
  PHONE_CHARS_MAX,
  SOURCE_TOKEN_CHARS_MAX,
} from '../limits.ts';
import type { CellReader } from './cells.ts';
import { COLUMNS, type ColumnName } from './columns.ts';
import { DAY_MS } from './dates.ts';
import { AIM_PLACE, CAMERA_PLACE, readPosition } from './read-position.ts';
import type { RecorderCells, RegisterRow, RowAgreement } from './register-row.ts';
import {
  AGREEMENT_MODES,
  KINDS,
  PURPOSE_WORDS,
  REACHES,
  RECORDER_KINDS,
  VENDORS,
  YES_OR_NO,
  ZONES,
} from './words.ts';

/** Numbers have ten digits (eleven before 2018, when landlines kept theirs), the first a nought. */
const NUMBER_WITHOUT_NOUGHT = /^[1-9]\d{8,9}$/;

/** Columns that say something of an agreement whose mode is said. */
const TERM_COLUMNS = [
  'agreement_purposes',
  'agreement_audio',
  'agreement_valid_from',
  'agreement_valid_to',
] as const;

/** What could be read of a row; the reader holds the problems. */
export interface ReadRow {
  /** Null when a cell of the row is wrong. */
  readonly row: RegisterRow | null;
  /** Null when a cell of the recorder is wrong. */
  readonly recorder: RecorderCells | null;
}

/** Reads every cell of a row. */
export function readRow(cells: CellReader): ReadRow {
  for (const { name, required } of COLUMNS) if (required && !isInOneCell(cells, name)) cells.need(name);
  if (cells.has('coordinates') && cells.isEmpty('latitude') && cells.isEmpty('longitude'))
    cells.need('coordinates');
  const code = cells.code('camera_code');
  const problems_before = cells.problems.length;
  const recorder_cells = readRecorder(cells, code);
  const recorder = cells.problems.length === problems_before ? recorder_cells : null;
  const row = {
    line: cells.line,
    code,
    name: cells.text('camera_name', LIMITS.name_max_chars),
    kind: cells.choice('kind', KINDS),
    unit_code: cells.code('unit_code'),
    scheme_code: cells.code('scheme_code'),
    site_code: cells.code('site_code'),
    position: readPosition(cells, CAMERA_PLACE),
    aim_point: readPosition(cells, AIM_PLACE),
    field_of_view_deg: cells.number('field_of_view_deg', 1, 360),
    range_m: cells.number('range_m', 1, LIMITS.camera_range_max_m),
    reach: cells.choice('reach', REACHES),
    source_token: cells.text('source_token', SOURCE_TOKEN_CHARS_MAX),
    recorder,
    owner: readOwner(cells),
    agreement: readAgreement(cells),
  };
  return { row: cells.problems.length === 0 ? (row as RegisterRow) : null, recorder };
}

/** Where the file has a column for both numbers, one of the two ways to say a place is enough. */
function isInOneCell(cells: CellReader, column: ColumnName): boolean {
  return cells.has('coordinates') && (column === 'latitude' || column === 'longitude');
}

/** A row without a recorder code is a camera that is its own recorder. */
function readRecorder(cells: CellReader, camera_code: string | null): RecorderCells | null {
  const kind = cells.choice('recorder_kind', RECORDER_KINDS);
  const checkedUrl = kind === 'playback_url' ? checkedPlaybackUrl : checkedDeviceUrl;
  const recorder = {
    code: cells.code('recorder_code') ?? camera_code,
    name: cells.text('recorder_name', LIMITS.name_max_chars),
    kind,
    network_code: cells.code('network_code'),
    device_url: checked(cells, 'device_url', DEVICE_URL_CHARS_MAX, checkedUrl),
    username: cells.text('username', DEVICE_CREDENTIAL_CHARS_MAX),
    password: cells.raw('password', DEVICE_CREDENTIAL_CHARS_MAX),
    folder_path: checked(cells, 'folder_path', FOLDER_PATH_CHARS_MAX, checkedFolderPath),
    folder_pattern: checked(cells, 'folder_pattern', FOLDER_PATTERN_CHARS_MAX, checkedFolderPattern),
    folder_zone: cells.choice('folder_zone', ZONES),
    playback_vendor: cells.choice('playback_vendor', VENDORS),
    playback_template: checked(
      cells,
      'playback_template',
      TEMPLATE_CHARS_MAX,
      (text) => readPlaybackTemplate(text).text,
    ),
  };
  if (cells.isEmpty('username') !== cells.isEmpty('password')) {
    const [filled, empty] = cells.isEmpty('username')
      ? (['password', 'username'] as const)
      : (['username', 'password'] as const);
    cells.fail(filled, 'CSV_CELLS_TOGETHER', { other: empty });
  }
  return recorder.code === null || recorder.kind === null || recorder.network_code === null
    ? null
    : (recorder as RecorderCells);
}

function readOwner(cells: CellReader): RegisterRow['owner'] {
  const name = cells.text('owner_name', LIMITS.name_max_chars);
  const phone = readPhone(cells);
  if (phone !== null && cells.isEmpty('owner_name')) {
    cells.fail('owner_phone', 'CSV_CELLS_TOGETHER', { other: 'owner_name' });
  }
  return name === null ? null : { name, phone };
}

/** A number that Excel took for a quantity has lost the nought every Vietnamese telephone number begins with. */
function readPhone(cells: CellReader): string | null {
  const phone = cells.text('owner_phone', PHONE_CHARS_MAX);
  if (cells.bareNumber('owner_phone') === null || phone === null || !NUMBER_WITHOUT_NOUGHT.test(phone))
    return phone;
  cells.note('owner_phone', 'CSV_PHONE_COMPLETED');
  return `0${phone}`;
}

function readAgreement(cells: CellReader): RowAgreement | null {
  const mode = cells.choice('agreement_mode', AGREEMENT_MODES);
  const purposes = cells.choices('agreement_purposes', PURPOSE_WORDS);
  const audio = cells.choice('agreement_audio', YES_OR_NO);
  const allows_audio = audio === null ? null : audio === 'yes';
  const valid_from_ms = cells.day('agreement_valid_from');
  const last_day_ms = cells.day('agreement_valid_to');
  const valid_to_ms = last_day_ms === null ? null : last_day_ms + DAY_MS;
  for (const column of TERM_COLUMNS) {
    if (!cells.isEmpty(column) && cells.isEmpty('agreement_mode')) {
      cells.fail(column, 'CSV_CELLS_TOGETHER', { other: 'agreement_mode' });
    }
  }
  if (valid_from_ms !== null && valid_to_ms !== null && valid_to_ms <= valid_from_ms) {
    cells.fail('agreement_valid_to', 'CSV_DATES_REVERSED');
  }
  return mode === null ? null : { mode, purposes, allows_audio, valid_from_ms, valid_to_ms };
}

function checked(
  cells: CellReader,
  column: ColumnName,
  chars_max: number,
  check: (text: string) => string,
): string | null {
  const value = cells.text(column, chars_max);
  if (value === null) return null;
  try {
    return check(value);
  } catch (error) {
    if (!isCoded(error)) throw error;
    return cells.fail(column, error.code, error.details);
  }
}
