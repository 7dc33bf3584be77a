import { access, chown, constants, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CodedError } from '@minhchung/domain';
import { isSystemError } from '../reading/unreadable.ts';
import type { ToolName } from './tool-name.ts';

/** Files a tool is told of, by absolute path. */
export interface ToolFiles {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

const FILE = 'file:';

/** The files among a tool's arguments: names come only behind `file:`, inputs only behind `-i`. */
export function filesOf(args: readonly string[]): ToolFiles {
  const named = args.flatMap((arg, n) =>
    arg.startsWith(FILE) ? [{ path: arg.slice(FILE.length), is_input: args[n - 1] === '-i' }] : [],
  );
  return {
    reads: named.filter(({ is_input }) => is_input).map(({ path }) => path),
    writes: named.filter(({ is_input }) => !is_input).map(({ path }) => path),
  };
}

/**
 * Makes sure that inputs are there, and makes outputs, empty, for the user who is to fill them: a tool may not make
 * files of its own. Throws `TOOL_FAILED`.
 */
export async function prepareFiles(tool: ToolName, files: ToolFiles, user_id: number | null): Promise<void> {
  try {
    for (const path of files.reads) {
      await access(path, constants.R_OK);
      // A pipe nobody writes to, and a device that never ends, would keep a tool until its deadline.
      if (!(await stat(path)).isFile())
        throw new CodedError('TOOL_FAILED', { tool, reason: 'no regular file' });
    }
    for (const path of files.writes) {
      const file = await open(path, 'w');
      await file.close();
      if (user_id !== null) await chown(path, user_id, user_id);
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new CodedError('TOOL_FAILED', { tool, reason: error.code }, { cause: error });
  }
}

/** Takes outputs back from the user who filled them. */
export async function takeBack(files: ToolFiles, user_id: number | null): Promise<void> {
  if (user_id === null) return;
  for (const path of files.writes) await chown(path, process.getuid!(), process.getgid!());
}

/** A tool's words without the folders of this machine, which are nobody's business. */
export function withoutFolders(text: string, { reads, writes }: ToolFiles): string {
  const folders = [...reads, ...writes].map((path) => `${dirname(path)}/`);
  return folders.reduce((shown, folder) => shown.replaceAll(folder, ''), text).replaceAll(FILE, '');
}
