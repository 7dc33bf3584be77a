import type { Readable, Writable } from 'node:stream';
import { loadSettings, type Settings } from '@minhchung/settings';
import type { Command } from 'commander';

/** What a command may touch of the world around it; tests hand in their own. */
export interface CommandContext {
  readonly stdin: Readable & { isTTY?: boolean };
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the person wants it to end (Ctrl-C, SIGTERM). */
  readonly signal: AbortSignal;
  /** Says how the program ends; the last word counts. */
  readonly setExitCode: (code: ExitCode) => void;
}

/** How the program ends. */
export const EXIT = {
  /** Done. */
  ok: 0,
  /** Done, and the answer is no: a package is not true, something is missing. */
  no: 1,
  /** The command line or the settings are wrong; nothing was done. */
  misuse: 2,
  /** It failed. */
  failed: 3,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Options every command takes. */
export interface CommonOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/** The settings a command runs with: defaults, `--config FILE`, environment. */
export function settingsOf(command: Command, context: CommandContext): Settings {
  const { config } = command.optsWithGlobals<CommonOptions>();
  return loadSettings({ files: config === undefined ? [] : [config], env: context.env });
}

/** True when a program reads the answer. */
export function wantsJson(command: Command): boolean {
  return command.optsWithGlobals<CommonOptions>().json === true;
}

/** One line for a program. */
export function printJson(context: CommandContext, value: unknown): void {
  context.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Lines for a person. */
export function printLines(context: CommandContext, ...lines: string[]): void {
  context.stdout.write(`${lines.join('\n')}\n`);
}
