import type { ColumnName } from './columns.ts';
import { type ImportProblem, problem } from './problem.ts';
import type { RecorderCells, RegisterRow } from './register-row.ts';

/** What one line of the file says of its recorder; known even where the rest of the line is wrong. */
export interface RecorderMention {
  readonly line: number;
  readonly cells: RecorderCells;
}

/** One recorder of the file with the cameras behind it. */
export interface RecorderGroup {
  readonly recorder: RecorderCells;
  readonly rows: readonly RegisterRow[];
}

/** Cell of a recorder → the column it stands in. */
const RECORDER_COLUMNS: Readonly<Record<keyof RecorderCells, ColumnName>> = {
  code: 'recorder_code',
  name: 'recorder_name',
  kind: 'recorder_kind',
  network_code: 'network_code',
  device_url: 'device_url',
  username: 'username',
  password: 'password',
  folder_path: 'folder_path',
  folder_pattern: 'folder_pattern',
  folder_zone: 'folder_zone',
  playback_vendor: 'playback_vendor',
  playback_template: 'playback_template',
};

/**
 * Puts rows with the same recorder together. What one of them leaves empty another may fill in; a row that
 * contradicts an earlier one, repeats its camera, or claims its channel is left out and reported.
 */
export function groupByRecorder(
  rows: readonly RegisterRow[],
  mentions: readonly RecorderMention[],
): { readonly groups: readonly RecorderGroup[]; readonly problems: readonly ImportProblem[] } {
  const repeated = repeatedCameras(rows);
  const repeated_lines = new Set(repeated.map((one) => one.line));
  // A camera without a recorder code is its own recorder: its second row would disagree with the first as well.
  const { recorders, problems } = mergeMentions(mentions.filter(({ line }) => !repeated_lines.has(line)));
  const refused_lines = new Set([...problems.map((one) => one.line), ...repeated_lines]);
  problems.push(...repeated);
  const channels = new Map<string, number>();
  const groups = new Map<string, RegisterRow[]>();
  for (const row of rows) {
    if (refused_lines.has(row.line)) continue;
    const channel = JSON.stringify([row.recorder.code, row.source_token]);
    const channel_line = channels.get(channel);
    channels.set(channel, channel_line ?? row.line);
    if (channel_line !== undefined) {
      const details = { recorder: row.recorder.code, first_line: channel_line };
      const at = { line: row.line, column: 'source_token', value: row.source_token ?? '' } as const;
      problems.push(problem(at, 'CSV_SOURCE_TWICE', details));
      continue;
    }
    const group = groups.get(row.recorder.code);
    if (group === undefined) groups.set(row.recorder.code, [row]);
    else group.push(row);
  }
  return {
    groups: [...groups].map(([code, members]) => ({ recorder: recorders.get(code)!, rows: members })),
    problems,
  };
}

/** Every row but the first of each camera code. */
function repeatedCameras(rows: readonly RegisterRow[]): ImportProblem[] {
  const first_lines = new Map<string, number>();
  return rows.flatMap(({ code, line }) => {
    const first_line = first_lines.get(code);
    first_lines.set(code, first_line ?? line);
    if (first_line === undefined) return [];
    const at = { line, column: 'camera_code', value: code } as const;
    return [problem(at, 'CSV_CAMERA_TWICE', { camera: code, first_line })];
  });
}

function mergeMentions(mentions: readonly RecorderMention[]): {
  readonly recorders: ReadonlyMap<string, RecorderCells>;
  readonly problems: ImportProblem[];
} {
  const problems: ImportProblem[] = [];
  const recorders = new Map<string, RecorderCells>();
  /** `recorder/cell` → the line that said it first. */
  const said_on_line = new Map<string, number>();
  for (const { line, cells } of mentions) {
    const known = recorders.get(cells.code);
    const contradictions = known === undefined ? [] : contradictionsOf(known, cells);
    for (const key of contradictions) {
      const details = { recorder: cells.code, first_line: said_on_line.get(`${cells.code}/${key}`) ?? line };
      const at = { line, column: RECORDER_COLUMNS[key], value: cells[key] ?? '' };
      problems.push(problem(at, 'CSV_RECORDER_DISAGREES', details));
    }
    if (contradictions.length > 0) continue;
    const merged: Record<string, string | null> = { ...cells };
    for (const key of cellNames()) {
      merged[key] = known?.[key] ?? cells[key];
      if (cells[key] !== null && !said_on_line.has(`${cells.code}/${key}`)) {
        said_on_line.set(`${cells.code}/${key}`, line);
      }
    }
    recorders.set(cells.code, merged as unknown as RecorderCells);
  }
  return { recorders, problems };
}

function contradictionsOf(known: RecorderCells, cells: RecorderCells): (keyof RecorderCells)[] {
  return cellNames().filter((key) => known[key] !== null && cells[key] !== null && known[key] !== cells[key]);
}

function cellNames(): (keyof RecorderCells)[] {
  return Object.keys(RECORDER_COLUMNS) as (keyof RecorderCells)[];
}
